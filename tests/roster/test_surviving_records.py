"""However work, suggestions, learning and corrections of them follow one another, the survivors alone give the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest

from services.feedback.awards.model import GrantedAward
from services.roster.duty.model import Turn
from shared.database.documents import Document
from shared.events import Submission
from shared.events.feedback import GrantAward
from shared.events.roster import (
    FileSubplan,
    HoldActivity,
    IssueCertificate,
    PlanTurn,
    RecordAttendance,
    RecordTurnWork,
    ScheduleLesson,
    SubmitIdea,
)
from shared.pipeline.ledger import ledger
from tests.county import County
from tests.greenchannel.test_surviving import alone, counts
from tests.listed import AWARDS
from tests.submitters import Said, Submitter, committee, just_now, office, station, stations

RECORDS = 70
RUNS = 30 if os.environ.get("LIANBAN_LONG") == "1" else 4
TURN, LESSON = "2026-4", "dangke-1"


def planned(at: datetime) -> Iterator[Said]:
    """A turn of this month, held by two, and a lesson of today."""
    begins = at.date().replace(day=1)
    plan = PlanTurn(turn=TURN, holders=[office.code, station.code], begins=begins, theme="便民服务")
    yield committee.says(plan, at)
    yield committee.says(ScheduleLesson(lesson=LESSON, title="党课", day=at.date()), at)


def record(luck: Random, at: datetime, n: int) -> Said:
    """Any of what counts, by a few who often mean the same."""
    few = luck.randint(1, 3)
    asked: Submission = luck.choice(
        (
            RecordTurnWork(turn=TURN, work=luck.choice(("visits", "meetings")), quantity=few),
            SubmitIdea(turn=TURN, title=f"建议{few}"),
            RecordAttendance(lesson=LESSON, attended=few),
            IssueCertificate(certificate="agent", number=f"n-{few}", person="p-1", home=office.code),
            HoldActivity(title="活动", prescribed=True, participants=few),
            FileSubplan(title=f"方案{few}"),
            GrantAward(award=luck.choice(list(AWARDS)), person=f"p-{few}"),
        )
    )
    if isinstance(asked, GrantAward):
        return committee.says(asked, at, office.code, n)
    return luck.choice((office, station, stations[1])).says(asked, at, n=n)


def story(luck: Random, at: datetime) -> Iterator[Said]:
    """Recorded, or corrected or taken back by whoever may or may not, or said again."""
    said: list[Said] = []
    for n in range(RECORDS):
        said.append(
            _about(luck, luck.choice(said[-9:]), at, n) if said and luck.random() < 0.55 else record(luck, at, n)
        )
        yield said[-1]


def _about(luck: Random, wrong: Said, at: datetime, n: int) -> Said:
    by = Submitter(wrong.submitter) if luck.random() < 0.8 else luck.choice((committee, office))
    match luck.randrange(5):
        case 0:
            return wrong.repeated(n + 100)
        case 1:
            return by.takes_back(wrong, n=n)
    right, type_name = record(luck, at, n), wrong.message.subject.split(".")[2]
    for _ in range(60):
        if right.message.subject.split(".")[2] == type_name:
            break
        right = record(luck, at, n)
    about = wrong.message.headers["ce-subject"]
    return by.instead_of(wrong, by.says_for(right).heading(subject=about), "有误", n)


async def survivors(county: County, said: list[Said]) -> list[Said]:
    """What was accepted, is no withdrawal, and nothing accepted has taken the place of; as its first submitter said."""
    entries: list[Any] = []
    for service in ("roster", "feedback"):
        entries += await ledger(county.db(service)).find({"verdict": "accepted"}).to_list(None)
    gone = {entry[name] for entry in entries for name in ("corrects", "replaces") if name in entry}
    left = {entry["_id"] for entry in entries if not entry["type"].startswith("withdraw-")} - gone
    by_key = {f"{one.submitter}/{one.id}": one for one in said}
    return [alone(one) for key, one in by_key.items() if key in left]


async def kept(county: County) -> list[Any]:
    """Turns and awards as they stand."""
    found = []
    for service, kind in (("roster", Turn), ("feedback", GrantedAward)):
        async for raw in county.db(service)[kind.collection].find({"withdrawn": {"$ne": True}}):
            one: Document = kind.stored(raw)
            found.append(one.model_dump(exclude={"version", "submission"}))
    return sorted(found, key=lambda one: str(one["id"]))


@pytest.mark.parametrize("seed", range(RUNS))
async def test_what_counts_is_what_survives(empty_county: County, seed: int) -> None:
    luck, county, at = Random(seed), empty_county, just_now()
    said = list(story(luck, at))
    county.batch = luck.choice((2, 5, 17, 800))
    await county.is_founded()
    async with county.working():
        await county.hears(*planned(at))
        await county.settles()
        await county.hears(*(one.repeated(1000 + n) for n, one in enumerate(said)))
        await county.settles()
    after, documents, left = await counts(county), await kept(county), await survivors(county, said)
    corrected = sum([await county.db(one)["corrections"].count_documents({}) for one in ("roster", "feedback")])
    await county.begins_anew()
    await county.is_founded()
    async with county.working():
        await county.hears(*planned(at), *left)
        await county.settles()
    assert after == await counts(county)
    assert documents == await kept(county)
    assert corrected > 2
    assert await county.dead() == []
