"""A piece ahead: the next is asked for while one is worked on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.database.ahead import ahead


async def pieces(asked: list[int], *, breaks_at: int = 9) -> AsyncIterator[int]:
    for n in range(4):
        asked.append(n)
        if n == breaks_at:
            raise ConnectionError(n)
        yield n


async def test_the_next_was_asked_for_when_one_is_handed_out() -> None:
    asked = list[int]()
    seen = [(piece, asked[-1]) async for piece in ahead(pieces(asked))]
    assert seen == [(0, 1), (1, 2), (2, 3), (3, 3)]


async def test_of_nothing_there_is_nothing() -> None:
    async def none() -> AsyncIterator[int]:
        for n in list[int]():
            yield n

    assert [piece async for piece in ahead(none())] == []


async def test_what_breaks_breaks_where_it_would_have() -> None:
    seen = list[int]()

    async def read() -> None:
        async for piece in ahead(pieces([], breaks_at=2)):
            seen.append(piece)

    with pytest.raises(ConnectionError):
        await read()
    assert seen == [0, 1]
