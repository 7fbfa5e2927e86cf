"""A service's place in a stream: a pull from before it was rewound takes nothing from the ones after."""

from __future__ import annotations

import pytest

from shared.bus.connection import BusRefused
from shared.bus.puller import Puller
from shared.bus.streams import submissions_to
from tests.county import County
from tests.submitters import station


async def test_a_pull_from_before_takes_no_message_away(empty_county: County) -> None:
    """Pulls wait in a client that is away and reach the bus when it is back, or wait there already."""
    said = station.serves()
    await empty_county.hears(said)
    async with empty_county.connection() as bus:
        puller = Puller(bus, submissions_to(said.message.subject.split(".")[1]))
        for _ in range(20):
            await puller.rewind()
            await puller._ask(500, 10)
            await puller.rewind()
            (message,) = await puller.pull(500, 2)
            assert message.subject == said.message.subject
        await puller.close()


async def test_what_the_bus_refuses_says_which_call_and_its_code(empty_county: County) -> None:
    bus, nowhere = empty_county.bus, "NOWHERE"
    with pytest.raises(BusRefused, match=rf"^STREAM\.INFO\.{nowhere}: stream not found \(10059\)$"):
        await bus.api(f"STREAM.INFO.{nowhere}")
    with pytest.raises(BusRefused, match=rf"^DIRECT\.GET\.{nowhere}: nobody answers \(503\)$"):
        await bus.following(nowhere, ">", 0, 1)
