"""The reading room in a real browser, on the demo with its sample texts. `site` is the running demo's address."""

import re

import pytest
from playwright.sync_api import Page, expect

TALK = "/readings/how-a-circle-reads/"


def sign_in(page: Page, site: str, email: str, password: str, back: str = TALK) -> None:
    page.goto(f"{site}/accounts/login/?next={back}")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign In").click()
    page.wait_for_url(f"**{back}")


def number(page: Page, paragraph: int):
    return page.locator(f"[id='{paragraph}']")


def test_a_paragraphs_number_opens_its_threads_beside_the_text_and_the_text_stays(page, site):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{TALK}")
    number(page, 5).scroll_into_view_if_needed()
    before = number(page, 5).bounding_box()
    number(page, 5).click()
    expect(page.locator("#panel[data-block]")).to_contain_text("¶5")
    expect(page.locator(".p.active .no")).to_have_id("5")
    assert number(page, 5).bounding_box() == before
    assert page.url.endswith(f"#{page.locator('.p.active').get_attribute('id')}")


def test_back_and_reload_lead_to_the_paragraph_that_was_open(page, site):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{TALK}")
    number(page, 5).click()
    expect(page.locator("#panel[data-block]")).to_contain_text("¶5")
    number(page, 7).click()
    expect(page.locator("#panel[data-block]")).to_contain_text("¶7")
    page.go_back()
    expect(page.locator("#panel[data-block]")).to_contain_text("¶5")
    page.reload()
    expect(page.locator("#panel[data-block]")).to_contain_text("¶5")


@pytest.mark.expects_console_errors
def test_a_reader_in_a_hurry_sees_the_threads_of_the_last_paragraph_chosen(page, site):
    # Found when the second request was lost while the first was under way.
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{TALK}")
    page.route("**/how-a-circle-reads/5", lambda route: (page.wait_for_timeout(700), route.continue_()))
    number(page, 5).click()
    number(page, 7).click()
    expect(page.locator("#panel[data-block]")).to_contain_text("¶7")
    page.unroute_all(behavior="ignoreErrors")


def test_on_a_phone_the_number_leads_to_the_paragraphs_own_page(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}{TALK}")
    number(page, 5).click()
    page.wait_for_url(f"**{TALK}5")
    expect(page.locator("#panel")).to_contain_text(re.compile(r"¶5 · \d+ thread"))
    page.get_by_role("link", name="¶6").click()
    page.wait_for_url(f"**{TALK}6")


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize(
    "path",
    [
        "/readings/",
        TALK,
        f"{TALK}5",
        "/readings/al-maqha/",
        "/readings/yohaku/",
        "/accounts/signup/",
        "/moderation/log/",
    ],
)
def test_no_page_scrolls_sideways(page, site, width, path):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{site}{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_walks_through_the_text_and_opens_threads(page, site):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{TALK}")
    for _ in range(3):
        page.keyboard.press("j")
    expect(number(page, 3)).to_be_focused()
    page.keyboard.press("k")
    expect(number(page, 2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel[data-block]")).to_contain_text("¶2")
    expect(page.locator("#margin")).to_be_focused()
    page.keyboard.press("Escape")
    expect(number(page, 2)).to_be_focused()


def test_notes_are_reached_and_returned_from(page, site):
    page.goto(f"{site}{TALK}")
    mark = page.locator("sup a").first
    mark.click()
    note = page.locator(".note:target")
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name="Back to the text").first.click()
    expect(page.locator(".p:target")).to_contain_text(mark.text_content() or "1")


def test_the_contents_list_leads_to_a_heading_and_marks_where_one_is(page, site):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{site}{TALK}")
    line = page.locator(".toc a").nth(3)
    line.click()
    expect(line).to_have_attribute("aria-current", "true")


def test_a_member_posts_answers_edits_and_removes_without_a_reload(page, site, member_login):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, *member_login)
    page.evaluate("window.stayed = true")
    number(page, 9).click()
    page.get_by_label("Open a thread here").fill("What about *this*?")
    page.locator("#open-form").get_by_role("button", name="Post").click()
    thread = page.locator(".thread", has_text="What about this?")
    expect(thread.locator(".body em")).to_have_text("this")
    thread.get_by_role("button", name="Reply").click()
    thread.get_by_label(re.compile("^Answer ")).fill("An answer of mine")
    page.keyboard.press("Control+Enter")
    answer = thread.locator(".c.inset-1")
    expect(answer).to_contain_text("An answer of mine")
    expect(answer).to_be_focused()
    answer.get_by_role("button", name="Edit").click()
    answer.get_by_label("Change your words").fill("Another answer")
    answer.get_by_role("button", name="Save").click()
    expect(thread.locator(".c.inset-1")).to_contain_text("Another answer")
    thread.locator(".c.inset-1").get_by_role("button", name="Remove").click()
    thread.locator(".c.inset-1 form").get_by_role("button", name="Remove").click()
    expect(thread.locator(".c.inset-1")).to_contain_text("Removed by its author.")
    assert page.evaluate("window.stayed") is True


def test_the_count_beside_the_paragraph_follows(page, site, member_login):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, *member_login)
    before = int(number(page, 5).locator(".talk").text_content() or 0)
    number(page, 5).click()
    page.get_by_label("Open a thread here").fill("Counting")
    page.locator("#open-form").get_by_role("button", name="Post").click()
    expect(number(page, 5).locator(".talk")).to_have_text(str(before + 1))


