"""What was told of a rectification is kept with it, so that all of it can be taken back when what it comes from is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from services.inspection.rectifications.model import Recorded, Rectification, Stage, Step, What
from services.inspection.rectifications.rules.falling_due import judged_again
from services.inspection.rectifications.rules.rounds import having_step, looked_after
from shared.calendar import CHINA, china_day
from shared.events import Event, Fact
from shared.events.inspection import RectificationWithdrawn
from shared.pipeline.decisions import About, Accepted, Original


def settled(one: Rectification, event: Event[Any] | Original, *facts: Fact | About) -> Accepted:
    """What a step or a look comes to: its facts, those it makes untrue, and when the clock is to look next."""
    now, again = judged_again(one)
    every = tuple(_of_its_source(one, fact) for fact in (*facts, *again))
    return Accepted((looked_after(recorded(now, event.time, every)),), every)


def _of_its_source(one: Rectification, fact: Fact | About) -> Fact | About:
    """What is told of an opinion says of which document, so that it is never counted among findings."""
    if one.report is None:
        return fact
    if isinstance(fact, About):
        return replace(fact, fact=fact.fact.model_copy(update={"report": one.report}))
    return fact.model_copy(update={"report": one.report})


def recorded(one: Rectification, at: datetime, facts: Iterable[Fact | About]) -> Rectification:
    """With these facts among those that were told of it; the like of one day are one record, so that they stay few."""
    records = one.records
    for fact in facts:
        records = _with(records, _record(one, at, fact))
    return one.having(records=records)


def _record(one: Rectification, at: datetime, fact: Fact | About) -> Recorded:
    about = fact if isinstance(fact, About) else About(one.organisation, fact)
    return Recorded(
        organisation=about.organisation,
        day=china_day(about.time or at),
        fact=about.fact.type,
        data=about.fact.model_dump(mode="json"),
    )


def _with(records: tuple[Recorded, ...], new: Recorded) -> tuple[Recorded, ...]:
    for n, old in enumerate(records):
        if (old.fact, old.day, old.organisation, old.data) == (new.fact, new.day, new.organisation, new.data):
            more = old.model_copy(update={"times": old.times + 1})
            return (*records[:n], more, *records[n + 1 :])
    return (*records, new)


def withdrawn(one: Rectification, at: datetime, by: str, reason: str = "") -> Accepted:
    """As if it had never been found: everything told of it is taken back as of its day, and nothing more follows."""
    if one.stage is Stage.WITHDRAWN:
        return Accepted()
    step = Step(at=at, by=by, what=What.WITHDRAWN, note=reason)
    gone = having_step(one, step, stage=Stage.WITHDRAWN, records=(), before=())
    return Accepted((looked_after(gone),), tuple(_taken_back(one, record) for record in one.records))


def _taken_back(one: Rectification, record: Recorded) -> About:
    fact = RectificationWithdrawn(
        rectification=one.rectification, fact=record.fact, data=record.data, times=record.times
    )
    return About(record.organisation, fact, datetime.combine(record.day, time.min, CHINA))
