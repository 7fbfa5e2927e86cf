"""What is kept of checklists: every version, for old patrols were marked by old ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from shared.database.documents import Document
from shared.events.inspection import ChecklistItem
from shared.part import KeptPart

STILL_USED = timedelta(days=14)
"""[A] How long after a newer version came into force a place may not have heard of it; longer away it is visited."""


class ChecklistVersion(KeptPart):
    """A version, in force from a day on until the next one is."""

    version: int
    name: str
    effective_from: date
    items: tuple[ChecklistItem, ...]

    @property
    def weights(self) -> dict[str, int]:
        """How much each item counts."""
        return {one.item: one.weight for one in self.items}


class Checklist(Document):
    """All versions of one checklist, oldest first; looked up by day."""

    collection: ClassVar[str] = "checklists"

    county: str
    checklist: str
    versions: tuple[ChecklistVersion, ...] = ()

    def on(self, day: date) -> ChecklistVersion | None:
        """The version in force on a day."""
        return next((one for one in reversed(self.versions) if one.effective_from <= day), None)

    def usable(self, version: int, day: date) -> ChecklistVersion | None:
        """The version by which a patrol of a day may be marked: the one in force, or one that was replaced just before.

        A place without a line goes on with what it last heard of; what it looked at then is what was there to look at.
        """
        current = self.on(day)
        if current is None or version == current.version:
            return current
        if not 1 <= version < current.version:
            return None
        replaced = self.versions[version].effective_from
        return self.versions[version - 1] if day <= replaced + STILL_USED else None


def checklist_id(county: str, checklist: str) -> str:
    """A county's own slug."""
    return f"{county}/{checklist}"
