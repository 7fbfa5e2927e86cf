"""Room for what many send at once."""

from __future__ import annotations

import asyncio

import pytest

from shared.web.room import Room

LONG, SHORT = 60.0, 0.05


async def _holds(room: Room, size: int, seen: list[int], until: asyncio.Event) -> None:
    async with room.of(size, LONG):
        seen.append(size)
        await until.wait()


async def _others_have_gone_on() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_comes_first_is_let_in_first_and_nothing_small_slips_past_what_is_large() -> None:
    room, seen = Room(10), list[int]()
    first, last = asyncio.Event(), asyncio.Event()
    async with asyncio.TaskGroup() as everybody:
        everybody.create_task(_holds(room, 6, seen, first))
        for size in (7, 1, 2):
            everybody.create_task(_holds(room, size, seen, last))
        await _others_have_gone_on()
        assert seen == [6]
        first.set()
        await _others_have_gone_on()
        assert seen == [6, 7, 1, 2]
        last.set()


async def test_who_gives_up_while_waiting_holds_nobody_up_and_nothing_back() -> None:
    room, seen, end = Room(10), list[int](), asyncio.Event()
    async with asyncio.TaskGroup() as everybody:
        everybody.create_task(_holds(room, 8, seen, end))
        await _others_have_gone_on()
        with pytest.raises(TimeoutError):
            async with room.of(3, SHORT):
                raise AssertionError
        everybody.create_task(_holds(room, 2, seen, end))
        await _others_have_gone_on()
        assert seen == [8, 2]
        end.set()
    async with room.of(10, SHORT):
        pass


async def test_who_ends_just_as_it_is_let_in_gives_back_what_it_was_given() -> None:
    room, end = Room(10), asyncio.Event()
    holder = asyncio.create_task(_holds(room, 10, [], end))
    await _others_have_gone_on()
    next_one = asyncio.create_task(_holds(room, 10, [], asyncio.Event()))
    await _others_have_gone_on()
    end.set()
    while not holder.done():
        await asyncio.sleep(0)
    next_one.cancel()
    await asyncio.gather(next_one, return_exceptions=True)
    async with room.of(10, SHORT):
        pass
