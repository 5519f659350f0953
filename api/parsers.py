"""Bodies: JSON of bounded size and depth, with nothing in it that a database or another parser would choke on."""

import json
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

from api.problems import Problem, escape_pointer

LARGEST_BODY = 200_000
"""Bytes. The longest comment, every character of it escaped as \\uXXXX twice, needs 120,000."""

DEEPEST = 20
LONGEST_FIGURE = 19
"""Digits. Enough for 64 bits."""


class StrictJSONParser(BaseParser):
    """JSON as RFC 8259 has it and no more, in UTF-8."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value in the body. Raises a problem for everything else."""
        _check_charset(media_type or "")
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise Problem("too-large", f"A body has at most {LARGEST_BODY:,} bytes.")
        return parse_json(body)


def parse_json(body: bytes) -> Any:
    """The value of a JSON text. Raises ParseError where it has none, and Problem for strings that cannot be stored."""
    try:
        value = json.loads(
            body.decode(),
            parse_constant=_refuse_constant,
            parse_int=_parse_int,
            parse_float=_parse_float,
            object_pairs_hook=_parse_object,
        )
    except RecursionError as error:
        raise ParseError(f"The JSON is nested deeper than {DEEPEST} levels.") from error
    except UnicodeDecodeError as error:
        raise ParseError("The body is not in UTF-8.") from error
    except ValueError as error:
        raise ParseError(f"This is not JSON: {error}.") from error
    errors = [
        {"pointer": pointer, "detail": "There is a character in it that cannot be stored.", "code": "unstorable"}
        for pointer, text in _strings(value)
        if any(ch == "\0" or "\ud800" <= ch <= "\udfff" for ch in text)
    ]
    if errors:
        raise Problem(
            "invalid", "There are characters in it that cannot be stored: NUL, or half of a pair.", errors=errors
        )
    return value


def _check_charset(media_type: str) -> None:
    for parameter in media_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in {"utf-8", "utf8"}:
            raise UnsupportedMediaType(media_type[:100], "JSON comes in UTF-8 here.")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _parse_int(figure: str) -> int:
    if len(figure.lstrip("-")) > LONGEST_FIGURE:
        raise ValueError(f"a figure of more than {LONGEST_FIGURE} digits")
    return int(figure)


def _parse_float(figure: str) -> float:
    value = float(figure)
    if not isfinite(value):
        raise ValueError("a figure that is too large")
    return value


def _parse_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _strings(value: Any) -> Iterator[tuple[str, str]]:
    """Every string in a value, names included, with a pointer to it. Without recursion; refuses what is too deep."""
    waiting = [("", value, 0)]
    while waiting:
        pointer, found, depth = waiting.pop()
        if depth > DEEPEST:
            raise ParseError(f"The JSON is nested deeper than {DEEPEST} levels.")
        if isinstance(found, str):
            yield pointer, found
        elif isinstance(found, dict):
            for name, inner in found.items():
                yield pointer, name
                waiting.append((f"{pointer}/{escape_pointer(name)}", inner, depth + 1))
        elif isinstance(found, list):
            waiting += [(f"{pointer}/{index}", inner, depth + 1) for index, inner in enumerate(found)]
