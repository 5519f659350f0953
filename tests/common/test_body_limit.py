"""No body is read that is larger than any we could use."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from common.body_limit import BodyLimit


async def _echo(scope, receive, send):
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def ask(path, chunks, *headers):
    waiting = [
        {"type": "http.request", "body": chunk, "more_body": index + 1 < len(chunks)}
        for index, chunk in enumerate(chunks)
    ]
    sent = []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    application = BodyLimit(_echo, 10, larger=[("/imports/", 100)])
    scope = {"type": "http", "path": path, "headers": list(headers)}
    with ThreadPoolExecutor(1) as aside:  # the browser's driver may have a loop running in this thread
        aside.submit(lambda: asyncio.run(application(scope, receive, send))).result()
    return sent[0]["status"], sent[1]["body"]


def test_what_fits_passes():
    assert ask("/readings/", [b"12345", b"67890"], (b"content-length", b"10")) == (200, b"10")
    assert ask("/imports/", [b"x" * 100]) == (200, b"100")


@pytest.mark.parametrize(
    "headers", [[(b"content-length", b"11")], [(b"content-length", b"9" * 400)], [(b"content-length", b"-1")], []]
)
def test_what_is_larger_is_refused_whether_it_says_so_or_not(headers):
    status, words = ask("/readings/", [b"x" * 6, b"x" * 6], *headers)
    assert status == 413
    assert b"At most" in words


def test_the_api_says_so_in_its_own_way():
    status, words = ask("/api/v1/comments/", [b"x" * 20])
    assert (status, json.loads(words)["status"]) == (413, 413)
