"""Tables typed with bars or with wide spaces: from their lines to rows of cells."""

import re

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:+=\-–—_]+")
_WIDE = re.compile(r"\t+| {3,}")


def read_rows(text: str) -> tuple[str, int | None]:
    """The rows of a table as `readings.importing.document` writes them, and how many of them name the columns, where it says so.

    A rule below the first row, such as |---|---|, makes it a head; rules are no rows.
    """
    rows: list[list[str]] = []
    head: int | None = None
    for line in text.split("\n"):
        if _RULE.fullmatch(line.strip()) and re.search(r"[-=–—_]", line):
            head = 1 if len(rows) == 1 else head
        elif line.strip():
            rows.append(_cells(line.strip()))
    return "\n".join("\t".join(row) for row in rows), head


def _cells(line: str) -> list[str]:
    if line.startswith("|") or line.count("|") > 1:
        return [
            cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip().removeprefix("|").removesuffix("|"))
        ]
    return [cell.strip() for cell in _WIDE.split(line)]
