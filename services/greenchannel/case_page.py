"""The page of one case: how far it is, how it is told apart, and the form by which it is completed."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.greenchannel import desk
from services.greenchannel.channels import apart_text, case_state, charge_text, process_names
from services.greenchannel.form import COMPLETE
from services.greenchannel.model import Case
from services.greenchannel.places import SUBJECTS
from shared.database.kept import document
from shared.events.greenchannel import CompleteCase
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import Cell, SubjectPage
from shared.pages.chinese import NOTHING, day_text, due_text, limit_text
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeInPath, IdInPath
from shared.web.persons import actors
from shared.web.reading import reads
from shared.web.subjects import organisation_cell, record_url
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE = "/greenchannel/cases"
router = APIRouter(prefix="/greenchannel")


@router.get("/cases/{organisation}/{case}", dependencies=[reads(PERSONS)])
async def one(here: Here, organisation: CodeInPath, case: IdInPath, sent: str = "") -> Response:
    """For those whom it concerns; there is none for others."""
    return await _page(here, organisation, case, await told_of(here.parts, here.who, sent))


@router.post("/cases/{organisation}/{case}/complete", response_model=None, dependencies=[reads(SENT)])
async def complete(request: Request, here: Here, organisation: CodeInPath, case: IdInPath) -> Response:
    """Done, as its page says."""
    return await _complete(request, here, organisation, case, f"{PAGE}/{organisation}/{case}")


@router.post("/complete/{organisation}/{case}", response_model=None, dependencies=[reads(SENT)])
async def complete_in_row(request: Request, here: Here, organisation: CodeInPath, case: IdInPath) -> Response:
    """Done in its row among others, to which it leads back; what was not taken stands on its own page."""
    return await _complete(request, here, organisation, case, desk.PAGE)


async def _complete(request: Request, here: Visit, organisation: str, case: str, to: str) -> Response:
    kept = await unless_away(document(here.parts.db, Case, f"{organisation}/{case}"))
    forms, given = {COMPLETE.key: COMPLETE}, {"case": case}
    sent = await submit_one_of(forms, COMPLETE.key, request, here, organisation, to, kept, given)
    at = f"{PAGE}/{organisation}/{case}"
    return await SUBJECTS.answered(sent, "cases", at, lambda again: _page(here, organisation, case, again=again))


async def _page(
    here: Visit, organisation: str, case: str, told: Told | None = None, again: Again | None = None
) -> Response:
    kept = await document(here.parts.db, Case, f"{organisation}/{case}")
    if kept is None or kept.withdrawn or not here.reading.may(PERSONS, organisation):
        raise HTTPException(404)
    names = await process_names(here.parts.db)
    may = kept.completed is None and here.admits(CompleteCase, organisation)
    offered = offering([COMPLETE] * may, f"{PAGE}/{organisation}/{case}", kept, told, again)
    acted = await actors(here, (kept.record, kept.completion))
    facts = (
        ("受理单位", organisation_cell(here, organisation)),
        ("编号或标识", Cell(apart_text(kept))),
        ("受理日期", _day(here, day_text(kept.opened), kept.record)),
        *_by("受理人", acted.get(kept.record)),
        ("办理时限", Cell(limit_text(kept.limit_days))),
        ("到期日", Cell(due_text(kept.due, kept.provisional))),
        ("收费标准", Cell(charge_text(kept) or NOTHING)),
        ("状态", Cell(state=case_state(kept, here.today))),
        *_done(here, kept),
        *_by("办结人", acted.get(kept.completion)),
    )
    title = names.get(kept.process, kept.process)
    return SUBJECTS.show("cases", SubjectPage(title, back=Cell("办件", PAGE), facts=facts), offered)


def _done(here: Visit, case: Case) -> tuple[tuple[str, Cell], ...]:
    """How it ended."""
    if case.completed is None:
        return ()
    used = () if case.working_days is None else (("用时", Cell(f"{case.working_days}个工作日")),)
    return (("办结日期", _day(here, day_text(case.completed), case.completion)), *used)


def _by(label: str, actor: str | None) -> tuple[tuple[str, Cell], ...]:
    return ((label, Cell(actor)),) if actor else ()


def _day(here: Visit, day: str, record: str) -> Cell:
    """A day, leading to the submission that tells of it, where it is corrected and taken back."""
    return Cell(day, record_url(here, record))
