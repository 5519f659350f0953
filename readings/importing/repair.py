"""Undo damage that a text took on its way: mojibake, HTML entities (whole or cut off), foreign line ends, NUL bytes.

Conservative: what may be meant as it stands (code, text about markup, addresses) is left alone. Repairing twice changes nothing more.
"""

import html
import re
from html.entities import html5

import ftfy

_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_ABOUT_MARKUP = re.compile(r"`|<[a-zA-Z/!]|\b(?:x?html|xml|entit(?:y|ies)|escap(?:e|ed|ing)|markup)\b", re.IGNORECASE)

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BROKEN = re.compile(r"&([A-Za-z]{1,10})\n[ \t]{0,8}([A-Za-z]{0,10};)")  # an entity through which a line was wrapped
_UNFINISHED = re.compile(r"&(#[0-9]{3,5}|[A-Za-z]{3,8})(?=[ \t]*$)", re.MULTILINE)
_BARE = re.compile(r"&([lr][ds]quo|[mn]dash|hellip|nbsp|quot|amp)(?![A-Za-z0-9;=])")

_USUAL = (
    "ldquo",
    "rdquo",
    "lsquo",
    "rsquo",
    "quot",
    "nbsp",
    "mdash",
    "ndash",
    "hellip",
    "laquo",
    "raquo",
    "bull",
    "amp",
)


def repair(text: str) -> str:
    """The text as it was meant, line by line: see the module. Line ends become `\\n`; form feeds stay, they end pages."""
    text = _LINE_ENDS.sub("\n", text.removeprefix("\ufeff").replace("\x00", ""))
    if _MOJIBAKE.search(text):
        text = "\n".join(_mend_encoding(line) for line in text.split("\n"))
    if "&" in text:
        text = _BROKEN.sub(_rejoin, text)
        text = "\n".join(_mend_entities(line) for line in text.split("\n"))
    return _LINE_ENDS.sub("\n", text.replace("\x00", ""))


def _mend_encoding(line: str) -> str:
    if not _MOJIBAKE.search(line) or "`" in line:
        return line
    return ftfy.fix_encoding(line)


def _mend_entities(line: str) -> str:
    if "&" not in line or _ABOUT_MARKUP.search(line):
        return line
    for _ in range(4):  # escaped more than once: "&amp;amp;quot;"
        mended = _UNFINISHED.sub(_complete, _BARE.sub(r"&\1;", _ENTITY.sub(_unescape, line)))
        if mended == line or _ABOUT_MARKUP.search(mended):
            return mended
        line = mended
    return line


def _unescape(entity: re.Match[str]) -> str:
    character = html.unescape(entity[0])
    return entity[0] if character in "\n\r\x00" else character


def _rejoin(entity: re.Match[str]) -> str:
    name = entity[1] + entity[2]
    return f"&{name}\n" if name in html5 else entity[0]


def _complete(entity: re.Match[str]) -> str:
    """What an entity cut off at the end of its line was: the only usual one that begins so."""
    if entity[1].startswith("#"):
        return html.unescape(entity[0] + ";") if int(entity[1][1:]) in range(8211, 8231) else entity[0]
    names = [name for name in _USUAL if name.startswith(entity[1])]
    return html.unescape(f"&{names[0]};") if len(names) == 1 else entity[0]
