"""The page of API operations in a real browser, under our own Content-Security-Policy."""

from playwright.sync_api import expect

from tests.browser.test_reading_room import sign_in


def test_every_operation_is_drawn_without_a_complaint(page, site):
    page.goto(f"{site}/api/docs/")
    expect(page.locator("#operations .opblock")).to_have_count(33)
    page.locator("#operations-readings-listReadings").click()
    expect(page.locator("#operations-readings-listReadings")).to_contain_text("page_size")
    page.get_by_role("button", name="Authorize").first.click()
    expect(page.locator(".dialog-ux")).to_contain_text("create_token")


def test_an_operation_can_be_tried_out(page, site):
    page.goto(f"{site}/api/docs/#/readings/listReadings")
    opened = page.locator("#operations-readings-listReadings")
    opened.get_by_role("button", name="Try it out").click()
    opened.get_by_role("button", name="Execute").click()
    expect(opened.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    expect(opened.locator(".live-responses-table")).to_contain_text("how-a-circle-reads")


def test_a_member_who_is_signed_in_writes_from_the_page(page, site, member_login):
    sign_in(page, site, *member_login)
    page.goto(f"{site}/api/docs/#/threads/openThread")
    opened = page.locator("#operations-threads-openThread")
    opened.get_by_role("button", name="Try it out").click()
    opened.get_by_role("textbox", name="slug").fill("ferry-timetable")
    opened.locator("textarea.body-param__text").fill('{"address": "1", "source": "From the page of operations"}')
    opened.get_by_role("button", name="Execute").click()
    expect(opened.locator(".live-responses-table .response-col_status").last).to_contain_text("201")


def test_a_problem_leads_to_its_explanation(page, site):
    page.goto(f"{site}/api/docs/problems/#refused")
    expect(page.locator("#refused")).to_be_in_viewport()
