"""The board of rectifications (整改台账): by stage and township, the overdue first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from services.inspection.rectifications.lateness import is_overdue
from services.inspection.rectifications.model import OPEN, Rectification, Source, Stage
from services.inspection.rectifications.reads import Counts, Wanted, above
from shared.countys_own import in_own_words
from shared.events.vocabulary import OrganisationKind
from shared.pages.boards import Board, Cell, chosen
from shared.pages.cells import Cells, day_cell, due_cell
from shared.pages.chinese import NOTHING, SEVERITIES, grouped
from shared.pages.paging import Paging
from shared.pages.words import Choice, ShownState, name_of, of_the_county
from shared.roster.organisations import Roster, county_of

BOARD = "/inspection/rectifications"
STAGES = {
    Stage.OPENED: ShownState("待领办", ""),
    Stage.ACCEPTED: ShownState("整改中", ""),
    Stage.SENT_BACK: ShownState("退回重改", "warn"),
    Stage.SUBMITTED: ShownState("待核验", "warn"),
    Stage.VERIFIED: ShownState("已核验", "good"),
    Stage.CLOSED: ShownState("已销号", "good"),
}
"""In the order in which they are shown."""
STATES = {**STAGES, Stage.WITHDRAWN: ShownState("已撤销", "")}
"""What counts no more has no column: only its own page says so."""
LATE = ShownState("已逾期", "bad")
SOURCES = {Source.FINDING: "日常检查", Source.DOCUMENT: "反馈文件"}
HEADS = {
    "问题": "",
    "整改单位": "",
    "来源": "tight roomy",
    "所属": "tight roomy",
    "轻重": "tight roomy",
    "发现日期": "tight roomy",
    "整改期限": "tight",
    "环节": "",
}
EMPTY = "没有符合条件的整改事项。巡查发现问题、签收带整改意见的反馈文件后自动列入；也可以放宽筛选条件。"


@dataclass(frozen=True, slots=True)
class TownshipRow:
    """A township's numbers: overdue, then each stage."""

    name: str
    url: str
    overdue: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RectificationBoard:
    """What is filtered by, what is counted, and a page of the list."""

    title: str
    stages: tuple[Choice, ...]
    townships: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    organisation: Choice | None
    heads: tuple[str, ...]
    rows: tuple[TownshipRow, ...]
    list: Board


def board(
    wanted: Wanted, counted: Counts, found: Sequence[Rectification], under: Paging, roster: Roster, today: date
) -> RectificationBoard:
    """The board as asked for."""
    townships = _townships(roster, wanted.county, today)
    stages, areas, sources = _stages(wanted, counted), _areas(wanted, townships), _sources(wanted)
    organisation = _organisation(wanted, roster)
    lines = [line(one, wanted, roster, today) for one in found]
    narrowed = chosen(stages, areas, sources, (organisation,) if organisation else ())
    return RectificationBoard(
        title=_title(wanted, townships, roster),
        stages=stages,
        townships=areas,
        sources=sources,
        organisation=organisation,
        heads=("已逾期", *(state.word for state in STAGES.values())),
        rows=tuple(row(wanted, counted, code, name) for code, name in townships.items() if _has(counted, code)),
        list=Board("整改事项", HEADS, lines, EMPTY, under, stacks=False, narrowed=narrowed),
    )


def _townships(roster: Roster, county: str, today: date) -> dict[str, str]:
    """The county itself stands for those directly under it."""
    standing = ((one.id, one.on(today)) for one in roster if county_of(one.id) == county)
    named = {code: stood.name for code, stood in standing if stood and stood.kind is OrganisationKind.TOWNSHIP}
    return {county: of_the_county(), **named}


def _has(counted: Counts, above: str) -> bool:
    return any(code == above for code, _, _ in counted)


def row(wanted: Wanted, counted: Counts, above: str, name: str) -> TownshipRow:
    """How many of those under one township are overdue, and at each stage."""
    mine = {(stage, late): count for (code, stage, late), count in counted.items() if code == above}
    overdue = sum(count for (_, late), count in mine.items() if late)
    stages = (sum(mine.get((stage, late), 0) for late in (True, False)) for stage in STAGES)
    there = replace(wanted, township=above, organisation=None)
    return TownshipRow(name, url(there), grouped(overdue), tuple(grouped(count) for count in stages))


