"""The pages of readings: the list, the text, a place in it."""

import re

import pytest

from discussions.services import open_thread
from readings.models import BlockText

pytestmark = pytest.mark.django_db


def body(response) -> str:
    return response.content.decode()


def test_the_start_page_leads_to_the_readings(as_visitor):
    assert as_visitor.get("/").headers["Location"] == "/readings/"


def test_an_empty_library_says_what_to_do(as_visitor, as_member):
    assert "Sign in to add the first text." in body(as_visitor.get("/readings/"))
    assert "Add the first one" in body(as_member.get("/readings/"))


def test_the_list_shows_title_and_contributors(as_visitor, reading):
    page = body(as_visitor.get("/readings/"))
    assert "On lamps" in page
    assert "Ada Lind" in page


def test_a_visitor_neither_sees_nor_opens_a_reading_for_members(as_visitor, as_member, members_reading):
    for address in ("", "1", "1-2"):
        assert as_visitor.get(f"/readings/members-lamps/{address}").status_code == 404
        assert as_member.get(f"/readings/members-lamps/{address}").status_code == 200
    assert "members-lamps" not in body(as_visitor.get("/readings/"))
    assert "members-lamps" in body(as_member.get("/readings/"))


def test_the_text_is_numbered_and_every_block_has_its_address_language_and_direction(as_visitor, reading):
    page = body(as_visitor.get("/readings/lamps/"))
    for text in BlockText.objects.filter(edition=reading.current_id, number__isnull=False):
        assert f'id="{text.block.key}" lang="en" dir="ltr"' in page
        assert f'id="{text.number}" href="/readings/lamps/{text.number}"' in page
    assert page.count('class="no"') == 7  # five numbered blocks and two headings


def test_what_the_text_says_is_escaped(as_visitor, reading):
    assert "&lt;made&gt;" in body(as_visitor.get("/readings/lamps/"))


def test_verse_keeps_its_lines(as_visitor, reading):
    assert "The wick is low,<br>the window white." in body(as_visitor.get("/readings/lamps/"))


def test_the_contents_list_leads_to_the_headings(as_visitor, reading):
    page = body(as_visitor.get("/readings/lamps/"))
    heading = BlockText.objects.get(edition=reading.current_id, text="After dark")
    assert f'href="#{heading.block.key}"' in page
    assert f'id="{heading.block.key}"' in page


def test_notes_can_be_reached_and_returned_from(as_visitor, reading):
    page = body(as_visitor.get("/readings/lamps/"))
    note = BlockText.objects.get(edition=reading.current_id, kind="footnote")
    marked = BlockText.objects.get(edition=reading.current_id, number=1)
    assert re.search(rf'<sup><a href="#{note.block.key}"[^>]*>1</a></sup>', page)
    assert f'id="{note.block.key}"' in page
    assert f'class="back" href="#{marked.block.key}"' in page


def test_the_count_of_comments_stands_beside_the_paragraph(as_visitor, reading, thread):
    key = thread.anchor.block.key
    page = body(as_visitor.get("/readings/lamps/"))
    assert re.search(rf'id="talk-{key}" aria-hidden="true">2<', page)
    assert "Paragraph 1, 2 comments" in page


@pytest.mark.parametrize("address", ["2", "2@1", "2-4", "4-2", "2-4@1"])
def test_a_place_has_a_page(as_visitor, reading, address):
    response = as_visitor.get(f"/readings/lamps/{address}")
    assert response.status_code == 200
    assert "We lit it early" in body(response)


def test_a_key_is_an_address_for_every_kind_of_block(as_visitor, reading):
    for text in BlockText.objects.filter(edition=reading.current_id):
        for address in (text.block.key, f"{text.block.key}@1", text.block.key.upper()):
            assert as_visitor.get(f"/readings/lamps/{address}").status_code == 200


def test_the_page_of_a_place_has_its_notes_and_its_neighbours(as_visitor, reading):
    page = body(as_visitor.get("/readings/lamps/1"))
    assert "Some say a threat." in page
    assert 'rel="next" href="/readings/lamps/2"' in page
    assert 'rel="prev"' not in page
    assert 'rel="prev" href="/readings/lamps/1@1"' in body(as_visitor.get("/readings/lamps/2@1"))


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("6", "5"),
        ("600", "5"),
        ("4-9", "4-5"),
        ("1@7", "1"),
        ("0", "1"),
        ("hello!", "1"),
        ("9" * 300, "1"),
        ("bbbbb", "1"),
    ],
)
def test_a_wrong_address_is_a_404_that_offers_the_nearest_places(as_visitor, reading, address, nearest):
    response = as_visitor.get(f"/readings/lamps/{address}")
    assert response.status_code == 404
    assert f'href="/readings/lamps/{nearest}"' in body(response)


def test_a_mistyped_key_is_offered_as_it_should_be(as_visitor, reading, block):
    key = block(3).key
    slip = key[:2] + key[3] + key[2] + key[4:]
    response = as_visitor.get(f"/readings/lamps/{slip if slip != key else key[:-1] + 'b'}")
    assert response.status_code == 404
    assert f'href="/readings/lamps/{key}"' in body(response)


@pytest.mark.parametrize(
    "path",
    ["/readings/nothing/", "/readings/nothing/1", "/nothing", "/readings/lamps/1%00", "/readings/?page=nonsense"],
)
def test_what_is_not_there_is_said_so_and_breaks_nothing(as_visitor, reading, path):
    assert as_visitor.get(path).status_code in {400, 404}


def test_the_list_is_paged_without_losing_a_reading(as_visitor, db):
    from readings.editions import create_reading
    from tests.pages.conftest import small_work

    for _ in range(53):
        create_reading(work=small_work())
    seen, address = [], "/readings/"
    while address:
        page = body(as_visitor.get(address))
        seen += re.findall(r'class="work-title" href="([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/readings/{following[1]}" if following else None
    assert len(seen) == len(set(seen)) == 53


def test_the_reading_page_costs_no_more_queries_with_more_talk(as_member, reading, member, block, count_queries):
    open_thread(author=member, text=block(1), source="One.")
    few = count_queries(as_member, "/readings/lamps/")
    for number in (1, 2, 3, 4, 5):
        for _ in range(4):
            open_thread(author=member, text=block(number), source="More.")
    assert count_queries(as_member, "/readings/lamps/") == few
    assert few <= 16


def test_every_page_says_what_a_browser_may_load(as_visitor, reading):
    for path in ("/readings/", "/readings/lamps/", "/readings/lamps/1", "/accounts/login/", "/moderation/log/"):
        policy = as_visitor.get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_the_heading_over_the_notes_stands_once_with_the_notes(as_visitor, db):
    from readings.editions import create_reading
    from readings.importing.document import DraftBlock, NoteMark, Work
    from readings.kinds import Kind

    blocks = [
        DraftBlock(Kind.PARAGRAPH, "Said.", marks=(NoteMark("1", 5, 2),)),
        DraftBlock(Kind.HEADING, "Anmerkungen", level=1),
        DraftBlock(Kind.FOOTNOTE, "Or not.", label="1"),
    ]
    page = body(as_visitor.get(create_reading(work=Work("T", blocks)).get_absolute_url()))
    assert page.count(">Anmerkungen</h2>") == 1
    assert "Notes</h2>" not in page
