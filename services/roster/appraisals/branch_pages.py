"""Where the office opens a year's appraisal of a window branch, for those of its Party members whom it ticks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from pydantic import Field as Bounded

from services.roster.appraisals.audience import may_open
from services.roster.appraisals.contents import MOST_OPENED, Members
from services.roster.appraisals.list_pages import PAGE, sheets_board
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.opening import fits
from services.roster.party.model import JointBranch
from services.roster.people.model import Person
from services.roster.people.reads import Seals, people_in
from services.roster.subject_pages import answered, show
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.events.refusals import reason
from shared.events.roster.appraisals import OpenAppraisal, Year
from shared.events.roster.party import BranchKind
from shared.events.vocabulary import FIRST_YEAR, Day, PersonId
from shared.forms import Choosing, Field, Form, Kind, Ticks, Wrong
from shared.forms.ticked import ticked
from shared.identity.reading import SENT, SHEETS
from shared.identity.sealing import SealKeys
from shared.pages.boards import Cell, SubjectPage
from shared.roster.organisations import of_county
from shared.roster.staff import Staff
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import NameInPath
from shared.web.reading import NotYours, reads
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

FIRST_MONTH_DAY = "12-01"
"""[A] On which a year's appraisal begins unless the office says otherwise."""


class EnteredOpening(Members):
    """Whom the office ticks, for which year, from when on."""

    year: Year
    begins: Day
    persons: Annotated[list[PersonId], Bounded(min_length=1, max_length=MOST_OPENED)]


@dataclass(frozen=True, slots=True)
class BranchDesk:
    """A branch as the form is filled in for it."""

    branch: str
    keys: SealKeys | None
    year: int = FIRST_YEAR
    candidates: Sequence[Choosing] = ()


def _years(desk: BranchDesk | None) -> Mapping[str, str]:
    """This one, and the one before while it is not appraised."""
    this = desk.year if desk else FIRST_YEAR
    return {str(year): f"{year}年" for year in (this, this - 1) if year >= FIRST_YEAR}


def _candidates(desk: BranchDesk | None) -> Sequence[Choosing]:
    return desk.candidates if desk else ()


def _becomes(desk: BranchDesk, entered: EnteredOpening) -> OpenAppraisal | Wrong:
    """The list is sealed, for whom it names is a Party member."""
    if desk.keys is None:
        return Wrong(reason("no-people-keys")["zh"])
    content = Members(persons=entered.persons).model_dump_json().encode()
    enclosed = desk.keys.seal(content, str(entered.year), desk.branch)
    return OpenAppraisal(year=entered.year, branch=desk.branch, begins=entered.begins, enclosed=enclosed)


OPEN = Form(
    OpenAppraisal,
    "open",
    "开展年度考核评议",
    "开展",
    (
        Field("year", "年度", Kind.CHOICE, _years),
        Field("begins", "开始日期", hint="个人自评、支部互评、联合党委评定的期限自该日起计算。"),
        Ticks(
            "persons",
            "参加考核的党员",
            _candidates,
            is_all=True,
            called=lambda _, person: "（已有变化）",
            empty="没有尚未开展的党员：在“党组织”页面登记支部成员，在“人员”页面登记其窗口职务。",
        ),
    ),
    lead="每人一份考核评议表，只供本人、双方党组织书记、党委办公室主任和组织部阅看。",
    enters=EnteredOpening,
    becomes=_becomes,
)
router = APIRouter(prefix=PAGE + "/of")


@router.get("/{branch}", dependencies=[reads(SHEETS)])
async def of_branch(here: Here, seals: Seals, branch: NameInPath, sent: str = "") -> Response:
    """For whoever opens appraisals."""
    return await _page(here, seals, branch, told=await told_of(here.parts, here.who, sent))


@router.post("/{branch}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, seals: Seals, branch: NameInPath, key: str) -> Response:
    """Opened, for those who were ticked."""
    at, county = f"{PAGE}/of/{branch}", here.parts.settings.county
    desk = await unless_away(_desk(here, seals, branch)) or BranchDesk(branch, seals, here.today.year)
    sent = await submit_one_of({OPEN.key: OPEN}, key, request, here, county, at, desk)
    return await answered(sent, "appraisals", at, lambda again: _page(here, seals, branch, again=again))


async def _page(
    here: Visit, seals: SealKeys | None, branch: str, told: Told | None = None, again: Again | None = None
) -> Response:
    if not may_open(here):
        raise NotYours("not-your-posts")
    kept = await document(here.parts.db, JointBranch, of_county(here.parts.settings.county, branch))
    if kept is None or kept.withdrawn or kept.branch_kind is not BranchKind.JOINT_BRANCH:
        raise HTTPException(404)
    at, desk = f"{PAGE}/of/{branch}", await _desk(here, seals, branch)
    begun = {"year": str(here.today.year), "begins": f"{here.today.year}-{FIRST_MONTH_DAY}"}
    ticks = ticked("persons", [one.key for one in desk.candidates])
    offered = offering([OPEN], at, desk, told, again, {OPEN.key: {**begun, **ticks}})
    board = await sheets_board(here, at, None, branch, None, 1)
    back = Cell("窗口党员考核评议", PAGE)
    return show("appraisals", SubjectPage(kept.name, back=back, boards=(board,)), offered)


async def _desk(here: Visit, seals: SealKeys | None, branch: str) -> BranchDesk:
    """With those of its members who serve at a window, are Party members, and have no sheet of this year."""
    db, county = here.parts.db, here.parts.settings.county
    kept = await document(db, JointBranch, of_county(county, branch))
    if kept is None or not may_open(here):
        return BranchDesk(branch, seals, here.today.year)
    ids = [one.person for one in kept.members if one.holds(here.today)]
    persons = await documents(db, Person, {"_id": {"$in": ids}})
    staff = await documents(db, Staff, {"posts.person": {"$in": ids}})
    sheets = await documents(db, Sheet, {**COUNTS, "county": county, "year": here.today.year, "person": {"$in": ids}})
    appraised, people = {one.person for one in sheets}, await people_in(db)
    fit = (one for one in persons if one.id not in appraised and fits(one, kept, staff, seals, here.today))
    named = (Choosing(one.id, people.name_of(one.id) or "", here.roster.called(one.home, here.today)) for one in fit)
    return BranchDesk(branch, seals, here.today.year, sorted(named, key=lambda one: (one.remark, one.label)))
