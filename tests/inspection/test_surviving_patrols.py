"""However looks, corrections, withdrawals and closed days follow one another, months are what is left alone gives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from services.inspection.patrols.model.patrols import Inspection, Tally
from shared.database.kept import documents
from shared.events.inspection import AdoptPatrolPlan, Finding, LogInspection
from shared.events.vocabulary import PatrolKind, Patroller, Rhythm, Severity
from shared.pipeline.ledger import ledger
from tests.county import County
from tests.submitters import Said, closes_day, committee, hall, moment, office, station, township

LOOKS = 36
RUNS = 30 if os.environ.get("LIANBAN_LONG") == "1" else 5
DAYS = ("2018-03-05", "2018-03-06", "2018-03-07")
ITEMS = ("灯坏", "门坏")
WEEKLY = AdoptPatrolPlan(
    plan="stations-weekly",
    name="乡镇对便民服务站周巡查",
    patrol=PatrolKind.STATION,
    rhythm=Rhythm.WEEKLY,
    weekday=3,
    until="17:00",
    silent_after_days=10,
    effective_from=date(2018, 1, 1),
    by=Patroller.ABOVE,
)
PLAN = committee.says(WEEKLY, moment("2018-01-01"))
CLOSED = (
    closes_day("2018-03-05", "2018-03-06"),
    closes_day("2018-03-06", "2018-03-07"),
    closes_day("2018-03-07", "2018-03-08"),
)


def looks(luck: Random, n: int) -> Said:
    """A self-check, the hall's patrol of a window, a township's by its plan or beside it; early or late in the day."""
    by, about, patrol, plan = luck.choice(
        (
            (station, station, PatrolKind.STATION, None),
            (hall, office, PatrolKind.WINDOW, None),
            (township, station, PatrolKind.STATION, "stations-weekly"),
            (township, station, PatrolKind.STATION, None),
        )
    )
    items = luck.sample(ITEMS, luck.choice((0, 0, 1, 2)))
    found = [Finding(item=item, severity=Severity.MINOR, rectify_within=3) for item in items]
    asked = LogInspection(patrol=patrol, score=luck.randint(80, 100) * 100, findings=found, plan=plan)
    clock = f"{luck.choice((9, 18)):02d}:{n:02d}"
    return by.says(asked, moment(luck.choice(DAYS), clock), about.code, n)


def story(luck: Random) -> Iterator[Said]:
    """Somebody looks, or the committee corrects or takes back anything that was said, or a day is closed."""
    said: list[Said] = []
    closing = [*CLOSED]
    for n in range(LOOKS):
        if said and luck.random() < 0.5:
            wrong = luck.choice(said[-6:])
            right = committee.instead_of(wrong, committee.says_for(looks(luck, n)), "登记有误", n)
            said.append(luck.choice((right, committee.takes_back(wrong, n=n))))
        else:
            said.append(looks(luck, n))
        yield said[-1]
        if closing and luck.random() < 0.1:
            yield closing.pop(0)
    yield from closing


def alone(said: Said, by: str) -> Said:
    """As its first submitter would have said it at once."""
    headers = {name: value for name, value in said.message.headers.items() if name not in ("ce-corrects", "ce-reason")}
    subject = f"{said.message.subject.rsplit('.', 1)[0]}.{by}"
    headers |= {"ce-source": by, "Nats-Msg-Id": f"{by}/{said.id}"}
    return Said(said.id, by, said.message._replace(headers=headers, subject=subject))


async def surviving(county: County, said: list[Said]) -> list[Said]:
    """What was accepted, is no withdrawal, and nothing accepted has taken the place of; by whom it was first said."""
    entries = await ledger(county.db("inspection")).find({"verdict": "accepted"}).to_list(None)
    gone = {entry[name] for entry in entries for name in ("corrects", "replaces") if name in entry}
    kept = {
        one["_id"]: one.get("stands_for", one["_id"].split("/")[0])
        for one in entries
        if not one["type"].startswith("withdraw-") and one["_id"] not in gone
    }
    keyed = ((f"{one.submitter}/{one.id}", one) for one in said)
    return [alone(one, kept[key]) for key, one in keyed if key in kept]


async def counts(county: County) -> dict[str, Any]:
    """Monthly documents without what is nothing; the days' records; which looks stand.

    What repeats what hangs on the order in which findings are learnt, and is not compared.
    """
    assert await county.differences() == []
    kept = {id: _some(one.get("add", {})) for id, one in (await county.monthly()).items()}
    months = {id: {name: n for name, n in one.items() if name != "repeat-findings"} for id, one in kept.items() if one}
    stand = await documents(county.db("inspection"), Inspection, {"withdrawn": False})
    return {**months, "days": await days(county), "stand": sorted(one.inspection for one in stand)}


async def days(county: County) -> dict[tuple[str, str], Any]:
    """Who was patrolled by which plan, how often and in time, and who answers for what is missed."""
    every = await county.documents()
    rounds = {**every["inspection/patrol_days"], **every["inspection/patrol_rounds"]}
    tallies = {
        (id, plan): Tally.model_validate(raw) for id, one in rounds.items() for plan, raw in one["plans"].items()
    }
    return {at: _day(one) for at, one in tallies.items() if one.patrolled or one.due}


def _day(one: Tally) -> tuple[Any, ...]:
    return one.patrolled, {*one.on_time}, one.due, {code: one.answerable[code] for code in one.missed}


def _some(value: dict[str, Any]) -> dict[str, Any]:
    found = {name: _some(one) if isinstance(one, dict) else one for name, one in value.items()}
    return {name: one for name, one in found.items() if one}


@pytest.mark.parametrize("seed", range(RUNS))
async def test_what_counts_is_what_survives(empty_county: County, seed: int) -> None:
    luck, county = Random(seed), empty_county
    said = list(story(luck))
    county.batch = luck.choice((2, 5, 17, 800))
    await county.is_founded()
    async with county.working():
        await county.hears(PLAN)
        for one in said if luck.random() < 0.5 else ():
            await county.hears(one)
            if luck.random() < 0.2:
                await county.settles()
        await county.hears(*(one.repeated(1000 + n) for n, one in enumerate(said)))
        await county.settles()
    after, left = await counts(county), await surviving(county, said)
    corrected = await county.db("inspection")["corrections"].count_documents({})
    assert await county.dead() == []
    await county.begins_anew()
    await county.is_founded()
    async with county.working():
        await county.hears(PLAN, *left)
        await county.settles()
    assert after == await counts(county)
    assert corrected > 5
