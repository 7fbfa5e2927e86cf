"""Drafts whose figures have changed since they were drafted: which figures, and how many facts came late for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from services.feedback.documents.model import Draft
from services.feedback.facts.address import facts_url
from services.feedback.facts.late import late_facts
from services.feedback.facts.reads import drawn_up
from services.feedback.reports import periods
from services.feedback.reports.changes import NOW, Change, ChangedReport, ShownChange, shown
from services.feedback.reports.rereading import Rereading
from shared.pages.boards import Board, Cell
from shared.pages.cells import Cells, number_cell
from shared.pages.words import names_on
from shared.web.boards import Address, lines_at_hand
from shared.web.visit import Visit

HEADS = {"单位": "", "指标": "", "数据期次": "tight", "文稿所列": "number", "现在": "number", "补报": "number"}
MOST = 1000
"""Figures that changed: a committee has some thirty units with some thirty figures each."""


async def outdated_board(here: Visit, reread: Rereading, drafts: Sequence[Draft], address: Address) -> Board | None:
    """Of drafts of one period that wait, line by line what keeps them from being reviewed or signed; None of none."""
    found = await reread.drafted([one.report for one in drafts])
    if not found:
        return None
    lines = [line for one in found for line in await _lines(here, one)]
    shown_lines, paging = lines_at_hand(lines, 1, address, "项", MOST, "outdated")
    note = f"{len(found)}个单位的文稿生成后又有补报，重新生成后才能核稿、签发；点补报项数查看每一项。"
    return Board("生成后数据有变化", HEADS, shown_lines, "", paging, note=note)


async def _lines(here: Visit, one: ChangedReport) -> list[Cells]:
    report, called = one.report, names_on(here.roster, periods.last_day(one.report.period))
    since = await drawn_up(here.parts.db, here.parts.settings.county, report)
    late: dict[str, Counter[str]] = {}
    for period in {_period(one, change) for change in one.changes}:
        late[period] = await late_facts(here.parts.db, report.organisation, period, since) if since else Counter()
    said = shown(report, one.changes, called)
    return [_line(one, change, words, late) for change, words in zip(one.changes, said, strict=True)]


def _period(one: ChangedReport, change: Change) -> str:
    """What is printed beside a period is of the one before."""
    return one.report.period if change.of == NOW else periods.before(one.report.period)


def _line(one: ChangedReport, change: Change, words: ShownChange, late: dict[str, Counter[str]]) -> Cells:
    period = _period(one, change)
    count, url = late[period][change.measure], facts_url(one.report.organisation, change.measure, period)
    return (
        Cell(one.report.name, f"/feedback/drafts/{one.report.id}"),
        Cell(words.name),
        Cell(periods.in_chinese(period)),
        Cell(f"{words.old}{words.unit}"),
        Cell(f"{words.new}{words.unit}"),
        number_cell(count, "项", url) if count else Cell("查看", url),
    )
