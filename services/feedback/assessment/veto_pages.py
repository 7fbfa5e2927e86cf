"""The page of what keeps grades down (一票否决): entered with reason and proof, taken back from its record."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.assessment.model import Veto
from services.feedback.assessment.words import VETOES
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from shared.database.documents import COUNTS
from shared.events.assessment import VetoAssessment
from shared.forms import Field, Form, Kind
from shared.identity.reading import COMMITTEE, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage, narrowing
from shared.pages.cells import Cells, time_cell
from shared.web.boards import Address, asking, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import PageAsked, PeriodAsked
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, record_cell
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/vetoes", "vetoes"
HEADS = {
    "单位": "",
    "期次": "tight",
    "情形": "",
    "理由": "wide",
    "证明材料": "",
    "登记": "tight",
    "报送记录": ON_SCREEN,
}
NEWEST = (("entered", -1), ("_id", 1))
YEARS_BACK = 2
VETO = Form(
    VetoAssessment,
    "veto",
    "登记一票否决",
    "登记",
    (
        Field("member", "被考核单位", Kind.CHOICE, lambda known: known.units if known else {}, empty="请选择"),
        Field("period", "期次", Kind.CHOICE, lambda known: known.periods if known else {}, empty="请选择"),
        Field("veto", "情形", Kind.RADIOS, {ground.value: said for ground, said in VETOES.items()}),
        Field("reason", "理由"),
        Field("proof", "证明材料", hint="文件、处分决定等的名称和文号。"),
    ),
    lead="登记后该单位该期的等次不高于合格，考核结果重新生成后生效；审定以前可以从报送记录撤回。",
)
router = APIRouter(prefix=PAGE)


class Offered:
    """Units that are assessed, and periods that are not long past."""

    def __init__(self, here: Visit) -> None:
        self.units: Mapping[str, str] = named(here, [one.id for one in here.roster if _is_assessed(here, one.id)])
        years = [str(here.today.year - n) for n in range(YEARS_BACK)]
        of = [one for year in years for one in (year, *(f"{year}-Q{n}" for n in (4, 3, 2, 1)))]
        self.periods = {one: periods.in_chinese(one) for one in of if periods.first_day(one) <= here.today}


def _is_assessed(here: Visit, code: str) -> bool:
    standing = here.roster.standing(code, here.today)
    return bool(standing and standing.feedback_recipient)


@router.get("", dependencies=[reads(COMMITTEE)])
async def vetoes(here: Here, period: PeriodAsked | None = None, page: PageAsked = 1, sent: str = "") -> Response:
    """The newest first."""
    return await _page(here, period, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """Another one."""
    county = here.parts.settings.county
    sent = await submit_one_of({VETO.key: VETO}, key, request, here, county, PAGE, Offered(here))
    return await SUBJECTS.answered(sent, KEY, PAGE, lambda again: _page(here, None, 1, again=again))


async def _page(
    here: Visit, period: str | None, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    county, db = here.parts.settings.county, here.parts.db
    mine = {"county": county, **COUNTS}
    offered = offering([VETO] * here.admits(VetoAssessment, county), PAGE, Offered(here), told, again)

    def line(one: Veto) -> Cells:
        return (
            organisation_cell(here, one.organisation),
            Cell(periods.in_chinese(one.period)),
            Cell(VETOES[one.veto]),
            Cell(one.reason),
            Cell(one.proof),
            time_cell(one.entered),
            record_cell(here, one.id),
        )

    wanted = {**mine, **asking(period=period)}
    lines, paging = await lines_of(db, Veto, wanted, NEWEST, page, Address(PAGE, {"period": period}), "项", line)
    known = sorted(await db[Veto.collection].distinct("period", mine), key=periods.last_day, reverse=True)
    by_period = narrowing("period", "期次", period, {one: periods.in_chinese(one) for one in known})
    board = Board("一票否决", HEADS, lines, "没有登记一票否决。", paging, (by_period,))
    lead = "查实违纪、瞒报的单位，该期等次不高于合格。"
    return SUBJECTS.show(KEY, SubjectPage("一票否决", lead, boards=(board,)), offered)
