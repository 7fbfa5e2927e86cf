"""The body of a request, read only as far as it may be long: anybody can send one, and who it was is known later."""

from __future__ import annotations

from fastapi import Request


async def body_within(request: Request, most: int) -> bytes | None:
    """The body, or None when it has more than `most` bytes; no more than that is kept of what comes."""
    if int(request.headers.get("content-length", 0)) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
