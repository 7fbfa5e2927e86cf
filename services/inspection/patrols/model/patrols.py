"""What is kept of patrols: each one, and for each day on which places are due who was patrolled."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from services.inspection.photos.model import AddedPhoto
from shared.database.documents import Document
from shared.events.inspection import Checked, GeoPlace
from shared.events.vocabulary import Check, Inspector, PatrolKind
from shared.part import KeptPart


class Tally(KeptPart):
    """Who was patrolled by one plan for one day: how often, and who on time. `due` is told when the day is closed.

    `answerable` says about whom each place missed then was told; a day closed before places had patrollers has none.
    `excused` were due then, and were not, as is known since; `passed` says about whom each place missed was told first
    where, as is known since, somebody else answers for it.
    `counted` says of a week's places by whom and in which month the first look counts: only there may they be on time.
    """

    patrolled: dict[str, int] = {}
    on_time: tuple[str, ...] = ()
    due: tuple[str, ...] | None = None
    answerable: dict[str, str] = {}
    excused: tuple[str, ...] = ()
    passed: dict[str, str] = {}
    counted: dict[str, str] = {}

    @property
    def missed(self) -> tuple[str, ...]:
        """Of those due when the day was closed, who has not been patrolled yet; late patrols shorten it."""
        return tuple(code for code in self.due or () if code not in self.patrolled)

    @property
    def done(self) -> int:
        """Of those due, how many were patrolled, late ones included."""
        return len(self.due or ()) - len(self.missed)

    @property
    def done_on_time(self) -> int:
        """Of those due, how many were patrolled by the plan's time."""
        return len(set(self.due or ()) & set(self.on_time))


class PatrolRound(Document):
    """The patrols of one county that are due on one day: a weekly plan's of a week, or all of a campaign."""

    collection: ClassVar[str] = "patrol_rounds"

    county: str
    day: date
    plans: dict[str, Tally] = {}
    day_off: bool = False
    """A notice that became known afterwards made it no working day, or left no day on which it is due."""

    def tally(self, plan: str) -> Tally:
        """Of one plan; empty when nobody was patrolled yet."""
        return self.plans.get(plan) or Tally()


class PatrolDay(PatrolRound):
    """The patrols of all daily plans of one county on one day."""

    collection: ClassVar[str] = "patrol_days"

    closed: bool = False


class Inspection(Document):
    """One patrol as it was captured; when it was received stands in the ledger under the same id.

    It counts in the tally of its `plan` for the day `due` when it has both, on time by the plan's deadline of that day.
    `first` and `on_time` say what it counts for where that is no longer what was told when it was logged.
    """

    collection: ClassVar[str] = "inspections"

    county: str
    organisation: str
    submitter: str
    inspection: str
    patrol: PatrolKind
    plan: str | None
    day: date
    due: date | None
    captured: datetime
    score: int
    checked: Checked | None = None
    findings: int
    place: GeoPlace | None = None
    photos: tuple[str, ...] = ()
    reinspects: str | None = None
    check: Check | None = None
    by: Inspector | None = None
    first: bool | None = None
    on_time: bool | None = None
    withdrawn: bool = False
    added: tuple[AddedPhoto, ...] = ()
