"""A table of persons as pages show it: what it would enter, what is wrong, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.roster.people.importing.looking import Planned
from services.roster.people.lines import page_of
from shared.dates import time_text
from shared.events.labels import POSTS, TYPES
from shared.pages.chinese import NOTHING, VERDICTS, day_text
from shared.pages.words import ShownState, name_of
from shared.pipeline.ledger import Entry
from shared.roster.organisations import Roster
from shared.roster.people import People
from shared.tables.declared import Fault
from shared.tables.entered import EnteredTable, LineOutcome
from shared.web.subjects import record_url
from shared.web.visit import Visit

UNDER_WAY = ShownState("办理中", "warn")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """What a row would enter."""

    line: int
    name: str
    unit: str
    does: str
    post: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class ResultLine:
    """What became of one submission of a row."""

    line: int
    name: str
    url: str
    does: str
    state: ShownState
    why: str
    record: str


def planned_lines(planned: Iterable[Planned], roster: Roster, day: date) -> Sequence[PlannedLine]:
    """In the order of the table."""
    return tuple(_planned(one, roster, day) for one in planned)


def _planned(one: Planned, roster: Roster, day: date) -> PlannedLine:
    does = "登记人员" if one.is_new else "登记任职" if one.post else "已登记，不再登记"
    post = f"{POSTS[one.post]}，自{day_text(one.post_since)}起" if one.post and one.post_since else NOTHING
    return PlannedLine(one.line, one.known.name, name_of(one.unit, roster, day), does, post, not one.enters)


def fault_lines(faults: Iterable[Fault]) -> Sequence[Fault]:
    """In the order of the table."""
    return tuple(faults)


def table_line(table: EnteredTable) -> str:
    """A table by its file and time."""
    return f"{table.file or '未命名的表格'}，{time_text(table.at)}导入，{len(table.lines)}行"


def entered_lines(found: Iterable[LineOutcome], people: People, here: Visit) -> Sequence[ResultLine]:
    """Each submission of each row."""
    return tuple(_result(one, n, entry, people, here) for one in found for n, entry in enumerate(one.entries))


def _state(entry: Entry) -> ShownState:
    return ShownState(VERDICTS[entry["verdict"]], "bad" if entry["reasons"] else "good")


def _result(one: LineOutcome, n: int, entry: Entry | None, people: People, here: Visit) -> ResultLine:
    name, is_known = people.name_of(one.line.about), entry is not None
    does = TYPES[entry["type"]] if entry else NOTHING
    state = _state(entry) if entry else UNDER_WAY
    why = "".join(reason["zh"] for reason in entry["reasons"]) if entry else ""
    url = page_of(one.line.about) if name else ""
    record = record_url(here, one.line.keys[n]) if is_known else ""
    return ResultLine(one.line.line, name or NOTHING, url, does, state, why, record)
