"""The page of one package: how far it is, its papers, and what it reports of each organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import Response

from services.feedback.assessment.result import Result
from services.feedback.assessment.words import grade_cell, points_cell, rank_cell
from services.feedback.documents.draft_pages import EditionAsked
from services.feedback.documents.words import STEP_HEADS
from services.feedback.packages.form import ADOPT, OF_PACKAGE, RECEIVE, RETURN
from services.feedback.packages.model import Package, PackageState
from services.feedback.packages.pages import KEY, PAGE, state_of
from services.feedback.packages.reads import former_editions, package_in, reports_in
from services.feedback.packages.words import BY_ADDRESSEE, STEPS, life, package_name
from services.feedback.papers.formats import MADE_APART, NAMED, Format
from services.feedback.places import SUBJECTS
from services.feedback.reports.model import Report
from shared.calendar import china_day
from shared.database.kept import document
from shared.events.packages import PACKAGE_PATTERN
from shared.forms import Form
from shared.identity.reading import REPORTS, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage
from shared.pages.cells import BLANK, Cells, day_cell, number_cell, time_cell
from shared.pages.chinese import NOTHING, time_text
from shared.pages.words import name_of
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.persons import Persons, persons
from shared.web.reading import reads
from shared.web.subjects import record_of
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PackageInPath = Annotated[str, Path(pattern=PACKAGE_PATTERN)]
OF_UNITS = {"单位": "", "反馈文件": "", "得分": "number", "名次": "number", "等次": ""}
OF_FORMER = {"文号": "", "报送": "tight", "签发": "", "退回理由": "wide", "补报理由": "wide"}
OF_PAPERS = {"材料": "", **{NAMED[one]: ON_SCREEN for one in MADE_APART}, "压缩包": ON_SCREEN}
MOST_UNITS, MOST_STEPS = 500, 100
SEALED = "含各单位年度反馈文件、文件清单（SM3）和签名"
UNASSESSED = Result()
CHECKED_AT = f"{PAGE}/check"
router = APIRouter(prefix=PAGE)


@router.get("/{package}", dependencies=[reads(REPORTS)])
async def package(here: Here, package: PackageInPath, edition: EditionAsked | None = None, sent: str = "") -> Response:
    """As it is now, or in a former edition."""
    return await _page(here, package, edition, await told_of(here.parts, here.who, sent))


@router.post("/{package}/{key}", response_model=None, dependencies=[reads(SENT)])
async def act(request: Request, here: Here, package: PackageInPath, key: str) -> Response:
    """What the organisation department does with it."""
    at = f"{PAGE}/{package}"
    found = await unless_away(document(here.parts.db, Package, package))
    addressee = found.addressee if found else here.who or ""
    sent = await submit_one_of(OF_PACKAGE, key, request, here, addressee, at, None, {"package": package})
    return await SUBJECTS.answered(sent, KEY, at, lambda again: _page(here, package, None, again=again))


async def found_for(here: Visit, package: str, edition: int | None) -> Package:
    """One that whoever looks may read something of."""
    found = await package_in(here.parts.db, package, edition)
    scope = here.reading.scope(REPORTS)
    if found is None or found.county != here.parts.settings.county:
        raise HTTPException(404)
    if scope is not None and scope.isdisjoint(one.organisation for one in found.reports):
        raise HTTPException(404)
    return found


async def _page(
    here: Visit, id: str, edition: int | None, told: Told | None = None, again: Again | None = None
) -> Response:
    one, now = await found_for(here, id, edition), await found_for(here, id, None)
    former = await former_editions(here.parts.db, now)
    at, is_now = f"{PAGE}/{id}", one.edition == now.edition
    forms = list(_forms(here, one)) if is_now else []
    known = await persons(here)
    may_all = here.reading.sees_all(REPORTS)
    papers = [_papers(one)] if may_all else []
    checked = (("核对", Cell("校验压缩包", CHECKED_AT)),) if may_all else ()
    boards = (
        *papers,
        await _units(here, one),
        *([_history(one, known, at)] if may_all else []),
        *([_former(former, known, at)] if may_all and is_now and former else []),
    )
    title = package_name(one.year) + ("" if is_now else "（原报送）")
    seen = SubjectPage(
        title,
        back=Cell("考核材料报送", PAGE),
        facts=(*_facts(here, one, known), *checked, *await record_of(here, one.submission)),
        boards=boards,
        steps=life(one),
    )
    return SUBJECTS.show(KEY, seen, offering(forms, at, None, told, again))


def _forms(here: Visit, one: Package) -> Iterator[Form]:
    """What its addressee may do with it now."""
    if here.who != here.roster.answering(one.addressee, here.now):
        return
    by_state = (
        (RECEIVE, (PackageState.SENT, PackageState.RETURNED)),
        (ADOPT, (PackageState.RECEIVED, PackageState.ADOPTED)),
        (RETURN, (PackageState.SENT, PackageState.RECEIVED)),
    )
    yield from (
        form for form, states in by_state if one.state in states and here.admits(form.submission, one.addressee)
    )


def _facts(here: Visit, one: Package, known: Persons) -> Iterator[tuple[str, Cell]]:
    yield "状态", Cell(state=state_of(here, one))
    yield "文号", Cell(one.number)
    yield "报送", time_cell(one.sent) if one.on_time else Cell(f"{time_text(one.sent)}，不在印发年度反馈的当日")
    yield "签发", Cell(known.called(one.signed_by, one.county, china_day(one.sent)))
    yield "收文单位", Cell(name_of(one.addressee, here.roster, here.today))
    if one.performance_weight is not None:
        yield "在绩效考核中的权重", number_cell(one.performance_weight, "%")
    if one.because:
        yield "补报理由", Cell(one.because)
    yield from _answered(one, known)


def _answered(one: Package, known: Persons) -> Iterator[tuple[str, Cell]]:
    """What its addressee did."""
    if one.state is PackageState.SENT:
        yield "签收期限", day_cell(one.due)
    if one.received:
        by = known.called(one.received_by, one.addressee, china_day(one.received)) if one.received_by else ""
        yield "签收", Cell(time_text(one.received), note=by)
    if one.returned:
        yield "退回理由", Cell(one.returned)
    if one.adopted_on:
        yield "采用", day_cell(one.adopted_on)
        yield "采用方式", Cell(one.counted)


def _papers(one: Package) -> Board:
    """Each in the formats that it is given in, and all in one archive."""
    at, of = f"{PAGE}/{one.id}", f"?edition={one.edition}"
    letter = [Cell("打开" if made is Format.PDF else "下载", f"{at}/letter.{made}{of}") for made in MADE_APART]
    lines = [
        (Cell("报送函和附表"), *letter, BLANK),
        (Cell("绩效考核数据"), BLANK, BLANK, Cell("下载", f"{at}/performance.xlsx{of}"), BLANK),
        (Cell("全部材料", note=SEALED), BLANK, BLANK, BLANK, Cell("下载", f"{at}.zip{of}")),
    ]
    shown, paging = lines_at_hand(lines, 1, Address(at), "项")
    return Board("材料", OF_PAPERS, shown, "", paging)


async def _units(here: Visit, one: Package) -> Board:
    """Of those whose reports whoever looks may read."""
    scope = here.reading.scope(REPORTS)
    mine = [each for each in one.reports if scope is None or each.organisation in scope]
    lines = [_unit(here, each) for each in await reports_in(here.parts.db, mine)]
    shown, paging = lines_at_hand(lines, 1, Address(f"{PAGE}/{one.id}"), "个", MOST_UNITS)
    return Board("考核结果", OF_UNITS, shown, "没有本单位可以查看的考核结果。", paging)


def _unit(here: Visit, report: Report) -> Cells:
    result = report.assessed or UNASSESSED
    explained = f"/feedback/assessments/{report.id}" if report.assessed else ""
    return (
        Cell(name_of(report.organisation, here.roster, here.today)),
        Cell(report.number, f"/feedback/reports/{report.id}"),
        points_cell(result.score, explained),
        rank_cell(result),
        grade_cell(result),
    )


def _history(one: Package, known: Persons, at: str) -> Board:
    lines = [
        (
            time_cell(step.at),
            Cell(STEPS[step.what]),
            Cell(known.called(step.by, _unit_of(one, step.what), china_day(step.at)) if step.by else NOTHING),
            Cell(step.note or NOTHING),
        )
        for step in reversed(one.steps)
    ]
    shown, paging = lines_at_hand(lines, 1, Address(at), "条", MOST_STEPS)
    return Board("办理过程", STEP_HEADS, shown, "", paging)


def _unit_of(one: Package, what: str) -> str:
    return one.addressee if what in BY_ADDRESSEE else one.county


def _former(former: list[Package], known: Persons, at: str) -> Board:
    lines = [
        (
            Cell(one.number, f"{at}?edition={one.edition}"),
            time_cell(one.sent),
            Cell(known.called(one.signed_by, one.county, china_day(one.sent))),
            Cell(one.returned or NOTHING),
            Cell(one.because or NOTHING),
        )
        for one in former
    ]
    shown, paging = lines_at_hand(lines, 1, Address(at), "项", MOST_STEPS)
    return Board("原报送", OF_FORMER, shown, "", paging)
