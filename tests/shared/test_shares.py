"""A submitter's share of what waits: more is told to go slower and is not lost, and nobody else notices."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.bus.connection import Bus
from shared.bus.leaf import submissions_at
from shared.bus.publishing import PublishRefused, SlowDown, _refused, publish_all, publish_by_shares, publish_each
from shared.bus.shares import as_published, kept_under
from shared.bus.streams import SHARE, submissions_to
from shared.events.outgoing import Outgoing
from shared.pipeline.trimming import WHILE, Trimming
from tests.county import LOOPS, County
from tests.processes_here import asking, running
from tests.shared.test_form_sending import OWN, pages, ticket
from tests.shared.test_submitting import headers, submitting
from tests.submitters import COUNTY, Said, station, stations

WAIT, PATIENCE = 10.0, 20.0
OTHER = stations[1]


def services(count: int, first: int = 0) -> list[Said]:
    """So many of one submitter."""
    return [station.serves(1, n=n) for n in range(first, first + count)]


async def waiting(county: County) -> list[str]:
    """The ids that wait to be decided, in their order."""
    return [message.headers["ce-id"] for message in await county.everything("SUBMISSIONS")]


async def uses_up(county: County) -> list[Said]:
    """As many of one station as may wait."""
    said = services(SHARE)
    await county.hears(*said)
    return said


async def test_who_has_used_up_a_share_is_told_so_at_once_and_others_are_not(county: County) -> None:
    said = await uses_up(county)
    more = [one.message for one in services(3, SHARE)]
    for messages in (more[:1], more):
        with pytest.raises(SlowDown):
            await publish_all(county.client, messages, WAIT)
    await county.hears(OTHER.serves(), station.logs(), said[0])
    assert len(await waiting(county)) == SHARE + 2


async def test_a_share_is_of_all_types_together_and_each_is_handed_out_as_what_it_is(county: County) -> None:
    said = [one for n in range(SHARE // 2) for one in (station.serves(1, n=n), station.opens(n=n))]
    await county.hears(*said)
    assert [one.subject for one in await county.everything("SUBMISSIONS")] == [one.message.subject for one in said]
    for one in (station.serves(2), station.opens(n=SHARE)):
        with pytest.raises(SlowDown):
            await publish_all(county.client, [one.message], WAIT)


@pytest.mark.parametrize(
    ("kept", "type_name", "published"),
    [
        ("submit.roster._.150424-D01", "hold-activity", "submit.roster.hold-activity.150424-D01"),
        ("submit.roster._._", "hold-activity", "submit.roster.hold-activity._"),
        ("submit.roster._.150424-D01", "a.b", "submit.roster._.150424-D01"),
        ("submit.roster._.150424-D01", ">", "submit.roster._.150424-D01"),
        ("submit.roster._.150424-D01", "", "submit.roster._.150424-D01"),
        ("submit.roster.rotate-duty.150424", "hold-activity", "submit.roster.rotate-duty.150424"),
        ("photo.150424-D01._.0", "hold-activity", "photo.150424-D01._.0"),
    ],
)
def test_the_type_of_what_is_kept_together_is_its_headers(kept: str, type_name: str, published: str) -> None:
    assert as_published(kept, {"ce-type": type_name}) == published


def test_where_what_is_published_is_kept() -> None:
    assert kept_under("submit.roster.hold-activity.150424-D01") == "submit.roster._.150424-D01"


@pytest.mark.parametrize(
    ("code", "words", "is_slower"),
    [
        (10077, "maximum messages per subject exceeded", True),
        (10167, "too many requests", True),
        (10077, "maximum bytes exceeded", False),
        (10054, "message size exceeds maximum allowed", False),
    ],
)
def test_who_is_refused_for_a_moment_is_told_to_go_slower(code: int, words: str, is_slower: bool) -> None:
    """The second is the server's word to everybody whom a flood of others keeps out."""
    no = _refused("submit.greenchannel.open-case.x", {"err_code": code, "description": words})
    assert isinstance(no, SlowDown) == is_slower


async def test_what_is_told_to_go_slower_is_stored_in_its_order_as_the_others_are_decided(county: County) -> None:
    said = services(5 * SHARE)
    async with county.working():
        await publish_by_shares(county.client, [one.message for one in said], WAIT)
        await county.settles()
    wanted = {"submitter": station.code, "type": "record-green-service"}
    decided = await county.db("greenchannel")["ledger"].find(wanted).sort("sequence", 1).to_list(None)
    assert [entry["_id"].split("/")[1] for entry in decided] == [one.id for one in said]
    assert {entry["verdict"] for entry in decided} == {"accepted"}