def line(one: Rectification, wanted: Wanted, roster: Roster, today: date) -> Cells:
    """A rectification in words: an open one by who answers for it today, one that is done by where it was found."""
    is_open = one.stage in OPEN
    whose = roster.answering(one.organisation, today) if is_open else one.organisation
    day = today if is_open else one.found
    over = above(whose, roster, today) if is_open else one.above
    found_at = name_of(one.organisation, roster, one.found)
    called = found_at if whose == one.organisation else f"{name_of(whose, roster, day)}（原{found_at}）"
    return (
        Cell(one.item, page_of(one.organisation, one.rectification), "重复发现" if one.repeats else ""),
        Cell(called, url(replace(wanted, organisation=whose, stage=None, overdue=None))),
        Cell(SOURCES[one.source]),
        Cell(of_the_county() if over == one.county else name_of(over, roster, day)),
        Cell(SEVERITIES[one.severity] if one.opinion is None else NOTHING),
        day_cell(one.found),
        due_cell(one.deadline, one.provisional),
        Cell(state=state(one, today)),
    )


def state(one: Rectification, today: date) -> ShownState:
    """The stage in a word; what is overdue says so first."""
    return LATE if is_overdue(one.stage, one.deadline, today) else STATES[one.stage]


def page_of(organisation: str, rectification: str) -> str:
    """The page of one rectification."""
    return f"{BOARD}/{organisation}/{rectification}"


def _title(wanted: Wanted, townships: dict[str, str], roster: Roster) -> str:
    if wanted.organisation:
        known = roster.organisation(wanted.organisation)
        return known.history[-1].name if known else wanted.organisation
    return townships.get(wanted.township, wanted.township) if wanted.township else in_own_words("全县")


def _stages(wanted: Wanted, counted: Counts) -> tuple[Choice, ...]:
    """Without a stage everything unfinished is listed; one organisation's are not counted."""
    every = replace(wanted, stage=None, overdue=None)

    def choice(word: str, there: Wanted, stages: Collection[Stage] | None) -> Choice:
        number = "" if wanted.organisation else grouped(_sum(counted, wanted, stages))
        return Choice(f"{word}{number}", url(there), there == wanted)

    return (
        choice("未销号", every, OPEN),
        choice(LATE.word, replace(every, overdue=True), None),
        *(choice(state.word, replace(every, stage=stage), (stage,)) for stage, state in STAGES.items()),
    )


def _sum(counted: Counts, wanted: Wanted, stages: Collection[Stage] | None) -> int:
    """Of some stages, or of what is overdue, in the county or township that is asked for."""
    return sum(
        count
        for (above, at, late), count in counted.items()
        if wanted.township in (None, above) and (late if stages is None else at in stages)
    )


def _areas(wanted: Wanted, townships: dict[str, str]) -> tuple[Choice, ...]:
    everywhere = replace(wanted, township=None, organisation=None)
    chosen = (
        Choice(name, url(replace(everywhere, township=code)), wanted.township == code)
        for code, name in townships.items()
    )
    return (Choice(in_own_words("全县"), url(everywhere), wanted.township is None), *chosen)


def _sources(wanted: Wanted) -> tuple[Choice, ...]:
    every = Choice("全部", url(replace(wanted, source=None)), wanted.source is None)
    chosen = (
        Choice(word, url(replace(wanted, source=source)), wanted.source is source) for source, word in SOURCES.items()
    )
    return (every, *chosen)


def _organisation(wanted: Wanted, roster: Roster) -> Choice | None:
    """The organisation that is filtered by; its address takes the filter away."""
    if wanted.organisation is None:
        return None
    return Choice(_title(wanted, {}, roster), url(replace(wanted, organisation=None)), True)


def url(wanted: Wanted, number: int = 1) -> str:
    """The board with these filters, from a page on."""
    asked = {
        "stage": wanted.stage,
        "township": wanted.township,
        "organisation": wanted.organisation,
        "overdue": "true" if wanted.overdue else None,
        "source": wanted.source,
        "page": number if number > 1 else None,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{BOARD}?{query}" if query else BOARD