@pytest.mark.expects_console_errors
def test_what_was_typed_is_still_there_after_a_refusal(page, site, member_login):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, *member_login)
    number(page, 8).click()
    field = page.get_by_label("Open a thread here")
    field.fill("x" * 10_003)
    page.locator("#open-form").get_by_role("button", name="Post").click()
    expect(page.locator("#open-form .errors")).to_contain_text("Shorten it by 3")
    expect(field).to_have_value("x" * 10_003)
    expect(field).to_be_focused()


@pytest.mark.expects_console_errors
def test_what_was_typed_is_still_there_when_the_session_has_ended(page, site, member_login):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, *member_login)
    number(page, 8).click()
    field = page.get_by_label("Open a thread here")
    field.fill("Words I do not want to lose")
    page.context.clear_cookies(name="sessionid")
    page.locator("#open-form").get_by_role("button", name="Post").click()
    expect(page.locator("#notices")).to_contain_text("Sign in to join the discussion.")
    expect(field).to_have_value("Words I do not want to lose")


def test_a_double_click_posts_once(page, site, member_login):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, *member_login)
    number(page, 10).click()
    page.get_by_label("Open a thread here").fill("Only once, please")
    page.locator("#open-form").get_by_role("button", name="Post").dblclick()
    expect(page.locator(".thread .body", has_text="Only once, please")).to_have_count(1)
    page.reload()
    expect(page.locator(".thread .body", has_text="Only once, please")).to_have_count(1)


def test_a_moderator_hides_a_reply_and_others_no_longer_read_it(page, site, member_login, moderator_login, new_page):
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, site, *member_login, back=f"{TALK}11")
    page.get_by_label("Open a thread here").fill("Something rude about a person")
    page.locator("#open-form").get_by_role("button", name="Post").click()
    expect(page.locator(".thread .body", has_text="Something rude")).to_be_visible()

    other = new_page()
    sign_in(other, site, *moderator_login, back=f"{TALK}11")
    thread = other.locator(".thread", has_text="Something rude")
    thread.get_by_role("button", name="Hide").click()
    thread.get_by_label(re.compile("why")).fill("About a person, not about the text")
    thread.get_by_role("button", name="Hide this comment").click()
    expect(other.get_by_role("button", name="Restore")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Hidden by a moderator.")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Something rude")
    page.goto(f"{site}/moderation/log/")
    expect(page.get_by_text("About a person, not about the text", exact=True)).to_be_visible()


def test_a_stranger_signs_up_confirms_by_the_mail_shown_in_the_demo_and_comments(page, site):
    page.goto(f"{site}{TALK}12")
    page.get_by_role("main").get_by_role("link", name="sign up").click()
    page.get_by_label("Name").fill("Zoë Neu")
    page.get_by_label("Email").fill("zoe@example.net")
    page.get_by_label("Password").fill("a-long-enough-secret")
    page.get_by_role("main").get_by_role("button", name="Sign Up").click()
    page.get_by_role("link", name="Demo mail").first.click()
    page.get_by_role("link", name=re.compile("confirm-email")).first.click()
    page.get_by_role("button", name="Confirm").click()
    page.goto(f"{site}{TALK}12")
    page.get_by_label("Open a thread here").fill("My first words here")
    page.locator("#open-form").get_by_role("button", name="Post").click()
    expect(page.locator(".thread .c", has_text="My first words here")).to_contain_text("Zoë Neu")


def test_without_javascript_everything_can_be_done(no_script_page, site, member_login):
    page = no_script_page
    sign_in(page, site, *member_login, back=TALK)
    number(page, 13).click()
    page.wait_for_url(f"**{TALK}13")
    page.get_by_label("Open a thread here").fill("Plain words")
    page.locator("#open-form").get_by_role("button", name="Post").click()
    expect(page.locator(".body", has_text="Plain words")).to_be_visible()
    page.locator(".c", has_text="Plain words").get_by_role("button", name="Reply").click()
    page.get_by_label(re.compile("^Answer ")).fill("A plain answer")
    page.get_by_role("button", name="Post").click()
    expect(page.locator(".c.inset-1")).to_contain_text("A plain answer")
    page.locator(".c.inset-1").get_by_role("button", name="Edit").click()
    page.get_by_label("Change your words").fill("A plainer answer")
    page.get_by_role("button", name="Save").click()
    page.locator(".c.inset-1").get_by_role("link", name="edited").click()
    expect(page.get_by_text("A plain answer")).to_be_visible()
    page.go_back()
    page.locator(".c.inset-1").get_by_role("button", name="Remove").click()
    page.get_by_role("main").get_by_role("button", name="Remove").click()
    expect(page.locator(".c.inset-1")).to_contain_text("Removed by its author.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/readings/", TALK, f"{TALK}5", "/readings/al-maqha/", "/accounts/login/", "/moderation/log/"],
)
def test_pages_pass_the_checks_of_axe(page, site, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}{path}")
    page.wait_for_load_state("networkidle")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


def test_the_api_is_documented_without_asking_another_host(page, site):
    page.goto(f"{site}/api/docs/")
    expect(page.locator(".opblock").first).to_be_visible()
    assert page.locator(".opblock").count() >= 20
