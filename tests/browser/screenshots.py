"""Pictures of the demo at every size and in both schemes: `make screenshots`.

Starts the demo in a temporary folder, writes PNG files to build/screenshots/, and the README's picture to docs/pictures/.
"""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.running import CHROMIUM_ARGUMENTS, demo, find_chromium

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "readings": "/readings/",
    "room": "/readings/how-a-circle-reads/",
    "room-open": "/readings/how-a-circle-reads/#5",
    "paragraph": "/readings/how-a-circle-reads/5",
    "essay": "/readings/the-public-bench/",
    "poem": "/readings/ferry-timetable/",
    "arabic": "/readings/al-maqha/",
    "japanese": "/readings/yohaku/",
    "wrong-address": "/readings/how-a-circle-reads/99",
    "log": "/moderation/log/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "api": "/api/docs/",
}
SIZES = {390: 844, 820: 1180, 1440: 900}


def main() -> None:
    """Start the demo, take the pictures, say where they are."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_ARGUMENTS)
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                _take(browser, site, folder, width, height, scheme)
        _readme(browser, site)
        browser.close()
    print(f"Pictures are in {folder.relative_to(ROOT)} and docs/pictures.")


def _take(browser: Browser, site: str, folder: Path, width: int, height: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )  # type: ignore[arg-type]
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
        if "#" in path:
            page.locator("#panel[data-block]").wait_for()
        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
    context.close()


def _readme(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 860}, color_scheme="light")
    page.goto(f"{site}/readings/how-a-circle-reads/#5")
    page.wait_for_load_state("networkidle")
    page.locator("#panel[data-block]").wait_for()
    page.evaluate("document.activeElement.blur()")
    picture = ROOT / "docs" / "pictures" / "room.png"
    picture.parent.mkdir(exist_ok=True)
    page.screenshot(path=picture)


if __name__ == "__main__":
    main()
