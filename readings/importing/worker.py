"""The process in which documents are read: `python -m readings.importing.worker`, started by `readings.importing.workshop`.

It has no database and no secrets, and its memory is limited. Frames come in on standard input and go out on standard output: eight
bytes of length and so many bytes, first JSON, then the bytes that it announces.
"""

import json
import os
import resource
import struct
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import asdict, fields
from typing import IO, Any

from readings.importing.codec import work_as_json
from readings.importing.decode import UnreadableSource
from readings.importing.document import Picture, Work
from readings.importing.extract import Document, extract

LARGEST_MEMORY = 1024**3
"""Bytes of data that the process may hold. pandoc, which it starts, has limits of its own."""

_LENGTH = struct.Struct(">Q")
_OFTEN = 0.2  # seconds between two reports


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame; None where there are no more."""
    length = stream.read(_LENGTH.size)
    return stream.read(_LENGTH.unpack(length)[0]) if len(length) == _LENGTH.size else None


def main() -> None:
    """Read documents until there are no more."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    with suppress(ValueError, OSError):  # a system that does not know this limit still has those of pandoc and of time
        resource.setrlimit(resource.RLIMIT_DATA, (2 * LARGEST_MEMORY, 2 * LARGEST_MEMORY))
        resource.setrlimit(resource.RLIMIT_DATA, (LARGEST_MEMORY, 2 * LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (head := read_frame(sys.stdin.buffer)) is not None:
        data = read_frame(sys.stdin.buffer) or b""
        _answer(out, Document(data=data, **json.loads(head)))


def _answer(out: IO[bytes], document: Document) -> None:
    last = 0.0

    def report(stage: str, done: int, total: int) -> None:
        nonlocal last
        if not done or time.monotonic() - last > _OFTEN:
            last = time.monotonic()
            _send(out, {"progress": [stage, done, total]})

    try:
        works = extract(document, report)
        answer: dict[str, Any] = {"works": [work_as_json(work) for work in works]}
        pictures = _pictures(works)
        answer["pictures"] = [[picture.width, picture.height] for picture in pictures]
    except UnreadableSource as error:
        return _send(out, {"error": str(error)})
    except MemoryError:
        return _send(out, {"error": "Reading this document needs more memory than is allowed. Import it in parts."})
    except RecursionError:
        return _send(
            out, {"error": "The document is nested too deeply to be read. Save it as plain text and import that."}
        )
    except Exception:  # a fault of ours; the parent logs it, and the batch goes on
        return _send(out, {"fault": traceback.format_exc()[-4000:]})
    _send(out, answer)
    for picture in pictures:
        write_frame(out, picture.data)
    return None


def _pictures(works: list[Work]) -> list[Picture]:
    return [picture for work in works for picture in work.pictures.values()]


def _send(out: IO[bytes], message: dict[str, Any]) -> None:
    write_frame(out, json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"))


def describe(document: Document) -> bytes:
    """The head of the frame pair that hands a document over; the other is its bytes."""
    facts = {field.name for field in fields(document)} - {"data"}
    return json.dumps({name: value for name, value in asdict(document).items() if name in facts}).encode()


if __name__ == "__main__":
    main()
