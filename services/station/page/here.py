"""What a form of the local page is shown and read in: what the county has told this station, and what was entered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.station.desk import Desk, Listed

Values = Mapping[str, str]
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
        return self.desk.checklist(self.values.get(CHECKLIST), int(version)) if version.isdecimal() else None


def of_task(desk: Desk, plan: str, about: str) -> dict[str, str]:
    """What a patrol's form carries when it is a task of the day."""
    task = desk.task(plan, about)
    if task is None:
        return {}
    marked_by = {CHECKLIST: task["checklist"], VERSION: str(task["version"])} if task["checklist"] else {}
    return {"plan": plan, "patrol": task["patrol"], **marked_by}


def usual_patrol(about: str) -> str:
    """Of a place that is no task of the day."""
    return "window" if "-" in about else "station"
