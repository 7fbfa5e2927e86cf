"""However ends, moves and windows are entered late, corrected and withdrawn, what counts is what is left of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

import pytest

from services.feedback.placing.reads import left_behind
from services.feedback.store import totals
from shared.calendar import is_working_day
from shared.events.feedback import RePlaceFacts
from shared.events.inspection import SettlePatrolDays
from shared.events.roster import DissolveOrganisation, StationDepartment, WithdrawDissolution
from shared.events.vocabulary import Hall, OrganisationKind
from shared.pipeline.ledger import ledger
from tests.county import County
from tests.greenchannel.test_surviving import alone, counts
from tests.roster.test_stocks_after_ends import is_sound, known
from tests.submitters import (
    COUNTY,
    Said,
    Submitter,
    closes_day,
    committee,
    hall,
    marks_overdue,
    moment,
    office,
    stations,
    ticks,
    township,
)

ACTS = 60
RUNS = 30 if os.environ.get("LIANBAN_LONG") == "1" else 4
BEGINS, OVER = date(2018, 6, 4), date(2018, 7, 9)
OTHER, ANEW = Submitter("150424101"), Submitter("150424-D09")
PLACES = (*stations[:3], office)


def founded() -> Iterator[Said]:
    """Another township, and a department that has no window yet."""
    yield committee.registers(OTHER.code, OrganisationKind.TOWNSHIP, COUNTY)
    yield committee.registers(ANEW.code, OrganisationKind.DEPARTMENT, COUNTY)


def story(luck: Random) -> Iterator[Said]:
    """One act after another, some days apart; what was due is closed and marked as the days go by."""
    day, said = BEGINS, list[Said]()
    for n in range(ACTS):
        for _ in range(luck.choice((0, 0, 1))):
            yield from over(day)
            day += timedelta(days=1)
        said.append(act(luck, said, moment(f"{day}", f"{luck.randint(8, 17):02d}:{n:02d}"), n))
        yield said[-1]
    while day < OVER:
        yield from over(day)
        day += timedelta(days=1)


def over(day: date) -> Iterator[Said]:
    """The ticks of a day, as inspection's clock gives them."""
    after = f"{day + timedelta(days=1)}"
    if is_working_day(day):
        yield closes_day(f"{day}", after)
        yield marks_overdue(after)
    yield ticks(SettlePatrolDays(day=day + timedelta(days=1)), after)


def act(luck: Random, said: list[Said], at: datetime, n: int) -> Said:
    """Mostly work; else something of the roster, entered up to a week late."""
    since = at.date() - timedelta(days=luck.randint(0, 7))
    one = luck.choice(PLACES)
    match luck.randrange(16):
        case 0:
            others = [other.code for other in (*PLACES, hall) if other is not one]
            followed_by = luck.sample(others, luck.choice((0, 1, 1, 1, 2)))
            asked = DissolveOrganisation(last_day=since, followed_by=followed_by)
            return committee.says(asked, at, about=one.code, n=n)
        case 1 | 2:
            return committee.says(WithdrawDissolution(reason="登记有误"), at, about=one.code, n=n)
        case 3:
            above = luck.choice((township, OTHER)).code
            return committee.registers(luck.choice(stations).code, OrganisationKind.VILLAGE, above, since)
        case 4:
            return committee.says_for(ANEW.says(StationDepartment(hall=Hall.HALL, valid_from=since), at, n=n))
        case 5 if said:
            return committee.takes_back(luck.choice(said[-12:]), n=n)
        case _:
            return work(luck, said, at, n)


def work(luck: Random, said: list[Said], at: datetime, n: int) -> Said:
    """Something is found, put right by the committee's own people, or found done by whoever is above."""
    looks = [one for one in said if kind_of(one) == "log-inspection"]
    chance = luck.random()
    if looks and chance < 0.6:
        look = luck.choice(looks[-4:])
        about = look.message.headers["ce-subject"]
        if chance < 0.3:
            return committee.rectifies(look, at=at, n=n).heading(subject=about)
        by = hall if about in (office.code, ANEW.code) else luck.choice((township, township, OTHER))
        return by.verifies(look, at=at, n=n)
    findings, within = luck.choice((1, 2)), luck.choice((1, 5))
    if luck.random() < 0.3:
        return hall.logs(at, findings, within=within, about=luck.choice((office, office, ANEW)).code, n=n)
    return luck.choice(stations).logs(at, findings, within=within, n=n)


