"""The pages of the excellence programme: all windows, and one of them with its commitments, marks and forms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from services.inspection.excellence import lines as excellence
from services.inspection.excellence import reads as records
from services.inspection.excellence.form import COMMITMENT, INCIDENT, OF_A_WINDOW, WITHDRAWAL
from services.inspection.excellence.lines import page_of
from services.inspection.excellence.marking import MARK, UNMARK, marking
from services.inspection.excellence.model.incidents import IncidentCount
from services.inspection.places import PAGES
from shared.events.inspection import (
    GrantExcellenceMark,
    PublishCommitment,
    ReportIncident,
    WithdrawExcellenceMark,
)
from shared.events.vocabulary import PatrolKind
from shared.forms import Entered, Form, Shown, shown
from shared.hundredths import decimal
from shared.identity.reading import PLACES, PUBLIC, SENT
from shared.pages.boards import Board
from shared.pages.cells import Cells
from shared.pages.chinese import day_text
from shared.pages.paging import paging
from shared.pages.tables import MOST_ROWS
from shared.stretch import Stretch
from shared.web.again import in_its_page
from shared.web.boards import every_line
from shared.web.exporting import exported_from
from shared.web.forms import Again, entered_in
from shared.web.offering import address, offering, submit_one_of
from shared.web.parameters import CodeInPath, PageAsked
from shared.web.persons import Persons, page_of_people, persons
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

SHOWN = 60
"""Incidents on a page of the list."""
BOARD = "/inspection/excellence"

FORMS: Mapping[str, Form] = {**OF_A_WINDOW, MARK.key: MARK, UNMARK.key: UNMARK}
"""By the last part of the address to which they are sent."""
router = APIRouter(prefix=BOARD)


@router.get("", dependencies=[reads(PUBLIC)])
async def board(here: Here, page: PageAsked = 1) -> Response:
    """All windows; and the incidents that whoever looks may read, the newest first."""
    mine = here.reading.filter(PLACES)
    db, county = here.parts.db, here.parts.settings.county
    listed, stretch = await records.page_of_incidents(db, county, mine, page, SHOWN)
    windows = await _windows(here, await records.counted(db, county, mine))

    async def every() -> AsyncIterator[Cells]:
        async for one in records.every_incident(db, county, mine, MOST_ROWS + 1):
            yield excellence.incident_cells(one, here.roster, here.today)

    under = paging(stretch, "起", lambda n: f"{BOARD}?page={n}", every)
    all_windows = every_line([excellence.window_cells(one) for one in windows])
    beside = paging(Stretch.of(len(windows), 1, len(windows) or 1), "个窗口", lambda _: BOARD, all_windows, "windows")
    tables = (
        Board("事故、差评和投诉", excellence.INCIDENT_HEADS, (), "", under),
        Board("四优窗口", excellence.WINDOW_HEADS, (), "", beside),
    )
    return exported_from(*tables) or PAGES.render(
        "excellence.html",
        "excellence",
        windows=windows,
        all_windows=beside,
        incidents=[excellence.incident_line(one, here.roster, here.today) for one in listed],
        paging=under,
        own=page_of(here.who) if here.who and here.who in here.roster else "",
        is_signed_in=here.who is not None,
        is_whole=here.reading.sees_all(PLACES),
    )


@router.get("/{organisation}", dependencies=[reads(PUBLIC)])
async def window(here: Here, organisation: CodeInPath, sent: str = "") -> HTMLResponse:
    """One window or station with its forms."""
    return await _window(here, organisation, told=await told_of(here.parts, here.who, sent))


@router.post("/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """One of its forms."""
    answer = await submit_one_of(FORMS, key, request, here, organisation, page_of(organisation))
    if not isinstance(answer, Again):
        return answer
    page = _window(here, organisation, again=answer)
    return await in_its_page(page, answer, address(page_of(organisation), answer.form), PAGES, "excellence")


async def _windows(here: Visit, counted: Mapping[str, IncidentCount]) -> Sequence[excellence.WindowLine]:
    """A line for each."""
    db, county = here.parts.db, here.parts.settings.county
    places = here.roster.patrolled(county, here.today).items()
    windows = [code for code, kind in places if kind is PatrolKind.WINDOW]
    commitments, marks = await records.commitments(db, county), await records.marks(db, county)
    may = partial(here.reading.may, PLACES)
    return excellence.window_lines(commitments, marks, counted, windows, here.roster, here.today, may)


async def _window(here: Visit, organisation: str, told: Told | None = None, again: Again | None = None) -> HTMLResponse:
    standing = here.roster.known(organisation, here.now)
    if standing is None:
        raise HTTPException(404)
    may_commit = standing.patrolled is not None and here.admits(PublishCommitment, organisation)
    everybody = await persons(here)
    marks = await records.marks(here.parts.db, here.parts.settings.county, organisation)
    known = replace(marking(marks, here.today), names=everybody.of(organisation, here.today))
    may_mark = standing.patrolled is not None and bool(known.open) and here.admits(GrantExcellenceMark, organisation)
    may_unmark = bool(known.standing) and here.admits(WithdrawExcellenceMark, organisation)
    forms = [COMMITMENT] * (may_commit and bool(known.names)) + [INCIDENT] * here.admits(ReportIncident, organisation)
    forms += [MARK] * may_mark + [UNMARK] * may_unmark
    offered = offering(forms, page_of(organisation), known, told, again)
    return PAGES.render(
        "excellence_window.html",
        "excellence",
        offered.status,
        name=standing.name,
        offering=offered,
        is_signed_in=here.who is not None,
        may_read=here.reading.may(PLACES, organisation),
        commitments=await _commitments(here, organisation, everybody, may_commit, again),
        nobody=page_of_people(organisation) if may_commit and not known.names else "",
        **await _known(here, organisation),
    )


async def _commitments(
    here: Visit, organisation: str, everybody: Persons, may_withdraw: bool, again: Again | None
) -> list[tuple[excellence.CommitmentLine, Shown | None]]:
    """Each with the form that withdraws it, where that may be sent."""
    found = await records.commitments(here.parts.db, here.parts.settings.county, organisation)
    lines = [excellence.commitment_line(one, everybody, here.today) for one in found]
    return [(line, _withdrawal(organisation, line, again) if may_withdraw and line.text else None) for line in lines]


def _withdrawal(organisation: str, line: excellence.CommitmentLine, again: Again | None) -> Shown:
    """What was not stored keeps its ticket."""
    values = {"person": line.person, "item": line.slug}
    entered = entered_in(WITHDRAWAL, again)
    kept = entered if entered is not None and entered.values == values else Entered(values)
    return shown(WITHDRAWAL, address(page_of(organisation), WITHDRAWAL), entered=kept)


async def _known(here: Visit, organisation: str) -> dict[str, Any]:
    """What whoever looks may know of a window or station, in words."""
    db, county, may = here.parts.db, here.parts.settings.county, here.reading.may(PLACES, organisation)
    incidents = await records.incidents(db, county, {"organisation": organisation}) if may else []
    marks = await records.marks(db, county, organisation)
    unclean = {one.quarter for one in incidents if one.upheld}
    checks, all_checks = await records.facility_checks(db, organisation) if may else ([], 0)
    return {
        "marks": [excellence.mark_line(one, unclean) for one in reversed(marks)],
        "incidents": [excellence.incident_line(one, here.roster, here.today) for one in incidents],
        "checks": [_check(one) for one in checks],
        "all_checks": all_checks,
    }


def _check(one: dict[str, Any]) -> tuple[str, str, str]:
    """Day, address and score of a facility check."""
    return day_text(one["day"]), f"/inspection/inspections/{one['id']}", decimal(one["score"])
