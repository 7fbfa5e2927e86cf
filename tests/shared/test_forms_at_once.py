"""Forms that come at once: what a process holds of them is bounded, and who sends slowly holds nobody up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from shared.web import posted as reading
from shared.web.posted import MOST_BYTES, posted

MIB = 1024 * 1024
HEAD = b'--b\r\nContent-Disposition: form-data; name="photos"; filename="1.jpg"\r\n\r\n'
END = b"\r\n--b--\r\n"


def _form(size: int, rest: asyncio.Event) -> Request:
    """One photo of so many bytes; its last line comes when `rest` says so."""

    async def pieces() -> AsyncIterator[bytes]:
        yield HEAD
        for _ in range(size // MIB):
            yield bytes(MIB)
        await rest.wait()
        yield END

    coming = pieces()

    async def receive() -> Message:
        piece = await anext(coming, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    headers = [(b"content-type", b"multipart/form-data; boundary=b")]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


async def _read(request: Request, going: asyncio.Event, on: asyncio.Event) -> int:
    async with posted(request) as sent:
        going.set()
        await on.wait()
        (photo,) = sent.chosen
        return photo.size or 0


def _now() -> asyncio.Event:
    now = asyncio.Event()
    now.set()
    return now


async def test_who_sends_slowly_takes_no_room_from_others() -> None:
    rest = asyncio.Event()
    slow = asyncio.create_task(_read(_form(MOST_BYTES - MIB, rest), asyncio.Event(), _now()))
    assert await _read(_form(MOST_BYTES - MIB, _now()), asyncio.Event(), _now()) == MOST_BYTES - MIB
    assert not slow.done()
    rest.set()
    assert await slow == MOST_BYTES - MIB


async def test_two_that_have_no_room_beside_each_other_are_read_one_after_the_other() -> None:
    first, second, on = asyncio.Event(), asyncio.Event(), asyncio.Event()
    one = asyncio.create_task(_read(_form(40 * MIB, _now()), first, on))
    await first.wait()
    other = asyncio.create_task(_read(_form(30 * MIB, _now()), second, _now()))
    small = await _read(_form(0, _now()), asyncio.Event(), _now())
    assert (small, second.is_set()) == (0, False)
    on.set()
    assert (await one, await other) == (40 * MIB, 30 * MIB)


async def test_who_finds_no_room_for_long_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.05)
    going, on = asyncio.Event(), asyncio.Event()
    one = asyncio.create_task(_read(_form(40 * MIB, _now()), going, on))
    await going.wait()
    with pytest.raises(HTTPException) as no:
        await _read(_form(30 * MIB, _now()), asyncio.Event(), _now())
    on.set()
    assert (no.value.status_code, await one) == (503, 40 * MIB)