@pytest.mark.parametrize(("of", "at_once"), [(station.code, False), (OTHER.code, True), (COUNTY, True)])
async def test_who_uses_up_a_share_is_given_room_once_a_second(county: County, of: str, at_once: bool) -> None:
    """Neither who sends less nor the county's own programs wait for it."""
    now = [10.0]
    trimming = Trimming(county.bus, submissions_to("greenchannel"), lambda: now[0])
    await uses_up(county)
    (first, *others) = said = await county.everything("SUBMISSIONS")
    assert await trimming.up_to(first.sequence) == 0
    trimming.decided(replace(one, subject=f"submit.greenchannel.x.{of}") for one in said[of == OTHER.code :])
    now[0] += WHILE / 2
    last = others[-1].sequence
    assert await trimming.up_to(last) == (0 if at_once else WHILE / 2)
    assert len(await waiting(county)) == (0 if at_once else len(others))
    now[0] += WHILE / 2
    assert await trimming.up_to(last) == 0
    assert await waiting(county) == []


async def test_what_was_decided_before_an_end_uses_up_nothing_after_it(county: County) -> None:
    """A process that ends between acknowledging and trimming."""

    class Ends(Bus):
        async def trim(self, *_: object) -> None:
            await asyncio.Event().wait()

    said = await uses_up(county)
    (loop,) = [one for one in LOOPS if one.of.name == "greenchannel-submissions"]
    async with county.connection() as connection:
        task = asyncio.create_task(county.consumer(loop, Ends(connection.client)).run())
        while await county.verdict(said[-1]) is None:
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.wait([task])
    assert len(await waiting(county)) == SHARE
    async with county.working(), asyncio.timeout(PATIENCE):
        await publish_by_shares(county.client, [one.message for one in services(1, SHARE)], WAIT)
        await county.settles()


async def test_a_program_is_told_when_to_send_the_same_again(county: County) -> None:
    await uses_up(county)
    (more,) = services(1, SHARE)
    async with submitting(county, "greenchannel") as program:
        answer = await program.post("/greenchannel/api/submissions", headers=headers(more), content=more.message.body)
    (why,) = answer.json()["reasons"]
    assert (answer.status_code, why["slug"], answer.headers["retry-after"]) == (429, "slow-down", "1")
    assert more.id not in await waiting(county)


async def test_a_person_reads_that_the_form_is_not_received_and_has_it_still(county: County) -> None:
    await county.hears(*(station.logs(n=n) for n in range(SHARE)))
    async with asking(pages(running(county, "inspection"))) as client:
        answer = await client.post(OWN, data=ticket("2018-03-05") | {"score": "97.5"})
    assert answer.status_code == 429
    assert "此前的报送正在依次办理，本次报送尚未收到" in answer.text
    assert 'value="97.5"' in answer.text


def opened(stream: str, count: int) -> Iterator[Outgoing]:
    """The first messages of batches that nobody ends; the server keeps each for ten seconds."""
    for n in range(count):
        subject = f"{stream}.{station.code}.{n}"
        yield Outgoing(subject, b"x", {"Nats-Batch-Id": f"{stream}-{n}", "Nats-Batch-Sequence": "1"})


async def test_batches_that_somebody_leaves_open_keep_nobody_from_sending(county: County) -> None:
    for begun in (*opened(f"photo.{station.code}", 60), *opened("submit.greenchannel.x", 60)):
        await county.client.publish(begun.subject, begun.body, headers=dict(begun.headers))
    await county.client.flush()
    photo = [Outgoing(f"photo.{OTHER.code}.{'a' * 64}.{n}", b"x", {}) for n in range(3)]
    said = [OTHER.serves(n=n).message for n in range(3)]
    for messages in (photo, said):
        stored = await publish_all(county.client, messages, WAIT)
        assert stored == sorted(stored)
    with pytest.raises(PublishRefused):
        await publish_each(county.client, [*opened("photo.control", 1)], WAIT)


def test_a_townships_bus_keeps_for_its_stations_whatever_they_submit() -> None:
    """What the county has decided stays there for days: counted, it would shut a station out."""
    kept = submissions_at([station.code])
    assert (kept["max_msgs_per_subject"], kept["discard_new_per_subject"]) == (-1, False)
