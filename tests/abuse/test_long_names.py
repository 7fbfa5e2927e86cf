"""A subject as long as the bus takes, in a station's own right: what cannot be kept whole holds nobody up.

Seen: its letter was too large for DEAD, so that inspection ended whenever it met it, and nobody's photo was taken in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.feedback.operations.letters import lines
from shared.bus.connection import Message
from shared.bus.streams import DEAD, PHOTOS
from shared.events.outgoing import Outgoing
from shared.pipeline.dead_letters import dead_letters, drive_again
from shared.pipeline.inlets import dead_letter
from tests.abuse.test_odd_tokens import emptied
from tests.county import County
from tests.photographs import answer, drained, hears, keeping, photograph, sent
from tests.submitters import station

LONG = f"photo.{station.code}.{'a' * 30_000}.0"
USUAL = f"photo.{station.code}.{'a' * 64}.9"
BODY = b"x" * 60_000
GROWN = "\ufffd"
"""Stands for a byte that is no character, and takes three."""
OF_A_BATCH = 300
"""Bytes by which a message grows that goes in an atomic batch."""


async def buried(county: County, odd: str) -> dict[str, Any]:
    """Its letter; a whole photo behind it is kept."""
    async with keeping(county):
        await hears(county, Outgoing(odd, BODY, {"ce-actor": "y" * 3_000}))
        (photo,) = await sent(county, station, photograph(seed=5))
        await emptied(county, PHOTOS.name, ">")
        await drained(county)
    assert await answer(county, station, photo) == "accepted"
    (letter,) = (await dead_letters(county.bus, 10))["items"]
    assert (letter["reason"], letter["submitter"], letter["bytes"]) == ("unreadable", station.code, len(BODY))
    return dict(letter)


async def test_a_photo_under_a_long_name_is_buried_and_the_next_one_is_kept(county: County) -> None:
    letter = await buried(county, LONG)
    assert not lines([letter], {})[0].may_be_driven
    assert await drive_again(county.bus, int(letter["id"])) is None


async def test_under_a_usual_one_it_may_be_driven_again(county: County) -> None:
    """The control."""
    letter = await buried(county, USUAL)
    assert lines([letter], {})[0].may_be_driven
    assert await drive_again(county.bus, int(letter["id"])) == USUAL


@pytest.mark.parametrize("subject", [USUAL, LONG, LONG.replace("a", GROWN)])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"ce-actor": GROWN * 4_096},
        {f"ce-{n:x}": GROWN for n in range(1_000)},
        {f"ce-{n:x}": "" for n in range(6_000)},
        {"content-type": GROWN * 20_000, "x": "y" * 20_000},
    ],
    ids=["none", "grown", "many", "empty", "unbounded"],
)
def test_whatever_the_bus_takes_has_a_letter_that_can_be_kept(subject: str, headers: dict[str, str]) -> None:
    size = sum(len(name) + len(value) + len(":\r\n") for name, value in headers.items())
    message = Message(subject, headers, b"x" * (PHOTOS.max_message - size), PHOTOS.name, 7, datetime.now(UTC))
    letter = dead_letter("inspection", "unreadable", "\U0001f600" * 600, message, station.code)
    lines = (f"{name}: {value}\r\n" for name, value in letter.headers.items())
    assert len(letter.body) + sum(len(line.encode()) for line in lines) + OF_A_BATCH < DEAD.max_message
