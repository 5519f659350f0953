"""Where documents are read: in a process of its own that may be killed, so that no document can hurt what called for it.

One process reads one document after the other. It is ended and another started when a document took too long or too much, and
now and then for cleanliness.
"""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from readings.importing.codec import work_from_json
from readings.importing.decode import UnreadableSource
from readings.importing.document import Picture, Work
from readings.importing.extract import Document, Report
from readings.importing.worker import describe

SECONDS = 300.0
"""The longest that the reading of one document may take."""

_MOST_DOCUMENTS = 100
_ROOT = Path(__file__).resolve().parents[2]


class ImporterFailed(RuntimeError):
    """The importer itself has a fault that this document shows. The message is a traceback, for the log."""


class Workshop:
    """Reads documents. Use it as a context manager, or close it."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._read_so_far = 0
        self._idle = True  # no document is under way

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def read(self, document: Document, report: Report = lambda stage, done, total: None) -> list[Work]:
        """The works in a document.

        Raises UnreadableSource where it cannot be read, within the limits or at all, and ImporterFailed for a fault of ours.
        """
        if self._read_so_far >= _MOST_DOCUMENTS:
            self.close()
        process = self._process or self._start()
        self._read_so_far += 1
        deadline = time.monotonic() + self._seconds
        try:
            self._send(process, document, deadline)
            return self._receive(process, report, deadline)
        except TimeoutError as error:
            self._kill()
            raise UnreadableSource(
                f"Reading this document took more than {self._seconds:.0f} seconds. Import it in parts, or save it as plain text."
            ) from error
        except (EOFError, BrokenPipeError) as error:
            self._kill()
            raise UnreadableSource(
                "Reading this document took more memory than is allowed, or broke off. Import it in parts, or save it as plain text."
            ) from error
        except BaseException:
            if not self._idle:  # interrupted half-way: what is still to come must not be taken for the next answer
                self._kill()
            raise

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process = process
            self._kill()

    def _start(self) -> "subprocess.Popen[bytes]":
        self._read_so_far = 0
        self._process = subprocess.Popen(  # our own module
            [sys.executable, "-m", "readings.importing.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,  # so that what it starts can be ended with it
        )
        return self._process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
        self._idle = True

    def _send(self, process: "subprocess.Popen[bytes]", document: Document, deadline: float) -> None:
        assert process.stdin is not None
        self._idle = False
        pipe = process.stdin.fileno()
        for part in (describe(document), document.data):
            waiting = memoryview(struct.pack(">Q", len(part)) + part)
            while waiting:
                _await(deadline, write=pipe)
                waiting = waiting[os.write(pipe, waiting[:65536]) :]

    def _receive(self, process: "subprocess.Popen[bytes]", report: Report, deadline: float) -> list[Work]:
        while True:
            message: dict[str, Any] = json.loads(_frame(process, deadline))
            if "progress" in message:
                report(*message["progress"])
                continue
            if "works" in message:
                pictures = [Picture(_frame(process, deadline), *size) for size in message["pictures"]]
                self._idle = True
                return _complete([work_from_json(work) for work in message["works"]], pictures)
            self._idle = True
            if "error" in message:
                raise UnreadableSource(message["error"])
            raise ImporterFailed(message["fault"])


def _complete(works: list[Work], pictures: list[Picture]) -> list[Work]:
    by_name = {picture.name: picture for picture in pictures}
    for work in works:
        work.pictures = {block.picture: by_name[block.picture] for block in work.blocks if block.picture}
    return works


def _frame(process: "subprocess.Popen[bytes]", deadline: float) -> bytes:
    return _take(process, struct.unpack(">Q", _take(process, 8, deadline))[0], deadline)


def _take(process: "subprocess.Popen[bytes]", size: int, deadline: float) -> bytes:
    assert process.stdout is not None
    pipe = process.stdout.fileno()
    taken = bytearray()
    while len(taken) < size:
        _await(deadline, read=pipe)
        piece = os.read(pipe, min(1 << 20, size - len(taken)))
        if not piece:
            raise EOFError
        taken += piece
    return bytes(taken)


def _await(deadline: float, *, read: int | None = None, write: int | None = None) -> None:
    left = deadline - time.monotonic()
    ready = select.select([read] if read is not None else [], [write] if write is not None else [], [], max(0.0, left))
    if not (ready[0] or ready[1]):
        raise TimeoutError
