"""What is kept of checklists: every version, for old patrols were marked by old ones."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from shared.database.documents import Document
from shared.events.inspection import ChecklistItem


class ChecklistVersion(BaseModel):
    """A version, in force from a day on until the next one is."""

    model_config = ConfigDict(frozen=True)

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


def checklist_id(county: str, checklist: str) -> str:
    """A county's own slug."""
    return f"{county}/{checklist}"
