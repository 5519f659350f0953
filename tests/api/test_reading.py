"""Readings, editions and blocks."""

from tests.api.conftest import API


def test_the_root_leads_to_everything(as_visitor):
    links = as_visitor.get("/").data["links"]
    assert links["self"] == f"http://testserver{API}/"
    for name in ("readings", "moderation"):
        assert as_visitor.get(links[name]).status_code == 200
    assert as_visitor.client.get(links["schema"]).status_code == 200


def test_a_reading_says_what_it_is(as_visitor, reading, answer):
    told = as_visitor.get("/readings/lamps/").data
    assert told["title"] == "On lamps"
    assert told["contributors"] == [{"name": "Ada Lind", "role": "speaker"}]
    assert (told["source"], told["language"], told["direction"]) == ("Evening lectures", "en", "ltr")
    assert (told["rights"], told["visibility"]) == ("Public domain", "public")
    assert told["edition"]["number"] == 1
    assert told["edition"]["paragraphs"] == 5
    assert told["counts"] == {"threads": 1, "comments": 2}
    for name in ("self", "blocks", "editions", "threads"):
        assert as_visitor.get(told["links"][name]).status_code == 200