def kind_of(said: Said) -> str:
    return said.message.subject.split(".")[2]


async def surviving(county: County, said: list[Said]) -> list[Said]:
    """What was accepted, and neither withdrawn nor a withdrawal; an end that was withdrawn had never been entered."""
    entries: list[Any] = []
    for service in ("roster", "inspection"):
        entries += await ledger(county.db(service)).find({"verdict": "accepted"}).to_list(None)
    gone = {entry["corrects"] for entry in entries if "corrects" in entry}
    kept = {entry["_id"] for entry in entries if not entry["type"].startswith("withdraw-")} - gone
    accepted = {entry["_id"] for entry in entries}
    left: list[Said] = []
    for one in said:
        key, about = f"{one.submitter}/{one.id}", one.message.headers["ce-subject"]
        if kind_of(one) == "withdraw-dissolution" and key in accepted:
            left = [
                it for it in left if (kind_of(it), it.message.headers["ce-subject"]) != ("dissolve-organisation", about)
            ]
        if key in kept:
            left.append(alone(one))
    return left


async def placed_anew(county: County) -> None:
    """The county presses the button for everybody on the page, until nobody is left."""
    for n in range(5):
        found = await left_behind(county.db("feedback"), COUNTY, await known(county))
        if not found:
            return
        for one in found:
            at = moment(f"{OVER}", f"{12 + n}:00")
            await county.hears(committee.says(RePlaceFacts(since=one.since), at, about=one.organisation, n=n))
        await county.settles()
    raise AssertionError("what was placed anew is listed again")


def without_what_was_due(kept: dict[str, Any]) -> dict[str, Any]:
    """Nobody is asked for a patrol while it is held to have ended: what was due and missed depends on when that was.

    So does who was above, and received what was escalated.
    """
    hang = (
        "escalations-received",
        "self-checks-missed",
        "patrols-missed",
        "self-check-rate",
        "patrol-rate",
        "on-time",
        "repeat-findings",
    )
    found = {id: {m: n for m, n in one.items() if not any(word in m for word in hang)} for id, one in kept.items()}
    return {id: one for id, one in found.items() if one}


async def stocks(county: County) -> list[dict[str, Any]]:
    """What is printed of the county and everybody in it, at the end of either month."""
    roster = await known(county)
    names = ("rectifications-open", "rectifications-open-overdue", "stationed")
    found = []
    for month in ("2018-06", "2018-07"):
        for one in roster:
            figures = await totals(county.db("feedback"), COUNTY, roster, one.id, month)
            assert min(figures[name] for name in names) >= 0
            found.append({"of": one.id, "in": month, **{name: figures[name] for name in names}})
    return found


async def hears_in_turn(county: County, said: list[Said]) -> None:
    """Each service has decided what came before whenever the roster is told something, and knows of that afterwards."""
    for is_of_roster, some in groupby(said, lambda one: one.message.subject.startswith("submit.roster.")):
        for part in ([one] for one in some) if is_of_roster else (list(some),):
            await county.hears(*part)
            await county.settles()


@pytest.mark.parametrize("seed", range(RUNS))
async def test_what_counts_is_what_survives(empty_county: County, seed: int) -> None:
    luck, county = Random(seed), empty_county
    said = list(story(luck))
    county.batch = luck.choice((1, 5, 17))
    await county.is_founded()
    async with county.working():
        await hears_in_turn(county, [*founded(), *said[: len(said) // 2]])
        await is_sound(county)
        await hears_in_turn(county, said[len(said) // 2 :])
        await placed_anew(county)
        await is_sound(county)
    after, held, left = without_what_was_due(await counts(county)), await stocks(county), await surviving(county, said)
    assert await county.dead() == []
    await county.begins_anew()
    await county.is_founded()
    async with county.working():
        await hears_in_turn(county, [*founded(), *left])
        await placed_anew(county)
    assert after == without_what_was_due(await counts(county))
    assert held == await stocks(county)
    assert len(left) < len(said)
