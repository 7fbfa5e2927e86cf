"""What the county tells is kept, and the names in it for good: a record of then is read when they are told no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from services.station.outbox.notes import LESSONS, ONCE, PATROLS, Notes

CHECKLISTS, RECTIFICATIONS, LESSON, PROCESS = "checklist", "rectification", "lesson", "process"
MOST = 500
"""Names of a kind: those that were heard of last."""
Names = Mapping[str, Mapping[str, Any]]
"""By kind: what something is called, of a version of a checklist what it asks."""


def keep_heard(notes: Notes, name: str, content: Mapping[str, Any], at: datetime) -> None:
    """An answer of the county takes the place of the last one; its names are added to those of before."""
    notes.keep(name, content, at)
    before, found = once_heard(notes), _names(name, content)
    if any(not found[kind].items() <= before.get(kind, {}).items() for kind in found):
        notes.keep(ONCE, {**before, **{kind: _joined(before.get(kind, {}), found[kind]) for kind in found}}, at)


def once_heard(notes: Notes) -> Names:
    """Whatever was told since this PC keeps names."""
    kept = notes.read(ONCE)
    return dict(kept.value) if kept else {}


def version_key(checklist: str, version: int | str) -> str:
    """A version of a checklist."""
    return f"{checklist}/{version}"


def _joined(before: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    newest_last = {**{key: one for key, one in before.items() if key not in found}, **found}
    return dict(islice(newest_last.items(), max(0, len(newest_last) - MOST), None))


def _names(name: str, content: Mapping[str, Any]) -> Names:
    if name == PATROLS:
        lists, found = content.get("checklists", ()), content.get("rectifications", ())
        return {
            CHECKLISTS: {version_key(one["checklist"], one["version"]): one for one in lists},
            RECTIFICATIONS: {one["rectification"]: one["item"] for one in found},
        }
    if name == LESSONS:
        return {
            LESSON: {one["lesson"]: one["title"] for one in content.get("lessons", ())},
            PROCESS: {one["process"]: one["name"] for one in content.get("processes", ())},
        }
    return {}
