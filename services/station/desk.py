"""What the county has told this station for its day's work: tasks, checklists, rectifications, lessons, cases."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from services.station.folder import Folder, Hub
from services.station.heard import CHECKLISTS, Names, keep_heard, once_heard, version_key
from services.station.line.county import ask
from services.station.line.renewing import renewed
from services.station.line.troubles import explained
from services.station.outbox.notes import CASES, LESSONS, PATROLS, Note, Notes
from services.station.sending_again import send_again
from shared.calendar import CHINA

EVERY = 600.0
AFTER_FAILURE = 60.0
AFTER_DECIDED = 1.0
"""Seconds between two askings."""

log = logging.getLogger(__name__)
Listed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """As it was last heard; empty lists and `heard_at` None before that. `day` is the one that the tasks are of."""

    day: date | None = None
    working_day: bool = True
    due: tuple[Listed, ...] = ()
    checklists: tuple[Listed, ...] = ()
    rectifications: tuple[Listed, ...] = ()
    lessons: tuple[Listed, ...] = ()
    processes: tuple[Listed, ...] = ()
    heard_at: datetime | None = None
    cases: Mapping[str, str] = field(default_factory=dict)
    """Cases that are still open, by id: those taken in from this PC, and those that the county told."""
    known_cases: Mapping[str, str] = field(default_factory=dict)
    """Those, and the ones that were completed from here: what a record says of them."""
    county_cases: tuple[Listed, ...] = ()
    """The county's own list, with whose each is."""
    oldest_days: int | None = None
    """Days after which only whoever is above tells of what happened, as far as the county says."""
    is_roster_heard: bool = False
    """Whether lessons and processes are known: no lesson is another thing than none heard of."""
    once: Names = field(default_factory=dict)
    """What was told before, too."""

    def task(self, plan: str, about: str) -> Listed | None:
        """The place that is due by a plan."""
        return next((one for one in self.due if one["plan"] == plan and one["organisation"] == about), None)

    def daily(self, about: str) -> str:
        """The plan by which an organisation is due today, the first of several; empty when there is none."""
        return next((str(one["plan"]) for one in self.due if one["organisation"] == about), "")

    def checklist(self, name: str | None, version: int | None) -> Listed | None:
        """That version of a checklist."""
        fitting = (one for one in self.checklists if one["checklist"] == name and one["version"] == version)
        return next(fitting, None)

    def called(self, kind: str, key: str) -> str:
        """By the name that it had when it was told of last; the key itself where it never was."""
        return str(self.once.get(kind, {}).get(key, key))

    def with_former(self, name: str, version: str) -> Desk:
        """For reading what was marked by a version of a checklist that is in force no more."""
        former = self.once.get(CHECKLISTS, {}).get(version_key(name, version))
        return replace(self, checklists=(*self.checklists, former)) if former else self


def desk(notes: Notes) -> Desk:
    """From what is kept here, whether there is a line or not."""
    patrols, learning, cases = notes.read(PATROLS), notes.read(LESSONS), _listed(notes.read(CASES), "cases")
    if patrols is None:
        lessons, processes = _listed(learning, "lessons"), _listed(learning, "processes")
        known, once = learning is not None, once_heard(notes)
        return Desk(lessons=lessons, processes=processes, is_roster_heard=known, county_cases=cases, once=once)
    heard = patrols.value
    return Desk(
        date.fromisoformat(heard["day"]),
        bool(heard["working_day"]),
        tuple(heard["due"]),
        tuple(heard["checklists"]),
        tuple(heard["rectifications"]),
        _listed(learning, "lessons"),
        _listed(learning, "processes"),
        patrols.heard_at,
        oldest_days=heard.get("oldest_days"),
        is_roster_heard=learning is not None,
        county_cases=cases,
        once=once_heard(notes),
    )


def _listed(heard: Note | None, name: str) -> tuple[Listed, ...]:
    return tuple(heard.value.get(name, ())) if heard else ()


async def refreshing(ask_now: Callable[[], Awaitable[None]], decided: asyncio.Event) -> None:
    """Asks the county now and then, and once it has decided something, until it is cancelled.

    What was patrolled, taken on or taken back is thereby so on the page at once; a failure leaves what is known.
    """
    while True:
        decided.clear()
        try:
            await ask_now()
        except Exception as error:
            trouble = explained(error)
            log.warning("desk: %s %s", trouble.slug, trouble.detail)
            await _until_due(decided, AFTER_FAILURE)
        else:
            await _until_due(decided, EVERY)


async def _until_due(decided: asyncio.Event, within: float) -> None:
    """What is decided one after another is asked about once; whoever decides is there to be asked again."""
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await decided.wait()
    await asyncio.sleep(AFTER_DECIDED)


async def refresh(notes: Notes, hub: Hub, folder: Folder) -> None:
    """Each answer is kept, or an error is raised."""
    hub = await asyncio.to_thread(renewed, folder, hub, datetime.now(CHINA).date())
    for name, service in ((PATROLS, "inspection"), (LESSONS, "roster"), (CASES, "greenchannel")):
        answer = await asyncio.to_thread(ask, f"{hub.url}/{service}/api/desk", folder.ca, None, hub)
        keep_heard(notes, name, answer.content, datetime.now(UTC))
        send_again(notes, answer.content, datetime.now(UTC))
