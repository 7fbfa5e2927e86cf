"""What a form of the local page is shown and read in: what the county has told this station, and what was entered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.station.desk import Desk, Listed
from shared.calendar import china_day, is_provisional
from shared.events.envelope import IS_CODE
from shared.events.greenchannel import CompleteCase, RecordGreenService
from shared.events.reasonable import Unreasonable, no_such_completion, no_such_service
from shared.forms import Wrong
from shared.forms.sentences import NOT_IN_A_FIELD

Values = Mapping[str, str]
CHECKLIST_CHANGED = "检查表已经更新，本次内容没有保存。请按现行检查表核对打分后重新保存。"
IS_VERSION = re.compile("[0-9]{1,9}").fullmatch
CHECKLIST, VERSION = "checked-checklist", "checked-version"
"""Fields in which a patrol's form carries what it is marked by."""


@dataclass(frozen=True, slots=True)
class Here:
    """The desk, and the values of the form as far as they are known."""

    desk: Desk
    values: Values

    @property
    def checklist(self) -> Listed | None:
        """By which a patrol is marked, while it is still known here."""
        version = self.values.get(VERSION, "")
        return self.desk.checklist(self.values.get(CHECKLIST), int(version)) if IS_VERSION(version) else None

    @property
    def has_lost_its_checklist(self) -> bool:
        """Whether it was marked by one that is not known here any more, as after a new version."""
        return bool(self.values.get(CHECKLIST)) and self.checklist is None


def of_task(desk: Desk, plan: str, about: str) -> dict[str, str]:
    """What a patrol's form carries when it is a task of the day."""
    task = desk.task(plan, about)
    if task is None:
        return {}
    marked_by = {CHECKLIST: task["checklist"], VERSION: str(task["version"])} if task["checklist"] else {}
    return {"plan": plan, "patrol": task["patrol"], **marked_by}


def brought_up(desk: Desk, values: Values) -> tuple[dict[str, str], tuple[Wrong, ...]]:
    """What a form brought, as it is of the day now, and why it has to be looked at once more.

    Marked by a checklist that is not known any more, it is marked by the one in force.
    """
    about = values["about"]
    task = of_task(desk, values.get("plan", ""), about)
    wrongs = () if IS_CODE(about) else (Wrong(NOT_IN_A_FIELD),)
    if not Here(desk, {**task, **values}).has_lost_its_checklist:
        return {**task, **values}, wrongs
    others = {name: value for name, value in values.items() if name not in (CHECKLIST, VERSION)}
    return {**others, **task}, (*wrongs, Wrong(CHECKLIST_CHANGED))


def foreseen_service(here: Here, asked: RecordGreenService, happened: datetime) -> Unreasonable | None:
    """What the county would refuse; which days of a year are worked is its to say where no notice is known here."""
    no = no_such_service(asked, happened)
    return None if no and no.path == "mode" and is_provisional(china_day(happened)) else no


def foreseen_completion(here: Here, asked: CompleteCase, happened: datetime) -> Unreasonable | None:
    """No more is charged than the county says of the case, where it has said so."""
    said = next((one.get("standard") for one in here.desk.county_cases if one["case"] == asked.case), None)
    return no_such_completion(asked, said)


def usual_patrol(about: str) -> str:
    """Of a place that is no task of the day."""
    return "window" if "-" in about else "station"
