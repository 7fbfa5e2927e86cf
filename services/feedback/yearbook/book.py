"""The sheet of a year book: in each chapter the year's figures beside those of the year before, and a picture by month.

What has no figure is left out; a chapter that has none says so, so that its number is the same in every year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.feedback.assessment.model import Assessed
from services.feedback.assessment.pages import PAGE as ASSESSMENTS
from services.feedback.assessment.words import grade_state, points_text
from services.feedback.facts.address import facts_url
from services.feedback.measures.catalogue import measure_named, number
from services.feedback.measures.rows import HONOURS, Row, Section, is_silent, sections
from services.feedback.measures.words import text, unit
from services.feedback.papers.drawing_up import NUMERALS
from services.feedback.papers.sheet import (
    MOST_ROWS,
    Annex,
    Block,
    CellKind,
    Heading,
    Layout,
    Paragraph,
    Series,
    Sheet,
    SheetCell,
    SheetChart,
    SheetRow,
    SheetTable,
)
from services.feedback.papers.tables import number_of
from services.feedback.reports import periods
from services.feedback.yearbook.chapters import CHAPTERS, DRAWN, LAST, Chapter
from services.feedback.yearbook.reading import CountyYear, Honour
from shared.countys_own import in_own_words, own
from shared.events.vocabulary import Catalogue, ReportKind
from shared.pages.chinese import NOTHING, time_text
from shared.pages.words import kind_word

EMPTY = "没有这方面的数据。"
NOT_APPROVED = "没有审定的考核结果。"
HOW_COUNTED = (
    "注：各项数据为全县合计，按事项发生的日期统计；各项率和平均数按合计数计算，不是各单位的平均；没有数据的项目不列。"
)
ONLY_OWN = "考核结果和获奖人员只列本单位可以查看的。"


def sheet_of_year(book: CountyYear) -> Sheet:
    """The whole of it; it is addressed to nobody, and bears no number."""
    title = f"年鉴（{book.year}年）"
    return Sheet(
        id=f"yearbook-{book.year}",
        report_kind=ReportKind.ANNUAL,
        period=book.year,
        organisation=book.county,
        layout=Layout.ELECTRONIC,
        issuer=book.committee,
        title=book.committee + title,
        title_lines=(title,),
        to="",
        blocks=tuple(_blocks(book)),
        annexes=(_by_month(book),) if _has_months(book) else (),
        signed=f"{book.committee}办公室",
        as_of=time_text(book.at),
        made=book.at,
    )


def is_empty(book: CountyYear) -> bool:
    """Whether the year has nothing to tell yet."""
    return is_silent(book.now) and not book.results and not book.honours


def _blocks(book: CountyYear) -> Iterator[Block]:
    yield Paragraph.of(_opening(book))
    before = {} if is_silent(book.before) else book.before
    parts = tuple((one.name, one.measures) for one in CHAPTERS)
    found = {one.name: one for one in sections(book.now, before, {}, among=parts)}
    for numeral, chapter in zip(NUMERALS, CHAPTERS, strict=False):
        yield Heading(level=1, text=f"{numeral}、{chapter.name}")
        if chapter is LAST:
            yield from _last(book, found.get(chapter.name), found.get(HONOURS))
        else:
            yield from _chapter(book, chapter, found.get(chapter.name))
    yield Paragraph.of(in_own_words(HOW_COUNTED) + ("" if book.is_whole else ONLY_OWN), is_note=True)


def _opening(book: CountyYear) -> str:
    """Of a year that is not over its figures are those up to now."""
    until = f"{book.year}年尚未结束，数据截至{time_text(book.at)}。"
    whole = f"数据截至{time_text(book.at)}；以后补报、更正的，计入{book.year}年。"
    beside = "" if is_silent(book.before) else "，并与上年对照"
    return f"本年鉴汇集{book.year}年联合党委工作的数据{beside}。" + (whole if book.is_over else until)


def _chapter(book: CountyYear, chapter: Chapter, section: Section | None) -> Iterator[Block]:
    if section is None:
        yield Paragraph.of(EMPTY)
        return
    yield _figures(book, section)
    yield from _picture(book, chapter)


def _figures(book: CountyYear, section: Section) -> SheetTable:
    """Beside the year before, unless nothing happened in that."""
    years = (book.year,) if is_silent(book.before) else (book.year, periods.before(book.year))
    return SheetTable(
        caption=f"{book.year}年{section.name}",
        heads=("指标", "单位", *(f"{one}年" for one in years)),
        widths=(7, 2, *(10 // len(years) for _ in years)),
        rows=tuple(_row(book, row, years) for row in section.rows),
    )


def _row(book: CountyYear, row: Row, years: Sequence[str]) -> SheetRow:
    values = zip((row.now, row.before), years, strict=False)
    return SheetRow(
        cells=(
            SheetCell(text=row.name),
            SheetCell(text=row.unit),
            *(_cell(book, row, said, year) for said, year in values),
        )
    )


def _cell(book: CountyYear, row: Row, said: str, year: str) -> SheetCell:
    """It leads to its facts whoever may see them."""
    link = facts_url(book.county, row.measure, year) if book.leads_to_facts and said != NOTHING else ""
    if row.is_spread:
        return SheetCell(text=said, link=link)
    return SheetCell(text=said, kind=CellKind.NUMBER, value=number_of(said), link=link)


def _picture(book: CountyYear, chapter: Chapter) -> Iterator[SheetChart]:
    """None of what did not happen all year."""
    of_months = {
        name: tuple(
            number(book.months[month][name]) if month in book.months else None for month in periods.months_of(book.year)
        )
        for name in chapter.drawn
    }
    highest = max((value for values in of_months.values() for value in values if value), default=0)
    if highest:
        called = "、".join(f"{measure_named(name).zh}（{unit(measure_named(name))}）" for name in chapter.drawn)
        yield SheetChart(
            title=f"{book.year}年各月{called}",
            categories=tuple(map(periods.short, periods.months_of(book.year))),
            series=tuple(Series(name=measure_named(name).zh, values=values) for name, values in of_months.items()),
            most=axis_end(highest),
        )


def axis_end(highest: float) -> int:
    """The least of 4, 8, 20, 40, 80, 200 and so on that is not below the highest: four steps in round numbers."""
    power = 1
    while 20 * power < highest:
        power *= 10
    return next(end * power for end in (4, 8, 20) if end * power >= highest)


def _last(book: CountyYear, documents: Section | None, awards: Section | None) -> Iterator[Block]:
    """反馈与考核: how documents went out and were answered, what units came to, who was honoured."""
    yield Heading(level=2, text="（一）反馈文件")
    yield _figures(book, documents) if documents else Paragraph.of(EMPTY)
    yield Heading(level=2, text="（二）考核结果")
    yield from _results(book.year, book.results)
    yield Heading(level=2, text="（三）荣誉")
    yield _figures(book, awards) if awards else Paragraph.of(EMPTY)
    yield from _honours(book.year, book.honours)


def _results(year: str, results: Sequence[Assessed]) -> Iterator[Block]:
    """By kind and place; units without a figure, which have no place, stand last of their kind."""
    ranked = sorted(results, key=lambda one: (one.organisation_kind, one.result.rank is None, one.result.rank or 0))
    lines = [
        SheetRow(
            cells=(
                SheetCell(text=one.name, link=f"{ASSESSMENTS}/{one.id}"),
                SheetCell(text=kind_word(one.organisation_kind)),
                _number(points_text(one.result.score)),
                _number(NOTHING if one.result.rank is None else str(one.result.rank)),
                SheetCell(text=grade_state(one.result).word + ("（一票否决）" if one.result.is_vetoed else "")),
            )
        )
        for one in ranked
    ]
    heads, widths = ("单位", "类别", "得分", "名次", "等次"), (7, 3, 3, 2, 5)
    yield from _in_parts(f"{year}年考核结果", heads, widths, lines) if lines else (Paragraph.of(NOT_APPROVED),)


def _honours(year: str, honours: Sequence[Honour]) -> Iterator[SheetTable]:
    lines = [
        SheetRow(
            cells=(
                SheetCell(text=own().entry(Catalogue.AWARD, one.award).name),
                SheetCell(text=one.receiver),
                SheetCell(text=one.unit),
            )
        )
        for one in honours
    ]
    yield from _in_parts(f"{year}年获奖人员和单位", ("荣誉", "获得者", "单位"), (6, 4, 8), lines)


def _in_parts(
    caption: str, heads: tuple[str, ...], widths: tuple[int, ...], lines: Sequence[SheetRow]
) -> Iterator[SheetTable]:
    """A list in as many tables as it takes."""
    for start in range(0, len(lines), MOST_ROWS):
        rows = tuple(lines[start : start + MOST_ROWS])
        yield SheetTable(caption=caption + ("（续）" if start else ""), heads=heads, widths=widths, rows=rows)


def _has_months(book: CountyYear) -> bool:
    return any(number(one[name]) for one in book.months.values() for name in DRAWN)


def _by_month(book: CountyYear) -> Annex:
    """The numbers that are drawn, in words for whoever does not see pictures."""
    title = f"{book.year}年各月主要数据"
    heads = (f"{measure_named(name).zh}（{unit(measure_named(name))}）" for name in DRAWN)
    rows = (
        SheetRow(
            cells=(
                SheetCell(text=periods.short(month)),
                *(_number(text(name, measures[name])) for name in DRAWN),
            )
        )
        for month, measures in book.months.items()
    )
    table = SheetTable(caption=title, heads=("月份", *heads), widths=(2, *(3 for _ in DRAWN)), rows=tuple(rows))
    return Annex(title=title, blocks=(table,))


def _number(said: str) -> SheetCell:
    return SheetCell(text=said, kind=CellKind.NUMBER, value=number_of(said))
