"""What the county fetched for one station and bears another's name is decided by nobody and answered to nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest

from services.feedback.operations.letters import lines
from shared.bus.connection import Bus, Message
from shared.bus.publishing import PublishRefused
from shared.bus.streams import SUBMISSIONS
from shared.events.outgoing import Outgoing
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.dead_letters import dead_letters, drive_again
from shared.pipeline.provenance import CAME_BY, is_forged
from tests.browsing import browsing, token
from tests.county import County
from tests.submitters import COUNTY, Said, committee, station, stations, township

OTHER = stations[1]
THEIRS = "THEIRS"
PATIENCE, ASKS_ANEW = 120.0, 15.0
"""Seconds."""
FORGED = {
    "the committee's": committee.registers("150424-D77", OrganisationKind.DEPARTMENT, COUNTY),
    "a neighbour's": OTHER.logs(),
    "its township's": township.serves(),
}


class OnBus(Protocol):
    """Whoever has the county's bus."""

    @property
    def bus(self) -> Bus:
        """With every right."""


async def is_fetched(county: OnBus, said: Said, of: str) -> None:
    """From a stream of another's, by the source that the county has for one station; its server notes the filter."""
    theirs = {"name": THEIRS, "subjects": ["theirs.*"], "storage": "memory", "allow_direct": True}
    await county.bus.api(f"STREAM.CREATE.{THEIRS}", theirs)
    try:
        before = await county.bus.last(SUBMISSIONS.name, ">")
        await county.bus.publish([Outgoing(f"theirs.{of}", said.message.body, said.message.headers)])
        transform = {"src": f"theirs.{of}", "dest": said.message.subject}
        last = await fetched(county, {"name": THEIRS, "subject_transforms": [transform]}, before)
        assert f" theirs.{of} " in last.headers[CAME_BY]
    finally:
        await has_sources(county)
        await county.bus.api(f"STREAM.DELETE.{THEIRS}")


async def has_sources(county: OnBus, *sources: Mapping[str, Any]) -> None:
    await county.bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", {**SUBMISSIONS.config(), "sources": sources})


async def fetched(county: OnBus, source: Mapping[str, Any], before: Message | None) -> Message:
    """What the county has from there; asked anew, as a server that heard no answer does so less and less often."""
    for _ in range(int(PATIENCE / ASKS_ANEW)):
        await has_sources(county)
        await has_sources(county, source)
        with suppress(TimeoutError):
            async with asyncio.timeout(ASKS_ANEW):
                while (last := await county.bus.last(SUBMISSIONS.name, ">")) is None or last == before:
                    await asyncio.sleep(0.05)
                return last
    raise TimeoutError(source)


@pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)
async def test_it_is_buried_as_forged_and_neither_decided_nor_answered(county: County, said: Said) -> None:
    before = await county.ledger()
    await is_fetched(county, said, station.code)
    async with county.working():
        await county.settles()
    assert await county.ledger() == before
    assert await county.verdict(said) is None
    (letter,) = (await dead_letters(county.bus, 10))["items"]
    expected = (said.message.subject.split(".")[1], "forged", station.code, said.message.subject)
    assert (letter["service"], letter["reason"], letter["submitter"], letter["subject"]) == expected
    assert not lines([letter], {})[0].may_be_driven
    async with browsing(county, "feedback") as client:
        page = (await client.get("/feedback/dead-letters", auth=token(COUNTY))).text
    assert ("以其他单位的名义报送" in page, "归档</a>" in page, "/again" in page) == (True, True, False)
    assert await drive_again(county.bus, int(letter["id"])) is None, "it would come from the county itself"


async def test_what_it_was_fetched_for_is_decided(county: County) -> None:
    """The control."""
    said = station.logs()
    await is_fetched(county, said, station.code)
    async with county.working():
        await county.settles()
    assert (await county.verdict(said) or {}).get("verdict") == "accepted"
    assert await county.dead() == []


async def test_an_id_that_was_used_is_not_told_again_to_whoever_forges_it(county: County) -> None:
    said = OTHER.logs()
    async with county.working():
        await county.hears(said)
        await county.settles()
    heard = await county.client.subscribe(f"verdict.{OTHER.code}.*")
    await county.client.flush()
    await is_fetched(county, said.repeated(), station.code)
    async with county.working():
        await county.settles()
    assert heard.pending_msgs == 0
    assert [letter.subject for letter in await county.dead()] == [f"dead.inspection.forged.{station.code}"]


async def test_the_bus_takes_no_such_note_from_whoever_publishes_here(county: County) -> None:
    """So that nobody can have what is his own taken for fetched, nor the other way round."""
    said = station.logs().message
    note = f"SUBMISSIONS 7 submit.*.*.{station.code} > {said.subject}"
    with pytest.raises(PublishRefused, match="source header is not allowed"):
        await county.bus.publish([said._replace(headers={**said.headers, CAME_BY: note})])


MESSAGE = Message(f"submit.x.y.{station.code}", {}, b"", SUBMISSIONS.name, 7, datetime(2018, 3, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("note", "forged"),
    [
        (None, False),
        (f"SUBMISSIONS:D5bkvTLt 7 submit.*.*.{station.code} > submit.x.y.{station.code}", False),
        (f"SUBMISSIONS:D5bkvTLt 7 submit.*.*.{OTHER.code} > submit.x.y.{station.code}", True),
        ("SUBMISSIONS:D5bkvTLt 7 submit.> > submit.x.y.z", True),
        ("SUBMISSIONS:D5bkvTLt 7 > > submit.x.y.z", True),
        ("SUBMISSIONS 7", True),
        ("", True),
    ],
)
def test_a_note_names_whom_it_was_fetched_for_or_it_is_forged(note: str | None, forged: bool) -> None:
    headers = {} if note is None else {CAME_BY: note}
    assert is_forged(replace(MESSAGE, headers=headers)) is forged
