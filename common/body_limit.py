"""No body is taken in that is larger than any we could use: Django reads a body whole before it asks what it is for."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class _TooLarge(Exception):
    """More has come in than is taken."""


class BodyLimit:
    """An ASGI application around another: a request with more than so many bytes gets 413, and its connection is closed.

    `larger` maps beginnings of paths to limits of their own, for uploads.
    """

    def __init__(self, application: Application, limit: int, larger: Sequence[tuple[str, int]] = ()) -> None:
        self.application = application
        self.limit = limit
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.application(scope, receive, send)
        limit = next((size for begin, size in self.larger if scope["path"].startswith(begin)), self.limit)
        said = dict(scope["headers"]).get(b"content-length", b"0")
        if not said.isdigit() or int(said[:20]) > limit:
            return await _refuse(scope, send, limit)
        taken, begun = 0, False

        async def counted() -> dict[str, Any]:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body") or b"")
            if taken > limit:
                raise _TooLarge
            return message

        async def noticed(message: dict[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            return await self.application(scope, counted, noticed)
        except _TooLarge:
            if begun:
                raise
            return await _refuse(scope, send, limit)


async def _refuse(scope: Scope, send: Send, limit: int) -> None:
    words = f"At most {limit // 1000**2 or 1} MB are taken in one request. Send less at a time."
    body, kind = f"{words}\n".encode(), b"text/plain; charset=utf-8"
    if scope["path"].startswith("/api/"):
        problem = {
            "type": "/api/docs/problems/#too-large",
            "title": "The body is too large",
            "status": 413,
            "detail": words,
        }
        body, kind = json.dumps(problem).encode(), b"application/problem+json"
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
