"""Set-up changes what differs and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from pymongo.errors import OperationFailure

from deploy.embedded.servers.running import Servers
from deploy.setup import members
from deploy.setup.oplog import MIB, bound
from deploy.setup.outcome import Outcome
from deploy.setup.streams import WouldExpire, declare, none_expires
from shared.bus.connection import Bus
from shared.bus.streams import DAY, FACTS, SECOND, STREAMS, SUBMISSIONS
from shared.database.mongo import connect
from tests.county import County
from tests.submitters import stations


async def test_what_lies_on_the_bus_as_declared_is_not_changed_and_what_differs_is(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()
    api = Bus.api

    async def heard(self: Bus, subject: str, *more: Any) -> Any:
        asked.append(subject)
        return await api(self, subject, *more)

    monkeypatch.setattr(Bus, "api", heard)
    await declare(county.bus)
    assert [one for one in asked if ".UPDATE." in one] == []
    done = await declare(county.bus, 0.5)
    limited = [stream.name for stream in STREAMS if stream.is_limited]
    assert [one.split()[1] for one in done.done if one.endswith(" changed")] == limited
    assert (await api(county.bus, f"STREAM.INFO.{FACTS.name}"))["config"]["max_bytes"] == FACTS.max_bytes // 2
    await declare(county.bus)


async def test_what_is_submitted_is_kept_for_as_many_days_as_told_but_nothing_that_waits_is_dropped_by_it(
    county: County,
) -> None:
    async def days() -> float:
        info = await county.bus.api(f"STREAM.INFO.{SUBMISSIONS.name}")
        return float(info["config"]["max_age"] / SECOND / DAY)

    await county.hears(stations[0].serves())
    await declare(county.bus, days=60)
    assert await days() == 60
    with pytest.raises(WouldExpire, match="up to 0 days old"):
        await none_expires(county.bus, 0)
    await none_expires(county.bus, 1)
    await declare(county.bus)
    assert await days() == 30


async def test_the_oplog_is_as_large_as_told_also_where_it_was_made_larger(bus_and_database: Servers) -> None:
    client = connect(bus_and_database.mongo_url)
    try:

        async def size() -> int:
            return int((await client.local.command("collStats", "oplog.rs"))["maxSize"]) // MIB

        before = await size()
        assert (await bound(client, bus_and_database.mongo_url, 1500)).lacking == ()
        assert await size() == 1500 != before
        await bound(client, bus_and_database.mongo_url, before)
        assert await size() == before
    finally:
        client.close()


async def test_members_that_take_no_configuration_end_set_up_with_what_they_say(
    bus_and_database: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the version that is there, as if another were before us each time."""
    monkeypatch.setattr(members, "PATIENCE", 1)
    monkeypatch.setattr(members, "having_next", lambda config, hosts: dict(config))
    client = connect(bus_and_database.mongo_url)
    try:
        with pytest.raises(OperationFailure, match="version"):
            await members.grown(client, [])
    finally:
        client.close()


def test_set_up_ends_with_how_much_is_as_declared_and_with_each_part_that_is_not() -> None:
    ends = Outcome(("replica set",)) + Outcome(("stream FACTS",), ("stream FACTS is not on all of its servers yet",))
    assert str(ends) == "set up: 2 parts as declared; stream FACTS is not on all of its servers yet"
