"""A test that waits for what never comes fails where it waits, instead of holding every other one back."""

from __future__ import annotations

import asyncio
import traceback

import pytest

from tests.conftest import ending


async def waits(until: asyncio.Event) -> None:
    await until.wait()


async def test_what_never_comes_is_waited_for_no_longer_than_that() -> None:
    with pytest.raises(TimeoutError) as met:
        await ending(waits, 0.01)(asyncio.Event())
    assert met.value.__cause__
    assert "waits" in [frame.name for frame in traceback.extract_tb(met.value.__cause__.__traceback__)]


async def test_what_comes_in_time_is_a_test_like_any_other() -> None:
    came = asyncio.Event()
    came.set()
    await ending(waits, 60)(until=came)


def test_every_test_that_waits_ends(request: pytest.FixtureRequest) -> None:
    waiting = [
        item for item in request.session.items if isinstance(item, pytest.Function) and hasattr(item.obj, "__wrapped__")
    ]
    assert any(item.name == "test_what_comes_in_time_is_a_test_like_any_other" for item in waiting)
