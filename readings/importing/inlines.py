"""The inlines of pandoc's tree: words, with what is set apart in them and what points elsewhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from readings.importing.document import Span

Node = dict[str, Any]

_STYLES = {
    "Emph": "em",
    "Strong": "strong",
    "Strikeout": "s",
    "Subscript": "sub",
    "Superscript": "sup",
}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGN = re.compile(r"[0-9]{1,3}(?:[,–-][0-9]{1,3})?|\*{1,3}|†{1,2}|‡{1,2}|[a-z]|\[[^\]]{1,4}\]")


@dataclass(slots=True)
class Inlines:
    """Words, and what stands at which place in them. Positions count the code points of `text`."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    notes: list[tuple[int, list[Node]]] = field(default_factory=list)  # place, and the note's blocks
    images: list[tuple[str, str]] = field(default_factory=list)  # source, description
    links: list[tuple[int, int, str]] = field(default_factory=list)  # to places in the same document
    names: list[str] = field(default_factory=list)  # of places in here
    raw: list[str] = field(default_factory=list)  # markup of another language, left out

    def append(self, words: str) -> None:
        """Add words."""
        self.text += words

    def extend(self, other: "Inlines", breaks: str) -> None:
        """Add other inlines, their line breaks and tabs made `breaks`."""
        base = len(self.text)
        self.text += re.sub(r"[\n\t]", breaks, other.text)
        self.spans += [Span(base + span.start, base + span.end, span.style, span.href) for span in other.spans]
        self.notes += [(base + at, blocks) for at, blocks in other.notes]
        self.links += [(base + start, base + end, target) for start, end, target in other.links]
        self.images += other.images
        self.names += other.names
        self.raw += other.raw


def read_inlines(nodes: list[Node]) -> Inlines:
    """The words of a list of inlines."""
    words = Inlines()
    _read(nodes, words)
    return words


def _read(nodes: list[Node], words: Inlines) -> None:
    for node in nodes:
        reader = _READERS.get(node["t"])
        if reader:
            reader(node.get("c"), words)


def _space(content: None, words: Inlines) -> None:
    words.text += " "


def _break(content: None, words: Inlines) -> None:
    words.text += "\n"


def _string(content: str, words: Inlines) -> None:
    words.text += content


def _quoted(content: list[Any], words: Inlines) -> None:
    before, after = _QUOTES[content[0]["t"]]
    words.text += before
    _read(content[1], words)
    words.text += after


def _cite(content: list[Any], words: Inlines) -> None:
    _read(content[1], words)


def _span(content: list[Any], words: Inlines) -> None:
    if content[0][0]:
        words.names.append(content[0][0])
    _read(content[1], words)


def _image(content: list[Any], words: Inlines) -> None:
    words.images.append((content[2][0], read_inlines(content[1]).text.strip()))


def _note(content: list[Node], words: Inlines) -> None:
    words.notes.append((len(words.text), content))


def _raw(content: list[str], words: Inlines) -> None:
    if not content[1].startswith("<"):
        words.raw.append(content[1])


def _styled(content: list[Node], words: Inlines, style: str) -> None:
    start = len(words.text)
    _read(content, words)
    raised = words.text[start:]
    if style == "sup" and _SIGN.fullmatch(raised.strip()) and not any(link[0] >= start for link in words.links):
        # A raised figure is the commonest mark of a note; written so, the rules for plain text know it too.
        words.text = words.text[:start] + raised.strip().strip("[]").translate(_RAISED)
    elif words.text[start:].strip():
        words.spans.append(Span(start, len(words.text), style))


def _underlined(content: list[Node], words: Inlines) -> None:
    """Underlining is the emphasis of typewriters, but of links it is the look."""
    start = len(words.text)
    linked = {(span.start, span.end) for span in words.spans if span.style == "link"}
    _styled(content, words, "em")
    linked = {(span.start, span.end) for span in words.spans if span.style == "link"} - linked
    if (start, len(words.text)) in linked:
        words.spans.remove(Span(start, len(words.text), "em"))


def _verbatim(content: list[Any], words: Inlines) -> None:
    start = len(words.text)
    words.text += content[1]
    if content[1].strip():
        words.spans.append(Span(start, len(words.text), "code"))


def _link(content: list[Any], words: Inlines) -> None:
    (name, _, _), inner, (target, _) = content
    if name:
        words.names.append(name)
    start = len(words.text)
    _read([node for part in inner for node in (part["c"] if part["t"] == "Underline" else [part])], words)
    end = len(words.text)
    if not words.text[start:end].strip():
        return
    if re.match(r"(?:https?://|mailto:)", target, re.IGNORECASE):
        words.spans.append(Span(start, end, "link", target))
    elif "#" in target:
        words.links.append((start, end, target.removeprefix("#")))


_READERS: dict[str, Callable[[Any, Inlines], None]] = {
    "Str": _string,
    "Space": _space,
    "SoftBreak": _space,
    "LineBreak": _break,
    "SmallCaps": _read,
    "Quoted": _quoted,
    "Code": _verbatim,
    "Math": _verbatim,
    "Cite": _cite,
    "Span": _span,
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "RawInline": _raw,
    "Underline": _underlined,
    **{kind: partial(_styled, style=style) for kind, style in _STYLES.items()},
}
