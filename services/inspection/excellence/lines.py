"""The excellence programme as pages show it: commitments by person and item, the marks of quarters, incidents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import NO_INCIDENT, Incident, IncidentCount, IncidentStage
from shared.countys_own import own
from shared.events.vocabulary import Catalogue
from shared.hundredths import decimal
from shared.pages.boards import Cell
from shared.pages.cells import Cells, day_cell, due_cell, number_cell
from shared.pages.chinese import (
    INCIDENTS,
    NOTHING,
    day_text,
    due_text,
    quarter_text,
    time_text,
)
from shared.pages.words import ShownState, name_of
from shared.roster.organisations import Roster
from shared.web.persons import Persons

UNMARKED = ShownState("未评定", "")


@dataclass(frozen=True, slots=True)
class WindowLine:
    """A window or station that takes part in the programme; how many incidents, for whoever may read them."""

    name: str
    url: str
    mark: ShownState
    quarter: str
    commitments: int
    people: int
    open: str
    upheld: str


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in a list: what kind and how far, not what it is about."""

    name: str
    url: str
    kind: str
    reported: str
    due: str
    state: ShownState


WINDOW_HEADS = {
    "单位": "",
    "最近评定": "",
    "承诺人数": "number",
    "承诺": "number",
    "未办结": "number",
    "查实": "number",
}
INCIDENT_HEADS = {"单位": "", "类别": "", "报告日期": "", "答复期限": "", "状态": ""}


def window_cells(one: WindowLine) -> Cells:
    """A window as a table has it."""
    people, commitments = number_cell(one.people), number_cell(one.commitments)
    return (
        Cell(one.name),
        Cell(state=one.mark, note=one.quarter),
        people,
        commitments,
        Cell(one.open),
        Cell(one.upheld),
    )


def incident_cells(one: Incident, roster: Roster, today: date) -> Cells:
    """An incident as a table has it."""
    said = incident_line(one, roster, today)
    days = day_cell(one.reported), due_cell(one.due, one.provisional)
    return (Cell(said.name), Cell(said.kind), *days, Cell(state=said.state))


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """What a person commits to for one item, since when, and what was said before."""

    person: str
    called: str
    item: str
    slug: str
    text: str
    since: str
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A quarter's mark with its four scores."""

    quarter: str
    state: ShownState
    scores: tuple[str, str, str, str]
    note: str


def page_of(organisation: str) -> str:
    """The page of one window or station."""
    return f"/inspection/excellence/{organisation}"


def incident_page(organisation: str, incident: str) -> str:
    """The page of one incident."""
    return f"/inspection/incidents/{organisation}/{incident}"


def window_lines(
    commitments: Iterable[Commitment],
    marks: Sequence[ExcellenceMark],
    counted: Mapping[str, IncidentCount],
    places: Iterable[str],
    roster: Roster,
    today: date,
    may: Callable[[str], bool],
) -> tuple[WindowLine, ...]:
    """Every window, and every other place of which something is known; incidents where whoever looks `may` read them.

    A mark is called into question by incidents, for those who may read of them.
    """
    held: dict[str, list[Commitment]] = {}
    for one in commitments:
        if one.now is not None:
            held.setdefault(one.organisation, []).append(one)
    codes = sorted({*places, *held, *(one.organisation for one in marks), *counted})
    known = {code: counted.get(code, NO_INCIDENT) if may(code) else None for code in codes}
    return tuple(_window(code, held.get(code, []), marks, known[code], roster, today) for code in codes)


def _window(
    code: str,
    held: Sequence[Commitment],
    marks: Sequence[ExcellenceMark],
    known: IncidentCount | None,
    roster: Roster,
    today: date,
) -> WindowLine:
    mark = max((one for one in marks if one.organisation == code), key=lambda one: one.quarter, default=None)
    return WindowLine(
        name=name_of(code, roster, today),
        url=page_of(code),
        mark=mark_state(mark, known.unclean if known else ()) if mark else UNMARKED,
        quarter=quarter_text(mark.quarter) if mark else "",
        commitments=len(held),
        people=len({one.person for one in held}),
        open=str(known.open) if known else NOTHING,
        upheld=str(known.upheld) if known else NOTHING,
    )


def mark_state(mark: ExcellenceMark, unclean: Collection[str]) -> ShownState:
    """A mark whose quarter turned out not to be clean is to be looked at again by the committee."""
    if not mark.stands:
        return ShownState("已撤销", "bad")
    return ShownState("应复核", "warn") if mark.quarter in unclean else ShownState("四优", "good")


def mark_line(mark: ExcellenceMark, unclean: Collection[str]) -> MarkLine:
    """A mark, or what became of it."""
    scores = mark.scores
    four = (scores.environment, scores.service, scores.management, scores.integrity)
    points = tuple(decimal(one) for one in four)
    return MarkLine(
        quarter=quarter_text(mark.quarter),
        state=mark_state(mark, unclean),
        scores=(points[0], points[1], points[2], points[3]),
        note=mark.reason or mark.note,
    )


def incident_line(incident: Incident, roster: Roster, today: date) -> IncidentLine:
    """An incident as a list shows it."""
    return IncidentLine(
        name=name_of(incident.organisation, roster, today),
        url=incident_page(incident.organisation, incident.incident),
        kind=INCIDENTS[incident.kind],
        reported=day_text(incident.reported),
        due=due_text(incident.due, incident.provisional),
        state=incident_state(incident, today),
    )


def incident_state(incident: Incident, today: date) -> ShownState:
    """How far it is; unanswered as soon as the due day is over, though the clock has not told so yet."""
    match incident.stage:
        case IncidentStage.CLOSED:
            return ShownState("查实", "bad") if incident.upheld else ShownState("不予认定", "good")
        case IncidentStage.WITHDRAWN:
            return ShownState("已撤回", "")
        case IncidentStage.ANSWERED:
            return ShownState("已答复，待办结", "warn")
        case IncidentStage.REPORTED if today <= incident.due:
            return ShownState("待答复", "warn")
        case _:
            return ShownState("逾期未答复", "bad")


def commitment_line(commitment: Commitment, persons: Persons, today: date) -> CommitmentLine:
    """The text that holds; empty when it was withdrawn."""
    *earlier, newest = commitment.history
    return CommitmentLine(
        person=commitment.person,
        called=persons.within(commitment.person, commitment.organisation, today),
        item=own().entry(Catalogue.COMMITMENT, commitment.item).name,
        slug=commitment.item,
        text=newest.value or "",
        since=time_text(newest.since),
        before=tuple(f"{time_text(one.since)}：{one.value or '撤回'}" for one in reversed(earlier)),
    )


def particulars(incident: Incident, persons: Persons, acted: Mapping[str, str]) -> Mapping[str, str]:
    """What only those concerned read: the summary, the person, the answer, what was found, and who did each."""
    person, unit = incident.person, incident.organisation
    by = {word: acted.get(key, NOTHING) for word, key in incident.records.items()}
    return {
        "情况": incident.summary,
        "涉及人员": persons.within(person, unit, incident.reported) if person else NOTHING,
        "报告人": by.get("reported", NOTHING),
        "答复": incident.answer or NOTHING,
        "答复日期": day_text(incident.answered) if incident.answered else NOTHING,
        "答复人": by.get("answered", NOTHING) if incident.answered else NOTHING,
        "办结意见": incident.note or NOTHING,
        "办结日期": day_text(incident.closed) if incident.closed else NOTHING,
        "办结人": by.get("closed", NOTHING) if incident.closed else NOTHING,
    }
