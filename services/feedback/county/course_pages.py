"""Units of one kind side by side in time: a small picture of each on one scale, and the numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, NamedTuple

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from services.feedback import store
from services.feedback.asking import ShownPeriod
from services.feedback.county.courses import FAIR, Course, Courses, called, courses, months_within, said, up_to
from services.feedback.facts.address import facts_url
from services.feedback.places import PAGES
from services.feedback.reports import periods
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import REPORTS
from shared.pages.boards import Board, Cell, Narrowing, choice
from shared.pages.cells import Cells
from shared.pages.drawn import Drawing, line, scale_of
from shared.pages.words import kind_word, name_of
from shared.stretch import Stretch
from shared.web.boards import Address, lines_at_hand
from shared.web.exporting import exported_from
from shared.web.heavy import HEAVY
from shared.web.parameters import CategoryAsked, PageAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit

KEY, PAGE = "courses", "/feedback/courses"
SIZE = 60
"""Units on a page."""
KINDS = (OrganisationKind.DEPARTMENT, OrganisationKind.TOWNSHIP, OrganisationKind.STATE_ENTERPRISE)
MeasureOfCourse = Annotated[str, Query(pattern=f"^({'|'.join(FAIR)})$")]
router = APIRouter(prefix=PAGE)


class DrawnCourse(NamedTuple):
    """A unit's picture, with its last value and where the facts of that are."""

    name: str
    url: str
    value: Cell
    drawing: Drawing


@router.get("", dependencies=[reads(REPORTS), HEAVY])
async def side_by_side(
    here: Here,
    shown: ShownPeriod,
    category: CategoryAsked | None = None,
    measure: MeasureOfCourse = "score",
    page: PageAsked = 1,
) -> Response:
    """Those whose figures are open to whoever looks; the mean is of all of their kind."""
    kind, scope = category or KINDS[0], here.reading.scope(REPORTS)
    if kind not in KINDS:
        raise HTTPException(404)
    county, over = here.parts.settings.county, up_to(shown.period)
    kept = await store.months(here.parts.db, county, months_within(over))
    found = courses(kept, here.roster, county, kind, measure, shown.period)
    mine = [one for one in found.units if scope is None or one.code in scope]
    asked = Address(PAGE, {"period": shown.period, "category": kind.value, "measure": measure})
    head, lines = called(measure, kind), [_line(here, found, one, measure) for one in mine]
    under, paging = lines_at_hand(lines, page, asked, "个", SIZE)
    heads = {"单位": "", **{periods.short(one): "number" for one in over}}
    by = _narrowings(shown.period, shown.years, kind, measure)
    board = Board(f"{kind_word(kind)}{head}", heads, under, "没有本单位可以查看的单位。", paging, by, stacks=False)
    stretch, pen = Stretch.of(len(mine), page, SIZE), _Pen(here, found, measure, head)
    drawn = [pen.drawn(one) for one in mine[stretch.skip : stretch.end]]
    return exported_from(board) or PAGES.render(
        "courses.html",
        KEY,
        head=head,
        over=f"{periods.in_chinese(over[0])}至{periods.in_chinese(over[-1])}",
        mean=said(measure, found.means[-1]),
        drawn=drawn,
        board=board,
        table=replace(board, narrowings=()),
    )


def _line(here: Visit, found: Courses, one: Course, measure: str) -> Cells:
    """Each number leads to its facts."""
    values = zip(found.over, one.values, strict=True)
    cells = (
        Cell(said(measure, value), facts_url(one.code, measure, period) if value is not None else "", value=value)
        for period, value in values
    )
    return Cell(name_of(one.code, here.roster, here.today), f"/feedback/organisations/{one.code}"), *cells


class _Pen:
    """Draws each unit on the scale of all, with the mean of all behind it."""

    def __init__(self, here: Visit, found: Courses, measure: str, head: str) -> None:
        self._here, self._found, self._measure, self._head = here, found, measure, head
        self._scale = scale_of((*found.means, *(value for each in found.units for value in each.values)))

    def drawn(self, one: Course) -> DrawnCourse:
        """One unit."""
        name, now = name_of(one.code, self._here.roster, self._here.today), self._found.over[-1]
        last, mean = (said(self._measure, value) for value in (one.values[-1], self._found.means[-1]))
        label = f"{name}{self._head}：{periods.short(now)}{last}，同类平均{mean}"
        facts = facts_url(one.code, self._measure, now) if one.values[-1] is not None else ""
        drawing = line(one.values, label, self._found.means, self._scale)
        return DrawnCourse(name, f"/feedback/organisations/{one.code}?period={now}", Cell(last, facts), drawing)


def _narrowings(period: str, years: Sequence[str], kind: OrganisationKind, measure: str) -> tuple[Narrowing, ...]:
    year = period[:4]
    offered = [*(f"{year}-{n:02}" for n in range(1, 13)), *(f"{year}-Q{n}" for n in (1, 2, 3, 4))]
    ends: Mapping[str, str] = {
        one: periods.in_chinese(one) for one in (*sorted({*years, year}, reverse=True), *offered)
    }
    return (
        choice("category", "类别", kind.value, {one.value: kind_word(one) for one in KINDS}),
        choice("measure", "指标", measure, {name: called(name, kind) for name in FAIR}),
        choice("period", "截至", period, ends),
    )
