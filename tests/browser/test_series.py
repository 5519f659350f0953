"""A series is made and set in order with the keyboard alone, and with no script at all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_reading_room import sign_in


def titles(page: Page) -> list[str]:
    return page.locator(".station-title").all_inner_texts()


def put_in(page: Page, title: str, part: str = "") -> None:
    page.get_by_role("radio", name=title).check()
    page.get_by_label("Paragraphs").fill(part)
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator(".station-title").last).to_have_text(title)


@pytest.mark.parametrize("scripted", [True, False], ids=["with-script", "without"])
def test_a_member_makes_a_series_and_sets_it_in_order(new_page, site, member_login, scripted):
    page = new_page(java_script_enabled=scripted)
    sign_in(page, site, *member_login, back="/series/new/")
    page.get_by_label("Title").fill(f"Benches, {'with' if scripted else 'without'}")
    page.get_by_role("button", name="Make it").press("Enter")
    put_in(page, "The public bench", "1-3")
    put_in(page, "Ferry timetable")
    page.get_by_role("button", name="Move Ferry timetable up").press("Enter")
    expect(page.locator(".station-title").first).to_have_text("Ferry timetable")
    assert titles(page) == ["Ferry timetable", "The public bench"]
    page.get_by_role("button", name="Take The public bench out").press("Enter")
    expect(page.get_by_text("“The public bench” was taken out.")).to_be_visible()
    page.get_by_role("button", name="Put it back").press("Enter")
    expect(page.locator(".station-title")).to_have_count(2)
    page.get_by_role("main").get_by_role("link", name="← Benches").click()
    page.get_by_role("link", name="The public bench").click()
    page.wait_for_url("**/readings/the-public-bench/1-3")


def test_the_page_of_a_reading_leads_on_to_the_next(page, site):
    page.goto(f"{site}/readings/al-maqha/")
    page.get_by_role("link", name="After it: Ferry timetable").click()
    page.wait_for_url("**/readings/ferry-timetable/")
    expect(page.get_by_role("link", name="Before it: المقهى")).to_be_visible()
