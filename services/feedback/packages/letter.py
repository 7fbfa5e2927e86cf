"""The letter of a package (报送函) with its tables, and the figures for performance: sheets of finished values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from services.feedback.assessment.result import Result
from services.feedback.assessment.words import GRADES, points_text
from services.feedback.packages.model import Package
from services.feedback.papers.sheet import (
    MOST_ROWS,
    Annex,
    Block,
    CellKind,
    Heading,
    Layout,
    Paragraph,
    Sheet,
    SheetCell,
    SheetRow,
    SheetTable,
)
from services.feedback.reports.model import Report, Required
from shared.calendar import china_day
from shared.dates import day_text
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pages.chinese import NOTHING
from shared.pages.words import kind_word

Called = Callable[[str], str]
Cells = tuple[SheetCell, ...]
UNASSESSED = Result()
OF_RESULTS = ("序号", "成员党组织", "类别", "得分", "等次", "同类名次")
OF_SHEETS = ("序号", "所在单位", "已归档（份）")
OF_OPINIONS = ("序号", "单位", "存在问题", "整改要求", "完成时限")
OF_PERFORMANCE = ("序号", "成员党组织", "考核得分", "在绩效考核中的权重（%）", "折算得分")


def letter(package: Package, reports: Sequence[Report], called: Called) -> Sheet:
    """As it was sent; `reports` are its documents as they were then."""
    title = (package.committee, f"关于报送{package.year}年度成员党组织及", "窗口党员考核结果的函")
    day = china_day(package.sent)
    office = f"{package.committee}办公室"
    return Sheet(
        id=package.id,
        report_kind=ReportKind.ANNUAL,
        period=str(package.year),
        organisation=package.county,
        layout=Layout.OFFICIAL,
        issuer=package.committee,
        number=package.number,
        title="".join(title),
        title_lines=title,
        to=f"{package.addressed}：",
        blocks=tuple(_said(package, reports)),
        annexes=tuple(_annexes(package, reports, called)),
        signed=package.committee,
        issued=day,
        contact=package.contact,
        printed_by=office,
        printed_on=day,
        made=package.sent,
    )


def performance(package: Package, reports: Sequence[Report]) -> Sheet:
    """The scores alone, as a table that others reckon with."""
    title = f"{package.year}年度成员党组织绩效考核数据"
    day = china_day(package.sent)
    return Sheet(
        id=package.id,
        report_kind=ReportKind.ANNUAL,
        period=str(package.year),
        organisation=package.county,
        layout=Layout.ELECTRONIC,
        issuer=package.committee,
        number=package.number,
        title=title,
        to=f"{package.addressed}：",
        blocks=_performance(package, reports).blocks,
        signed=package.committee,
        issued=day,
        made=package.sent,
    )


def _said(package: Package, reports: Sequence[Report]) -> Iterator[Block]:
    year = package.year
    yield Paragraph.of(f"现将{year}年度成员党组织考核结果、窗口党员考核与评议情况报送你部，请审核采用。")
    if package.because:
        yield Paragraph.of(f"此前报送的{year}年度考核材料以本次报送的为准。补报理由：{package.because.rstrip('。')}。")
    yield Heading(level=1, text="一、成员党组织考核")
    yield Paragraph.of(
        f"{len(reports)}个成员党组织的年度反馈文件已经签发，考核结果当日反馈各成员党组织。{graded(reports)}"
    )
    yield Heading(level=1, text="二、窗口党员考核与评议")
    filed = sum(one.filed for one in package.sheets)
    yield Paragraph.of(
        f"窗口党员双重考核、双重评议的考核评议表已归档{filed}份，按规定只供组织部门在系统中阅看，不随函附送。"
        if filed
        else "本年度没有已归档的窗口党员考核评议表。"
    )
    yield Heading(level=1, text="三、整改意见")
    count = sum(len(one.required) for one in reports)
    given = f"提出有完成时限的整改意见{count}条，列入整改台账督办。" if count else "没有提出有完成时限的整改意见。"
    yield Paragraph.of(f"年度反馈{given}")


def graded(reports: Sequence[Report]) -> str:
    """其中优秀8个、良好20个。; nothing where none was assessed."""
    grades = Counter(one.assessed.grade for one in reports if one.assessed and one.assessed.grade)
    said = "、".join(f"{GRADES[grade].word}{grades[grade]}个" for grade in GRADES if grades[grade])
    return f"其中{said}。" if said else ""


def _annexes(package: Package, reports: Sequence[Report], called: Called) -> Iterator[Annex]:
    year, results = package.year, map(_result, _by_place(reports))
    yield _annex(f"{year}年度成员党组织考核结果一览表", OF_RESULTS, (3, 12, 7, 5, 5, 6), results)
    sheets = [(_words(called(one.organisation)), _number(str(one.filed))) for one in package.sheets]
    yield _annex(f"{year}年度窗口党员考核与评议汇总表", OF_SHEETS, (2, 18, 7), sheets)
    asked = [_opinion(report, one) for report in reports for one in report.required]
    yield _annex(f"{year}年度整改意见清单", OF_OPINIONS, (3, 9, 11, 11, 9), asked)
    yield _performance(package, reports)


def _by_place(reports: Sequence[Report]) -> list[Report]:
    """Each kind by itself, by place; who was not assessed last."""
    return sorted(reports, key=lambda one: (one.organisation_kind, _of(one).rank or len(reports) + 1, one.organisation))


def _of(report: Report) -> Result:
    return report.assessed or UNASSESSED


def _result(report: Report) -> Cells:
    result = _of(report)
    grade = GRADES[result.grade].word if result.grade else NOTHING
    rank = NOTHING if result.rank is None else f"{result.rank}/{result.among}"
    return (
        _words(report.name),
        _words(kind_word(OrganisationKind(report.organisation_kind))),
        _number(points_text(result.score)),
        _words(grade),
        _words(rank),
    )


def _opinion(report: Report, one: Required) -> Cells:
    due = SheetCell(text=day_text(one.finish_by), kind=CellKind.DAY, day=one.finish_by)
    return _words(report.name), _words(one.problem), _words(one.requirement), due


def _performance(package: Package, reports: Sequence[Report]) -> Annex:
    """A score of 8750 hundredths with a weight of 20 % is worth 17.50 points."""
    weight = package.performance_weight

    def line(report: Report) -> Cells:
        score = _of(report).score
        worth = None if score is None or weight is None else (score * weight + 50) // 100
        weighs = _number(NOTHING if weight is None else str(weight))
        return _words(report.name), _number(points_text(score)), weighs, _number(points_text(worth))

    return _annex(f"{package.year}年度绩效考核数据", OF_PERFORMANCE, (3, 14, 6, 11, 6), map(line, _by_place(reports)))


def _annex(title: str, heads: tuple[str, ...], widths: tuple[int, ...], lines: Iterable[Cells]) -> Annex:
    """As many tables as it takes; where there is nothing to list, a sentence."""
    rows = [SheetRow(cells=(_number(str(n)), *cells)) for n, cells in enumerate(lines, 1)]
    tables = tuple(
        SheetTable(caption=title, heads=heads, widths=widths, rows=tuple(rows[first : first + MOST_ROWS]))
        for first in range(0, len(rows), MOST_ROWS)
    )
    return Annex(title=title, blocks=tables or (Paragraph.of("无。"),))


def _words(text: str) -> SheetCell:
    return SheetCell(text=text)


def _number(said: str) -> SheetCell:
    return SheetCell(text=said, kind=CellKind.NUMBER, value=None if said == NOTHING else float(said))
