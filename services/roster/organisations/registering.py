"""The page on which the committee enters an organisation for the first time: of which kind, below whom, its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.organisations.codes import DIVISIONS, LETTERS, NEW_KINDS, next_code
from services.roster.organisations.lines import PAGE
from services.roster.organisations.others import Others
from services.roster.organisations.standing_form import FORMS_OF_NEW, FOUND, NEW, NEW_DIVISION
from services.roster.subject_pages import answered, show
from shared.countys_own import in_own_words
from shared.events.roster import RegisterOrganisation
from shared.events.vocabulary import OrganisationKind
from shared.forms import Form
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.chinese import KINDS, NOTHING
from shared.pages.words import kind_word, name_of
from shared.web.boards import Address
from shared.web.forms import Again, By, submit_posted
from shared.web.offering import Offering, offering, sender
from shared.web.parameters import CategoryAsked, CategoryInPath, CodeAsked, CodeInPath
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.visit import Here, Visit

NEW_PAGE = f"{PAGE}/new"
HEADS = {"类别": "", "上级": ""}
BACK = Cell("单位名录", PAGE)
router = APIRouter(prefix=NEW_PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def new(here: Here, category: CategoryAsked | None = None, above: CodeAsked | None = None) -> Response:
    """First the kind is chosen, and for a village its township; then the form is filled in."""
    county = here.parts.settings.county
    if category is None or not here.admits(RegisterOrganisation, county):
        return _kinds(here)
    return await _page(here, category, above or county)


@router.post("/{category}/{above}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, category: CategoryInPath, above: CodeInPath, key: str) -> Response:
    """It is the one concerned itself, under the code that the form bears."""
    if key not in FORMS_OF_NEW:
        raise HTTPException(404)
    who, at = sender(here.who, NEW_PAGE), _at(category, above)
    given = {"kind": category.value, "new": True} | ({} if key == FOUND.key else {"parent": above})
    async with posted(request) as brought:
        by = By(who, brought.entered.values.get("code", ""))
        context = Others(above, here.roster, here.today)
        sent = await submit_posted(brought, here.parts, FORMS_OF_NEW[key], by, PAGE, context, given)
    return await answered(sent, "organisations", at, lambda again: _page(here, category, above, again))


def _at(category: OrganisationKind, above: str) -> str:
    return f"{NEW_PAGE}/{category.value}/{above}"


def _kinds(here: Visit) -> Response:
    """What may be entered, for who may; a village below each township."""
    county = here.parts.settings.county
    may = here.admits(RegisterOrganisation, county)
    lines = [*_choices(here)] if may else []
    board = Board("选择类别", HEADS, lines, "单位由联合党委登录后登记。")
    return show("organisations", SubjectPage("登记单位", back=BACK, boards=(board,)), Offering(()))


def _choices(here: Visit) -> Iterator[tuple[Cell, Cell]]:
    county = here.parts.settings.county
    if not _is_founded(here):
        yield (
            Cell(in_own_words("县本级"), Address(NEW_PAGE, {"category": OrganisationKind.COUNTY.value}).at()),
            Cell(NOTHING),
        )
        return
    for kind in (*LETTERS, OrganisationKind.TOWNSHIP):
        url = Address(NEW_PAGE, {"category": kind.value}).at()
        yield Cell(KINDS[kind], url), Cell(name_of(county, here.roster, here.today))
    for one in here.roster:
        stood = one.on(here.today)
        if stood is not None and stood.kind is OrganisationKind.TOWNSHIP:
            url = Address(NEW_PAGE, {"category": OrganisationKind.VILLAGE.value, "above": one.id}).at()
            yield Cell(KINDS[OrganisationKind.VILLAGE], url), Cell(stood.name)


async def _page(here: Visit, category: OrganisationKind, above: str, again: Again | None = None) -> Response:
    founds = category is OrganisationKind.COUNTY and not _is_founded(here)
    if not founds and (category not in NEW_KINDS or here.roster.standing(above, here.today) is None):
        raise HTTPException(404)
    form, code = (FOUND, above) if founds else (_form(category), next_code(here.roster, category, above))
    context, at = Others(above, here.roster, here.today), _at(category, above)
    begun = {"code": code} | ({"valid_from": f"{here.today.year}-01-01"} if founds else {})
    offered = offering([form], at, context, None, _with_code(again, code), {form.key: begun})
    facts = (
        ("类别", Cell(kind_word(category))),
        *((("上级", Cell(name_of(above, here.roster, here.today))),) if not founds else ()),
        *((("单位编号", Cell(code)),) if form in (NEW, FOUND) else ()),
    )
    return show("organisations", SubjectPage("登记单位", back=BACK, facts=facts), offered)


def _is_founded(here: Visit) -> bool:
    """A county enters itself before all others."""
    return here.roster.organisation(here.parts.settings.county) is not None


def _form(category: OrganisationKind) -> Form:
    return NEW_DIVISION if category in DIVISIONS else NEW


def _with_code(again: Again | None, code: str) -> Again | None:
    """A code that the program makes is made anew: the one that was taken meanwhile nobody can correct."""
    if again is None or again.form != NEW:
        return again
    return replace(again, entered=replace(again.entered, values={**again.entered.values, "code": code}))
