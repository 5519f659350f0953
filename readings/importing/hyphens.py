"""Join the lines of one paragraph: one space between them, hyphens of wrapping removed, and only those.

Whether a hyphen at a line's end belongs to the word is asked of the text itself: how does it spell the word elsewhere?
"""

import re
from collections import Counter

from readings.importing.lines import Line

_SPLIT = re.compile(r"([^\W\d_]+)([-\u2010\u00ad¬])$")
_HEAD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_UNSPACED = re.compile(
    "[\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\u2014\u2026\u201c-\u201d]"
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_LONGEST_TAIL = 60  # characters looked at on either side of a line's end

_ALWAYS = frozenset({"self", "well"})  # first parts that hardly begin a longer word
_PREFIXES = frozenset(
    [
        "non",
        "ex",
        "anti",
        "semi",
        "quasi",
        "pseudo",
        "all",
        "cross",
        "ill",
        "half",
        "high",
        "low",
        "long",
        "short",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "mother",
        "father",
        "brother",
        "sister",
        "vice",
        "pro",
        "post",
        "pre",
        "neo",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "one",
        "old",
        "new",
        "far",
        "near",
        "full",
        "part",
        "free",
        "hard",
        "ever",
        "much",
        "best",
        "better",
        "left",
    ]
)
_SECONDS = frozenset(
    [
        "class",
        "based",
        "minded",
        "sided",
        "blooded",
        "hearted",
        "eyed",
        "haired",
        "handed",
        "faced",
        "headed",
        "educated",
        "conscious",
        "century",
        "fed",
        "paid",
        "governed",
    ]
)


class Vocabulary:
    """The words of a text, as it spells them where no line end is near."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._words: Counter[str] | None = None

    def __getitem__(self, word: str) -> int:
        if self._words is None:  # counted when the first hyphen asks: most texts have none
            self._words = Counter()
            for line in self._lines:
                self._words.update(found.lower() for found in _WORD.findall(line.text))
        return self._words[word.lower()]


def join_lines(texts: list[str], vocabulary: Vocabulary) -> str:
    """The lines as one text."""
    joined: list[str] = []
    for text in texts:
        if joined:
            before, glue = _meet(joined[-1], text, vocabulary)
            joined[-1] = before + glue
        joined.append(text)
    return "".join(joined)


def _meet(before: str, after: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """The end of a line, mended where the next one follows, and what stands between the two."""
    split = _SPLIT.search(before[-_LONGEST_TAIL:])
    head = _HEAD.match(after[:_LONGEST_TAIL])
    if split and head:
        if not after[0].isupper() and is_wrapped_word(split[1], head[0], vocabulary, soft=split[2] in "\u00ad¬"):
            return before[:-1], ""
        return before, ""
    if re.search(r"[^\W_][-\u2010]$", before[-3:]) and after[:1].isdigit():
        return before, ""
    if re.search(r"[^\W_](?:—|--)$", before[-4:]) and not after.startswith(("—", "-", " ")):
        return before, ""
    if before[-1:] and after[:1] and _joins_unspaced(before[-1], after[0]):
        return before, ""
    return before, " "


def _joins_unspaced(last: str, first: str) -> bool:
    """Chinese and Japanese run on without a space."""
    return bool((_HAN.match(last) and _UNSPACED.match(first)) or (_UNSPACED.match(last) and _HAN.match(first)))


def is_wrapped_word(first: str, second: str, vocabulary: Vocabulary, *, soft: bool = False) -> bool:
    """Whether the two parts are one word that was divided at the line's end, rather than a compound with its own hyphen."""
    if soft:
        return True
    whole, compound = vocabulary[first + second], vocabulary[f"{first}-{second}"]
    if whole or compound:
        return whole >= compound
    if first.lower() in _ALWAYS or second.lower() in _SECONDS:
        return False
    if first.lower() in _PREFIXES and vocabulary[second] > 1:
        return False
    # As a word, each part would stand alone elsewhere (once is where it stands now, at the line's end or beginning).
    return not (vocabulary[first] > 1 and vocabulary[second] > 1 and len(first) > 2 and len(second) > 3)
