"""A bus of an older release, which had less, is brought to what is declared now; what lies there stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from deploy.setup.streams import declare
from shared.bus.streams import AUDIT, AUDIT_LINES, SESSIONS, STREAMS
from shared.events.outgoing import Outgoing
from shared.patience import is_fault
from tests.county import County

BEFORE = replace(SESSIONS, subjects=SESSIONS.subjects[:1])
"""As it was when persons did not sign in yet."""


async def test_streams_buckets_and_consumers_that_it_lacked_are_made_and_nothing_is_lost(county: County) -> None:
    bus = county.bus
    await bus.api(f"STREAM.DELETE.{AUDIT.name}")
    await bus.api(f"STREAM.UPDATE.{SESSIONS.name}", BEFORE.config())
    await bus.publish([Outgoing("$KV.sessions.an-id", b"", {})])
    person = Outgoing("$KV.sessions.of.p-wang", b"1", {})
    for message in (person, Outgoing("audit.roster.sign-in", b"{}", {})):
        assert not await is_taken(county, message)
    done = await declare(bus)
    assert f"stream {AUDIT.name} created" in done.done
    for message in (person, Outgoing("audit.roster.sign-in", b"{}", {})):
        assert await is_taken(county, message)
    async with asyncio.timeout(10):  # the bus tells its consumers after it has answered
        while (await bus.api(f"CONSUMER.INFO.{AUDIT.name}.{AUDIT_LINES.name}"))["num_pending"] != 1:
            await asyncio.sleep(0.02)
    assert await bus.last(SESSIONS.name, "$KV.sessions.an-id") is not None


async def test_each_stream_has_so_many_times_its_limit_and_what_is_bounded_otherwise_stays(county: County) -> None:
    try:
        await declare(county.bus, 0.5)
        for stream in STREAMS:
            limit = (await county.bus.api(f"STREAM.INFO.{stream.name}"))["config"]["max_bytes"]
            assert limit == (stream.max_bytes // 2 if stream.is_limited else -1), stream.name
    finally:
        await declare(county.bus)


async def is_taken(county: County, message: Outgoing) -> bool:
    """Nobody answers where no stream has the subject."""
    try:
        await county.bus.publish([message])
    except Exception as error:
        if not is_fault(error):
            raise
        return False
    return True
