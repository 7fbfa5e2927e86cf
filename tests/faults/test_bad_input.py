"""What cannot be decided goes to DEAD or is refused, by itself: its neighbours in the batch are decided as ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.bus.streams import DEAD, SUBSCRIPTIONS
from shared.events import Event
from shared.events.digests import content_digest
from shared.events.greenchannel import RecordGreenService
from shared.events.verdict import verdict_subject
from shared.pipeline.dead_letters import drive_again
from shared.pipeline.decisions import Handler, State, Verdict
from tests.county import LOOPS, County, Loop
from tests.submitters import Said, Submitter, moment, office, station, stations

UNLUCKY = 13
BEFORE, AFTER = station.serves(1), station.serves(2)
"""The neighbours."""


async def decided(county: County, *said: Said) -> list[str]:
    """What becomes of these between two good neighbours: verdict and first reason of each."""
    async with county.working():
        await county.hears(BEFORE, *said, AFTER)
        await county.settles()
    for neighbour in (BEFORE, AFTER):
        assert in_two_words(await county.verdict(neighbour)) == "accepted"
    return [in_two_words(await county.verdict(one)) for one in said]


def in_two_words(verdict: Mapping[str, Any] | None) -> str:
    """A verdict in two words: `refused unknown-case`."""
    if verdict is None:
        return ""
    return " ".join([verdict["verdict"], *(reason["slug"] for reason in verdict["reasons"])])


async def dead(county: County) -> list[str]:
    """Who buried what for which reason."""
    return [letter.subject for letter in await county.dead()]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (Submitter("150424100299").serves(), "refused unknown-submitter"),
        (station.serves(3).heading(subject="150424100299"), "refused unknown-organisation"),
        (station.serves(3).heading(subject=office.code), "refused outside-subtree"),
        (station.serves(at=moment("2017-12-31")), "refused before-start"),
        (station.serves(at=moment("2999-01-01")), "refused date-ahead"),
        (station.moves_in(), "refused not-stationable"),
    ],
    ids=lambda value: value.replace("refused ", "") if isinstance(value, str) else "",
)
async def test_what_is_not_admitted_is_refused_by_itself(county: County, said: Said, verdict: str) -> None:
    assert await decided(county, said) == [verdict]
    assert await dead(county) == []


async def test_a_clock_may_run_ahead_by_ten_minutes_and_no_more(county: County) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    nine, eleven = station.serves(at=now + timedelta(minutes=9)), station.serves(at=now + timedelta(minutes=11))
    assert await decided(county, nine, eleven) == ["accepted", "refused time-ahead"]


async def test_an_unknown_type_is_refused(county: County) -> None:
    said = station.serves(3).heading(type="dance")
    said = said._replace(message=said.message._replace(subject=f"submit.greenchannel.dance.{station.code}"))
    assert await decided(county, said) == ["refused unknown-type"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe",
        b'{"persons":1e400}',
        b'{"client":"vulnerable","mode":"agency","persons":' + b"9" * 30 + b"}",
    ],
)
async def test_the_unreadable_goes_to_dead_and_is_answered(county: County, body: bytes) -> None:
    assert await decided(county, station.serves(3).saying(body)) == ["unreadable unreadable"]
    assert await dead(county) == [f"dead.greenchannel.unreadable.{station.code}"]


async def test_without_a_readable_id_nobody_is_answered(county: County) -> None:
    said = station.serves(3).heading(id="not-an-id")
    assert await decided(county, said) == [""]
    assert await dead(county) == [f"dead.greenchannel.unreadable.{station.code}"]


async def test_a_repeat_outside_the_duplicate_window_gets_the_first_verdict(county: County) -> None:
    case = office.opens()
    done = office.completes(case)
    assert await decided(county, case, done, done.repeated(1), done.repeated(2)) == ["accepted"] * 4
    assert len([entry for entry in (await county.facts()).values() if entry[0].startswith("fact.case-completed")]) == 1
    assert await dead(county) == []


async def test_another_content_under_a_used_id_is_buried_refused_and_the_first_verdict_stands(county: County) -> None:
    served = station.serves(3)
    first = await decided(county, served)
    verdict = await county.verdict(served)
    reused = served.saying(b'{"client":"vulnerable","mode":"agency","persons":9}')
    others = [reused, served.saying(b"{").repeated(9), served.repeated(5).heading(time="2018-03-05T10:00:00+08:00")]
    heard = await county.client.subscribe(verdict_subject(station.code, served.id))
    async with county.working():
        await county.hears(*others)
        await county.settles()
    answers = [json.loads((await heard.next_msg(timeout=30)).data) for _ in range(2 * len(others))]
    assert first == ["accepted"]
    assert [in_two_words(one) for one in answers] == ["refused id-reused", "accepted"] * 3
    digests = [content_digest(one.message.headers, one.message.body) for one in others]
    assert [one["digest"] for one in answers[::2]] == digests
    assert await county.verdict(served) == verdict
    assert await dead(county) == [f"dead.greenchannel.id-reused.{station.code}"] * 3


def unlucky(state: State, event: Event[RecordGreenService]) -> Verdict:
    """A rule with a mistake in it."""
    if event.data.persons == UNLUCKY:
        raise ZeroDivisionError("a mistake in a rule")
    rule = next(loop for loop in LOOPS if loop.of.name == "greenchannel-submissions").handlers[RecordGreenService]
    return rule.decide(state, event)


def broken(loop: Loop) -> Loop:
    """The green channel with the mistake, all others as they are."""
    if RecordGreenService not in loop.handlers:
        return loop
    return replace(loop, handlers={**loop.handlers, RecordGreenService: Handler(unlucky)})


async def test_what_fails_alone_five_times_is_buried_and_decided_after_the_repair(county: County) -> None:
    said = [station.serves(12), station.serves(UNLUCKY), station.serves(14)]
    tried: list[str] = []

    async def step(point: str) -> None:
        if point == "looked-up":
            tried.append(point)

    async with county.working([broken(loop) for loop in LOOPS], step):
        await county.hears(*said)
        await county.settles()
    assert [in_two_words(await county.verdict(one)) for one in said] == ["accepted", "", "accepted"]
    assert await dead(county) == [f"dead.greenchannel.service-error.{station.code}"]
    letter = (await county.dead())[0]
    assert await drive_again(county.bus, letter.sequence) == said[1].message.subject
    async with county.working():
        await county.settles()
    assert in_two_words(await county.verdict(said[1])) == "accepted"
    assert await county.differences() == []


async def test_a_consumer_deleted_while_running_is_made_again(county: County) -> None:
    cases = [office.opens(n=n) for n in range(40)]
    async with county.working():
        await county.hears(*cases)
        for subscription in SUBSCRIPTIONS:
            await county.bus.api(f"CONSUMER.DELETE.{subscription.stream}.{subscription.name}")
        await county.hears(*(office.completes(case) for case in cases))
        await county.settles()
    assert {in_two_words(verdict) for verdict in (await county.verdicts()).values()} == {"accepted"}
    assert await county.differences() == []
    assert sum(one.get("add", {}).get("cases-completed", 0) for one in (await county.monthly()).values()) == 40


async def test_a_batch_with_one_message_id_twice_is_stored_one_by_one(county: County) -> None:
    before = (await county.bus.api("STREAM.INFO.SUBMISSIONS"))["state"]["messages"]
    await county.hears(BEFORE)
    served = [one.serves(5, n=n) for n, one in enumerate(stations)]
    await county.hears(BEFORE, *served, served[0], AFTER)
    assert (await county.bus.api("STREAM.INFO.SUBMISSIONS"))["state"]["messages"] == before + 1 + len(served) + 1


async def test_a_dead_letter_is_kept_once_however_often_it_is_met(county: County) -> None:
    left = 3

    async def weary(point: str) -> None:
        if point == "dead-told":
            nonlocal left
            left -= 1
            if left >= 0:
                raise TimeoutError

    async with county.working(step=weary):
        await county.hears(station.serves(3).saying(b"{"))
        await county.settles()
    assert (await county.bus.api(f"STREAM.INFO.{DEAD.name}"))["state"]["messages"] == 1
