"""What a block's HTML is made of: its text, its spans, its marks, and nothing else."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from readings.importing.document import STYLES, Span
from readings.rendering import render_block, render_table

TEXTS = st.text("ab<&> \U0001f600ية\u0301", min_size=1, max_size=40).map(lambda text: " ".join(text.split()) or "a")


@st.composite
def rich_texts(draw):
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    spans = [
        Span(
            *sorted(ends),
            draw(st.sampled_from(STYLES)),
            draw(st.sampled_from(["https://example.org/a?b&c=\"d'", "javascript:x()", ""])),
        )
        for ends in draw(st.lists(st.tuples(places, places).filter(lambda pair: pair[0] != pair[1]), max_size=6))
    ]
    marks = [
        {"label": "9", "at": at, "note": draw(st.sampled_from([None, "k7m2q"]))}
        for at in draw(st.lists(places, max_size=3))
    ]
    return text, spans, sorted(marks, key=lambda mark: mark["at"])


def words_of(html):
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<sup>(?:<a href=\"#k7m2q\"[^>]*>)?9(?:</a>)?</sup>", "", html)))


@given(rich_texts())
def test_the_text_of_the_html_is_the_text_of_the_block(made):
    text, spans, marks = made
    html = render_block(text, marks, spans)
    assert words_of(html) == text
    assert "javascript" not in html
    assert len(re.findall(">9<", html)) == len(marks)


@given(rich_texts())
def test_elements_nest_whatever_crosses(made):
    text, spans, marks = made
    waiting = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", render_block(text, marks, spans)):
        if closing:
            assert waiting.pop() == name
        else:
            assert not (name == "a" and "a" in waiting)
            waiting.append(name)
    assert not waiting


def test_emphasis_within_a_link():
    html = render_block("see the long table", [], [Span(4, 18, "link", "https://example.org/"), Span(8, 12, "em")])
    assert html == 'see <a href="https://example.org/" rel="nofollow noopener noreferrer">the <em>long</em> table</a>'


def test_a_table_has_rows_cells_and_a_head():
    html = render_table("Town\tLoaves\nUrsk\t1 < 2\nTamm\t", [], [Span(12, 16, "strong")], head=1)
    assert '<th scope="col">Town</th>\t<th scope="col">Loaves</th>' in html
    assert "<td><strong>Ursk</strong></td>\t<td>1 &lt; 2</td>" in html
    assert words_of(html) == "Town\tLoaves\nUrsk\t1 < 2\nTamm\t"


@given(st.lists(st.lists(st.text("ab<&", max_size=4), min_size=2, max_size=4), min_size=1, max_size=5))
def test_the_text_of_a_tables_html_is_the_text_of_the_table(rows):
    text = "\n".join("\t".join(row) for row in rows)
    assert words_of(render_table(text, [])) == text
