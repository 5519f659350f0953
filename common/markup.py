"""The only way from somebody's markup to HTML that we serve. The only importer of bleach.

Rendered once, when it is written; kept beside its source with VERSION, so that all of it can be rendered again when the
rules change. Nothing may change the HTML after it left this module.

bleach was asked for, and its maintainers have announced that no more releases will come; so nh3, which is maintained,
has the last word with the same allow-list.
"""

import html
from collections.abc import Mapping

import bleach
import nh3
from markdown_it import MarkdownIt

VERSION = 1
"""Raise it when the same source would come out differently."""

LONGEST_SOURCE = 20_000
"""Code points. Longer sources are refused before they get here; the renderer's cost is bounded by it."""

_PROTOCOLS = frozenset({"http", "https", "mailto"})
_COMMENT_TAGS = frozenset(
    {"p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "h3", "h4", "h5", "h6"}
)
_COMMENT_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_BLOCK_TAGS = frozenset({"a", "br", "cite", "code", "em", "s", "strong", "sub", "sup"})
_BLOCK_ATTRIBUTES = {"a": {"href", "title"}}

_TABLE_TAGS = _BLOCK_TAGS | {"table", "thead", "tbody", "tr", "th", "td"}
_TABLE_ATTRIBUTES = _BLOCK_ATTRIBUTES | {"th": {"scope"}}

_markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("strikethrough").disable("image")


def render_markdown(source: str) -> str:
    """CommonMark (and ~~struck~~ words) to clean HTML. Raw HTML in the source is shown as text, images as links.

    The headings of a comment begin at h3: the page above it has the first two.
    """
    if len(source) > LONGEST_SOURCE:
        raise ValueError(f"Markdown of {len(source)} code points; at most {LONGEST_SOURCE} are rendered.")
    tokens = _markdown.parse(source)
    for token in tokens:
        if token.tag in {"h1", "h2"}:
            token.tag = "h3"
    return _clean(_markdown.renderer.render(tokens, _markdown.options, {}), _COMMENT_TAGS, _COMMENT_ATTRIBUTES)


def clean_block(markup: str) -> str:
    """The inline HTML of one block of a reading, cleaned: links, emphasis and the like, no structure, no looks."""
    return _clean(markup, _BLOCK_TAGS, _BLOCK_ATTRIBUTES)


def clean_table(markup: str) -> str:
    """The HTML of a block that is a table, cleaned: rows and cells, and in them what a block may hold."""
    return _clean(markup, _TABLE_TAGS, _TABLE_ATTRIBUTES)


def escape(text: str, *, quote: bool = False) -> str:
    """Plain text as HTML; with `quote`, for the value of an attribute."""
    return html.escape(text, quote=quote)


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: http, https or mailto, without white space or control characters."""
    scheme, colon, rest = address.partition(":")
    return bool(colon and rest) and scheme.lower() in _PROTOCOLS and address.isprintable() and " " not in address


def _clean(markup: str, tags: frozenset[str], attributes: Mapping[str, set[str]]) -> str:
    cleaned = bleach.clean(
        markup,
        tags=tags,
        attributes={tag: list(names) for tag, names in attributes.items()},
        protocols=_PROTOCOLS,
        strip=True,
        strip_comments=True,
    )
    return nh3.clean(
        cleaned,
        tags=set(tags),
        attributes={tag: set(names) for tag, names in attributes.items()},
        url_schemes=set(_PROTOCOLS),
        link_rel="nofollow noopener noreferrer",
    )
