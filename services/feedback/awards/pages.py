"""The page of awards: who holds which, by year, award and organisation; the committee grants them there by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.awards.form import FOR_NOBODY, NO_PERSON
from services.feedback.awards.model import GrantedAward
from services.feedback.awards.words import award_name, holding, receiver
from services.feedback.places import SUBJECTS
from shared.countys_own import own
from shared.database.documents import COUNTS
from shared.events.feedback import GrantAward
from shared.events.vocabulary import Catalogue
from shared.forms import Field, Form, Kind
from shared.forms.listed import listed
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage, narrowing
from shared.web.boards import Address, asking, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import AwardAsked, CodeAsked, CodeInPath, PageAsked, YearAsked
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, record_cell, unit_narrowing
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/feedback/awards"
HEADS = {"获得者": "", "单位": "", "荣誉": "wide", "年度": "tight", "持有或者证明": "wide", "报送记录": ON_SCREEN}
ONLY_OWN = "只列本单位可以查看的。"
TO_CHOOSE = "授予荣誉：先在上面按单位筛选，再在本页填写。"
NOBODY = "该单位还没有登记人员，授予个人的，登记人员以后在本页授予。"
router = APIRouter(prefix=PAGE)


GRANT = Form(
    GrantAward,
    "grant",
    "授予荣誉",
    "授予",
    (
        listed("award", "荣誉", Catalogue.AWARD, fits=lambda one: one.quota is None),
        Field("person", "人员", Kind.CHOICE, lambda names: names or {}, empty=NO_PERSON, hint=FOR_NOBODY),
        Field("proof", "证明材料", required=True, hint="授予单位、文件名称和文号。"),
    ),
    asks_when="授予时间",
    lead="同一人员（单位）同一荣誉每个评选周期授予一次。由联合党委评选的荣誉，须经推荐、公示，在“荣誉推荐”中授予。",
)


@router.get("", dependencies=[reads(PERSONS)])
async def awards(
    here: Here,
    award: AwardAsked | None = None,
    organisation: CodeAsked | None = None,
    year: YearAsked | None = None,
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """The newest year first; an organisation that is chosen is whose people the committee may grant one."""
    address = Address(PAGE, {"award": award, "organisation": organisation, "year": year})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/of/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def grant(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """To one of that organisation's people."""
    address = Address(PAGE, {"organisation": organisation})
    sent = await submit_one_of({GRANT.key: GRANT}, key, request, here, organisation, address.at())
    return await SUBJECTS.answered(
        sent, "awards", _of(organisation), lambda again: _page(here, address, 1, again=again)
    )


def _of(organisation: str) -> str:
    return f"{PAGE}/of/{organisation}"


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    chosen = address.by.get("organisation") or ""
    may = here.admits(GrantAward, chosen or here.parts.settings.county)
    people = await here.parts.people.current()
    names = people.of(chosen).names if may and chosen else {}
    offered = offering([GRANT] * bool(may and chosen), _of(chosen), names, told, again)
    board = await _board(here, address, page, may)
    note = "" if not may or names else NOBODY if chosen else TO_CHOOSE
    lead = "人员、窗口和组织获得的荣誉，由联合党委登记。"
    return SUBJECTS.show("awards", SubjectPage("荣誉", lead, boards=(board,), note=note), offered)


async def _board(here: Visit, address: Address, page: int, may_grant: bool) -> Board:
    everybody = await persons(here)

    def line(one: GrantedAward) -> Sequence[Cell]:
        return (
            Cell(receiver(here, everybody, one)),
            organisation_cell(here, one.organisation),
            Cell(award_name(one)),
            Cell(f"{one.year}年"),
            Cell(holding(one)),
            record_cell(here, one.submission),
        )

    asked, db = address.by, here.parts.db
    mine: dict[str, Any] = {**COUNTS, **here.reading.filter(PERSONS)}
    by = asking(award=asked.get("award"))
    year = {"year": int(asked["year"] or 0)} if asked.get("year") else {}
    wanted = {"$and": [mine, asking(organisation=asked.get("organisation"))], **by, **year}
    lines, pages = await lines_of(db, GrantedAward, wanted, (("year", -1), ("_id", 1)), page, address, "项", line)
    kept = db[GrantedAward.collection]
    whose = {one.id for one in here.roster} if may_grant else {*await kept.distinct("organisation", mine)}
    years: Mapping[str, str] = {str(one): f"{one}年" for one in sorted(await kept.distinct("year", mine), reverse=True)}
    narrowings = (
        narrowing("award", "荣誉", asked.get("award"), own().listed(Catalogue.AWARD)),
        unit_narrowing(here, "单位", asked.get("organisation"), named(here, whose)),
        narrowing("year", "年度", asked.get("year"), years),
    )
    note = "" if here.reading.sees_all(PERSONS) else ONLY_OWN
    return Board("已授予的荣誉", HEADS, lines, "还没有登记荣誉。由联合党委在本页登记。", pages, narrowings, note)
