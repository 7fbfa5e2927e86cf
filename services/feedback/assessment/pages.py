"""The page of assessments: of every period who came to what, as far as it is open to whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.feedback.assessment.model import Assessed, Assessment
from services.feedback.assessment.words import (
    STATES,
    grade_cell,
    points_cell,
    rank_cell,
    vote_text,
)
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import COMMITTEE, REPORTS
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import BLANK, Cells, day_cell, number_cell
from shared.pages.sorting import pattern_of, sorting
from shared.pages.words import kind_word
from shared.web.boards import Address, asking, lines_at_hand, lines_of
from shared.web.offering import offering
from shared.web.parameters import CategoryAsked, PageAsked, PeriodAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/assessments", "assessments"
HEADS = {"单位": "", "期次": "tight", "类别": "", "得分": "number", "名次": "number", "同类": "number", "等次": ""}
LIST_HEADS = {"期次": "tight", "状态": "", "稿次": "number", "单位": "number", "会议日期": "tight", "表决": ""}
SORTS = {"name": "单位", "-score": "得分", "rank": "名次"}
FIELDS = {"name": "organisation", "score": "result.score", "rank": "result.rank"}
BY_PERIOD_AND_RANK = (("period", -1), ("organisation_kind", 1), ("result.rank", 1), ("_id", 1))
SortedAsked = Annotated[str, Query(pattern=pattern_of(SORTS))]
MOST_LISTS = 100
ONLY_OWN = "只列本单位可以查看的；名次是在同类单位中的名次，其他单位的得分不在此列。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(REPORTS)])
async def assessments(
    here: Here,
    period: PeriodAsked | None = None,
    category: CategoryAsked | None = None,
    sort: SortedAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """What was approved, to those whom it concerns; to the committee each period's list as well."""
    wanted: dict[str, Any] = {**open_to(here), **asking(period=period, organisation_kind=category and category.value)}
    address = Address(PAGE, {"period": period, "category": category and category.value, "sort": sort})
    order, db = _order(sort), here.parts.db
    lines, paging = await lines_of(db, Assessed, wanted, order, page, address, "个", line, _may_lack(order))
    kept = here.parts.db[Assessed.collection]
    known = sorted(await kept.distinct("period", open_to(here)), key=periods.last_day, reverse=True)
    narrowings = (
        narrowing("period", "期次", period, {one: periods.in_chinese(one) for one in known}),
        by_kind(await kept.distinct("organisation_kind", open_to(here)), category),
    )
    is_whole = here.reading.sees_all(REPORTS)
    empty = "还没有审定的考核结果。考核办法施行后，各期截止时生成，由书记办公会审定。"
    note, sorts = "" if is_whole else ONLY_OWN, sorting(SORTS, sort, address.sorted_by)
    board = Board("考核结果", HEADS, lines, empty, paging, narrowings, note, sorting=sorts)
    lists = [await _lists(here)] if sees_lists(here) else []
    lead = "各单位每期考核的得分、名次和等次，点单位名称查看逐项得分。"
    return SUBJECTS.show(KEY, SubjectPage("考核结果", lead, boards=(*lists, board)), offering((), PAGE))


def sees_lists(here: Visit) -> bool:
    """Whether lists are open to whoever looks before they are approved."""
    return here.reading.reader.may(COMMITTEE, here.parts.settings.county)


def open_to(here: Visit, organisation: str | None = None) -> dict[str, Any]:
    """The filter of units that are open to whoever looks; what is not approved is the committee's alone."""
    approved = {} if sees_lists(here) else {"is_approved": True}
    return {"county": here.parts.settings.county, **COUNTS, **approved, **here.reading.filter(REPORTS, organisation)}


def _order(sort: str | None) -> Sequence[tuple[str, int]]:
    """By the newest period, kind and place, unless another order is asked for."""
    if not sort:
        return BY_PERIOD_AND_RANK
    return (FIELDS[sort.removeprefix("-")], -1 if sort.startswith("-") else 1), ("period", -1), ("_id", 1)


def _may_lack(order: Sequence[tuple[str, int]]) -> str:
    """The field of an order that a unit without any figure has no value of."""
    return next((name for name, _ in order if name in (FIELDS["score"], FIELDS["rank"])), "")


def by_kind(kinds: Sequence[str], category: CategoryAsked | None) -> Narrowing:
    """By which a list of units is narrowed."""
    named = {OrganisationKind(one).value: kind_word(OrganisationKind(one)) for one in sorted(kinds)}
    return narrowing("category", "类别", category and category.value, named)


def line(one: Assessed) -> Cells:
    """A unit in a list."""
    return (
        Cell(one.name, f"{PAGE}/{one.id}"),
        Cell(periods.in_chinese(one.period)),
        Cell(kind_word(one.organisation_kind)),
        points_cell(one.result.score),
        rank_cell(one.result),
        number_cell(one.result.among, "个"),
        grade_cell(one.result),
    )


async def _lists(here: Visit) -> Board:
    """Each period's, the newest first."""
    kept = await documents(here.parts.db, Assessment, {"county": here.parts.settings.county})
    ordered = sorted(kept, key=lambda one: (periods.last_day(one.period), one.period), reverse=True)
    shown, paging = lines_at_hand([_list(one) for one in ordered], 1, Address(PAGE), "期", MOST_LISTS, "lists")
    return Board("各期考核", LIST_HEADS, shown, "还没有考核的一期。", paging)


def _list(one: Assessment) -> Cells:
    """With the vote that approved it, or the last that did not."""
    vote = one.vote or (one.voted_down and one.voted_down.vote)
    return (
        Cell(periods.in_chinese(one.period), f"{PAGE}/of/{one.period}"),
        Cell(state=STATES[one.state]),
        number_cell(one.edition, "稿"),
        number_cell(one.members, "个"),
        day_cell(vote.held_on) if vote else BLANK,
        Cell(vote_text(vote), note="" if one.vote else "未通过") if vote else BLANK,
    )
