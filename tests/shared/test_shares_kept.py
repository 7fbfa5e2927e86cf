"""What waits in shares: how much it is at most, what waited before there were any, and of which type each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nats.errors
import pytest

from deploy.linxi.year.roster.founding import registrations
from deploy.setup.streams import declare
from services.feedback.operations import condition_parts
from shared.bus.connection import Bus
from shared.bus.leaf import submissions_at
from shared.bus.publishing import PublishRefused, publish_all
from shared.bus.shares import kept_under
from shared.bus.streams import FACTS, SHARE, STREAMS, SUBMISSIONS
from shared.services import SERVICES
from tests.county import County
from tests.submitters import station, stations

ANSWERS, TRIES = 2.0, 10
BEFORE: Mapping[str, Any] = {
    "max_bytes": SUBMISSIONS.max_bytes,
    "max_msgs_per_subject": 100,
    "discard_new_per_subject": True,
    "subject_transform": None,
}
"""As the stream was before types shared a share."""


def test_all_that_may_wait_of_a_county_is_less_than_there_is_room_for() -> None:
    """Linxi's organisations, each with a whole share of the largest submissions at each service."""
    most = len(registrations(2018)) * len(SERVICES) * SHARE * SUBMISSIONS.max_message
    assert most < SUBMISSIONS.room(SUBMISSIONS.config()) == SUBMISSIONS.max_bytes


def test_only_what_shares_bound_has_no_limit_of_its_own() -> None:
    assert [stream.name for stream in STREAMS if stream.config()["max_bytes"] < 0] == [SUBMISSIONS.name]
    assert submissions_at([station.code])["max_bytes"] == SUBMISSIONS.max_bytes
    assert FACTS.room({"max_bytes": 5}) == 5


@pytest.mark.parametrize(("part", "level"), [(0.69, "good"), (0.71, "bad")])
def test_submissions_that_pile_up_are_told_as_what_they_are(part: float, level: str) -> None:
    kept = {"messages": 3, "bytes": int(SUBMISSIONS.max_bytes * part)}
    shown = condition_parts.stream(SUBMISSIONS, {"state": kept, "config": SUBMISSIONS.config()})
    assert (shown.state.level, shown.numbers[2:]) == (level, ("2.0 GB", f"{part:.1%}"))
    assert ("上限后" in shown.detail, "磁盘" in shown.detail) == (False, level == "bad")


async def test_the_bus_shows_what_there_is_room_for(county: County) -> None:
    info = await county.bus.api(f"STREAM.INFO.{SUBMISSIONS.name}")
    assert (info["config"]["max_bytes"], SUBMISSIONS.room(info["config"])) == (-1, SUBMISSIONS.max_bytes)


async def subjects(bus: Bus) -> set[str]:
    """As the stream itself calls what it holds."""
    info = await bus.api(f"STREAM.INFO.{SUBMISSIONS.name}", {"subjects_filter": ">"})
    return set(info["state"]["subjects"])


async def stored_beyond_a_share(county: County, attempt: int) -> int:
    """How much of a batch of four stations, of which one has room for one message and sends two."""
    first, *own = (station.serves(1, n=n) for n in range(attempt * 1000, attempt * 1000 + SHARE + 1))
    others = [one.serves(1, n=attempt * 1000) for one in stations if one.code != station.code]
    await county.hears(first, *own[:-2])
    with pytest.raises((PublishRefused, nats.errors.TimeoutError)):
        await publish_all(county.client, [said.message for said in (*others, *own[-2:])], ANSWERS)
    stored = len(await county.everything(SUBMISSIONS.name)) - (SHARE - 1)
    await county.bus.api(f"STREAM.PURGE.{SUBMISSIONS.name}")
    return stored


async def test_of_a_batch_that_goes_beyond_one_submitters_share_nothing_is_stored(county: County) -> None:
    assert [await stored_beyond_a_share(county, attempt) for attempt in range(TRIES)] == [0] * TRIES


async def test_beside_a_limit_of_bytes_the_server_stores_such_a_batch_in_part(county: County) -> None:
    """The control: once this fails nats-server is mended, and the stream may have its limit again.

    It counts the messages of one of the four, whichever comes first to its hand.
    """
    limit = SUBMISSIONS.config() | {"max_bytes": SUBMISSIONS.max_bytes}
    await county.bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", limit)
    for attempt in range(2 * TRIES):
        if await stored_beyond_a_share(county, attempt):
            return
    pytest.fail("No batch was stored in part.")


async def test_a_type_is_what_its_header_says_and_asked_as_everybodys_is(county: County) -> None:
    """The bus vouches for who submits; the rules ask whether they may, as they do of what comes over HTTP."""
    said = station.logs().heading(type="close-day")
    async with county.working():
        await county.hears(said._replace(message=said.message._replace(body=b'{"day": "2018-03-05"}')))
        await county.settles()
    assert [why["slug"] for why in (await county.verdict(said) or {})["reasons"]] == ["committee-only"]


async def test_what_waits_when_a_county_is_upgraded_is_decided_in_its_order(county: County) -> None:
    await county.bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", {**SUBMISSIONS.config(), **BEFORE})
    before = [one for n in range(5) for one in (station.serves(1, n=n), station.logs(n=n))]
    await county.hears(*before)
    await declare(county.bus)
    after = [station.serves(1, n=5), station.logs(n=5)]
    await county.hears(*after)
    published = {one.message.subject for one in after}
    assert await subjects(county.bus) == published | {kept_under(subject) for subject in published}
    async with county.working():
        await county.settles()
    assert {(await county.verdict(one) or {}).get("verdict") for one in (*before, *after)} == {"accepted"}
    assert await county.everything(SUBMISSIONS.name) == []
