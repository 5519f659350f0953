"""Somebody's markup never becomes our HTML."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.markup import LONGEST_SOURCE, clean_block, render_markdown

ALLOWED = {
    "p",
    "br",
    "em",
    "strong",
    "s",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
    "sup",
    "sub",
    "cite",
}
ATTRIBUTES = {"href", "title", "rel", "start"}


class Inspector(HTMLParser):
    """Fails on anything that is not allowed, as a browser would read it."""

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED
        for name, value in attrs:
            assert name in ATTRIBUTES
            if name == "href":
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
                assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}

    def handle_decl(self, decl):
        raise AssertionError(decl)

    def handle_comment(self, data):
        raise AssertionError(data)


PIECES = st.lists(
    st.sampled_from(
        [
            "<script>",
            "</script>",
            "<svg/onload=x>",
            "<math><mtext>",
            "<style>",
            "<img src=x onerror=y>",
            "<!--",
            "-->",
            "<noscript>",
            "javascript:",
            "data:text/html,",
            "[a](",
            ")",
            "](",
            "\n",
            "\n\n",
            "    ",
            "`",
            "```",
            "*",
            "_",
            ">",
            "- ",
            "1. ",
            "&",
            "&lt;",
            "&#x6a;",
            "<a href='",
            "'>",
            '"',
            "\x00",
            "\u202e",
            "<p id=x class=y style=z>",
            "<iframe>",
            "<form>",
            "<template>",
            "# ",
            "word",
            "\\",
        ]
    )
    | st.text(max_size=8),
    max_size=40,
).map("".join)


@given(PIECES)
def test_whatever_the_markdown_only_what_is_allowed_comes_out(source):
    inspector = Inspector()
    inspector.feed(render_markdown(source))
    inspector.close()


@given(PIECES)
def test_whatever_the_block_only_what_is_allowed_comes_out(markup):
    inspector = Inspector()
    inspector.feed(clean_block(markup))
    inspector.close()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>\n"),
        ("# One\n## Two", "<h3>One</h3>\n<h3>Two</h3>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        (
            "[l](https://example.org/)",
            '<p><a href="https://example.org/" rel="nofollow noopener noreferrer">l</a></p>\n',
        ),
    ],
)
def test_markdown(source, html):
    assert render_markdown(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "[" * 5000,
        ">" * 5000,
        "*a " * 3000,
        "`" * 5000,
        "![" * 3000,
        "<" * 5000,
        "- " * 4000,
        "[a](" * 3000,
        "_" * 9000,
        "&" * 9000,
    ],
)
def test_no_source_keeps_the_renderer_busy(source):
    # A bound that only runaway growth passes: these take some tens of milliseconds.
    start = time.process_time()
    render_markdown(source[:LONGEST_SOURCE])
    assert time.process_time() - start < 5


def test_a_source_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match="at most"):
        render_markdown("x" * (LONGEST_SOURCE + 1))
