"""What this station has before it: the places that are due today, and what is to be put right, the first due first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from services.station.desk import Desk, Listed
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.putting_right import replaced_by
from services.station.page.showing import Level, word
from shared.calendar import CHINA, china_day
from shared.pages.chinese import day_text

STAGES = {"opened": "待领办", "accepted": "整改中", "sent-back": "退回重改", "submitted": "待核验"}
NEXT = {"opened": ("rectification-taken", "领办"), "sent-back": ("rectification-taken", "领办")}
"""By the stage that it is in, what is done next, and how that is called; otherwise its result is reported."""


class ReportedPatrol(NamedTuple):
    """A patrol of today that was saved here."""

    plan: str
    about: str
    id: str
    state: State


@dataclass(frozen=True, slots=True)
class Task:
    """What is due, whether it was reported from here, and where it is reported or, after that, shown."""

    name: str
    until: str
    url: str
    state: Level
    done_url: str = ""


@dataclass(frozen=True, slots=True)
class ToRectify:
    """Something to be put right, by when, and the form of what is done next."""

    item: str
    deadline: str
    state: Level
    url: str = ""
    action: str = ""


def reported_today(outbox: Outbox, now: datetime) -> list[ReportedPatrol]:
    """Today's patrols, oldest first; what was corrected is told by its successor, what was taken back not at all."""
    rows = [row for row in reversed(outbox.of_types(("log-inspection",))) if _day(row) == china_day(now)]
    return [_patrol(row) for row in rows if not replaced_by(outbox, row.id)]


def _patrol(row: Saved) -> ReportedPatrol:
    plan = json.loads(row.body).get("plan") or ""
    return ReportedPatrol(plan, row.headers["ce-subject"], row.id, row.state)


def _day(row: Saved) -> date:
    return china_day(datetime.fromisoformat(row.headers["ce-time"]))


def tasks(desk: Desk, reported: Sequence[ReportedPatrol], today: date) -> list[Task]:
    """The day's."""
    done = {(one.plan, one.about): one for one in reported}
    return [_task(due, done.get((due["plan"], due["organisation"])), desk.day == today, today) for due in desk.due]


def _task(due: Listed, here: ReportedPatrol | None, is_current: bool, today: date) -> Task:
    """Reported elsewhere it is done as well, as long as what was heard is of today."""
    elsewhere = bool(due.get("done")) and is_current
    state = word(here.state) if here else Level("已报", "good") if elsewhere else Level("未报", "warn")
    query = urlencode({"plan": due["plan"], "about": due["organisation"]})
    shown = f"/sent/{here.id}" if here else ""
    return Task(due["name"], _until(due["until"], today), f"/form/patrol?{query}", state, shown)


def _until(text: str, today: date) -> str:
    """The time of day, with its day when that is another."""
    until = datetime.fromisoformat(text).astimezone(CHINA)
    return f"{until:%H:%M}" if until.date() == today else f"{until.month}月{until.day}日 {until:%H:%M}"


def rectifications(desk: Desk, today: date) -> list[ToRectify]:
    """Those on which work is to be done first, by deadline; those that wait for their verifier after them."""
    listed = sorted(desk.rectifications, key=lambda one: (one["stage"] == "submitted", one["deadline"]))
    return [_to_rectify(one, today) for one in listed]


def _to_rectify(one: Mapping[str, str], today: date) -> ToRectify:
    deadline, stage = date.fromisoformat(one["deadline"]), STAGES.get(one["stage"], "整改中")
    if one["stage"] == "submitted":
        return ToRectify(one["item"], day_text(deadline), Level(stage, ""))
    late = (today - deadline).days
    state = Level(f"{stage}，逾期{late}天", "bad") if late > 0 else Level(stage, "warn")
    key, action = NEXT.get(one["stage"], ("rectification-done", "报送结果"))
    query = urlencode({"rectification": one["rectification"]})
    return ToRectify(one["item"], day_text(deadline), state, f"/form/{key}?{query}", action)
