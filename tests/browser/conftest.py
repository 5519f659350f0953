"""A real browser looking at the real demo. A page that complains in its console fails the test that opened it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from config.demo.samples import PASSWORD
from tests.browser.running import CHROMIUM_ARGUMENTS, demo, find_chromium
from tests.environment import new_database

HOW_TO_GET_IT = "no Chromium on this machine, so the browser tests are skipped: apt-get install chromium, or set CHROMIUM to its path"


@pytest.hookimpl(tryfirst=True)  # before the scheduler reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none, unless REQUIRE_BROWSER forbids it. One process runs all of it."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.xdist_group("browser"))
        if find_chromium() is None and not os.environ.get("REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a running demo, on this run's kind of database."""
    address = new_database(f"demo_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    with demo(**({"DATABASE_URL": address} if address else {})) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    assert chromium, HOW_TO_GET_IT
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        expect.set_options(timeout=30_000)
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Makes pages, each of another person: `new_page(java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    expected = request.node.get_closest_marker("expects_console_errors") is not None

    def make(**options: bool) -> Page:
        context = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(30_000)  # a busy machine is slow, not broken
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("console", lambda message: _note(message, complaints, expected))
        page.on("request", lambda asked: _only_here(asked.url, site, complaints))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _note(message: ConsoleMessage, complaints: list[str], expected: bool) -> None:
    if message.type in {"error", "warning"}:
        is_refusal = message.text.startswith(("Failed to load resource", "Response Status Error Code", "htmx:"))
        if not (expected and is_refusal):
            complaints.append(f"console: {message.text} ({message.location.get('url')})")


def _only_here(url: str, site: str, complaints: list[str]) -> None:
    if not url.startswith((site, "data:", "blob:", "about:")):
        complaints.append(f"asked another host: {url}")


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def no_script_page(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False)


@pytest.fixture
def member_login() -> tuple[str, str]:
    return "rosa@example.org", PASSWORD


@pytest.fixture
def moderator_login() -> tuple[str, str]:
    return "ingrid@example.org", PASSWORD
