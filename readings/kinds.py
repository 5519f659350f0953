"""The kinds a block can have, in the design's words. Plain Python: the importer, the addresses and the models share it."""

from enum import StrEnum


class Kind(StrEnum):
    """What a block is in its text."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    DATE = "date"
    TOC = "toc"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BLOCKQUOTE = "blockquote"
    LIST_ITEM = "list_item"
    VERSE = "verse"
    CAPTION = "caption"
    FIGURE = "figure"
    TABLE = "table"
    CODE = "code"
    FOOTNOTE = "footnote"
    BREAK = "break"


FRONT_MATTER = (Kind.TITLE, Kind.SUBTITLE, Kind.BYLINE, Kind.DATE)
"""The kinds that stand first in an edition, in this order, and are never numbered."""

NUMBERED = frozenset({Kind.PARAGRAPH, Kind.BLOCKQUOTE, Kind.LIST_ITEM, Kind.VERSE, Kind.TABLE, Kind.FIGURE})
"""The kinds that carry a running ¶ number. Code is left out: people cite the paragraph that speaks of it."""
