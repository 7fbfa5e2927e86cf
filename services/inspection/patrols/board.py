"""A day's checks and patrols by plan, township and patroller, what is open, and the plans in force, for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.inspection.patrols.chart import measure_texts, rates_chart
from services.inspection.patrols.measures import DueLine, Five, by, five
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from shared.calendar import is_working_day
from shared.countys_own import in_own_words
from shared.dates import WEEKDAYS
from shared.events.vocabulary import PatrolKind, Patroller, Rhythm
from shared.pages.boards import Cell
from shared.pages.cells import Cells
from shared.pages.charts import Chart
from shared.pages.chinese import NOTHING, PATROLS, day_text, grouped
from shared.pages.words import acting_name, name_of, of_the_county
from shared.roster.organisations import Roster

WORKING_DAYS = 20
"""In the chart."""
PATROLLERS = {Patroller.SELF: "自查", Patroller.ABOVE: "上级单位", Patroller.OFFICE: "大厅"}
AS_USUAL = {PatrolKind.STATION: "自查", PatrolKind.CAMPAIGN: "站点自查，窗口由大厅巡查"}
SELF = "自查"
AT_A_GLANCE = 20
"""Places that are open, beyond which they are folded by township."""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """The five measures of a plan, a township or a patroller in words; `level` is good when all is done."""

    name: str
    url: str
    note: str
    expected: str
    done: str
    rate: str
    on_time: str
    rate_on_time: str
    level: str


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A place that is due and was not looked at, and who is to look at it."""

    name: str
    patroller: str
    plan: str
    until: str


@dataclass(frozen=True, slots=True)
class OpenPlaces:
    """Those of a township, or of the county itself; folded while there are more than are read at a glance."""

    name: str
    lines: tuple[OpenLine, ...]
    is_unfolded: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in force."""

    name: str
    patrol: str
    by: str
    rhythm: str
    scope: str
    checklist: str
    until: str
    silent: str
    since: str


@dataclass(frozen=True, slots=True)
class DayBoard:
    """The whole page of a day."""

    title: str
    day: str
    lead: str
    before: str
    after: str
    plans: tuple[MeasureLine, ...]
    self_checks: tuple[MeasureLine, ...]
    patrols: tuple[MeasureLine, ...]
    patroller: str
    all: str
    open: tuple[OpenPlaces, ...]
    in_force: tuple[PlanLine, ...]
    chart: Chart | None


def board(
    day: date,
    lines: Sequence[DueLine],
    plans: PatrolPlans,
    checklists: Iterable[Checklist],
    roster: Roster,
    patroller: str | None = None,
) -> DayBoard:
    """`lines` are those of the last working days, the day's own among them; with a patroller only what is its own."""
    lines = [line for line in lines if patroller in (None, line.patroller)]
    today = [line for line in lines if line.day == day]
    return DayBoard(
        title=day_text(day),
        day=day.isoformat(),
        lead=_lead(day, today),
        before=url(_working_day(day, -1), patroller),
        after=url(_working_day(day, 1), patroller),
        plans=tuple(_by_plan(today)),
        self_checks=tuple(_by_township([line for line in today if line.is_self_check], roster, day)),
        patrols=tuple(_by_patroller([line for line in today if not line.is_self_check], roster, day)),
        patroller=acting_name(patroller, roster, day) if patroller else "",
        all=url(day),
        open=tuple(_open([line for line in today if not line.done], roster, day)),
        in_force=tuple(plan_line(plan, checklists, roster, day) for plan in plans.on(day).values()),
        chart=rates_chart(days) if (days := _by_day(day, lines)) else None,
    )


def first_day(day: date) -> date:
    """The first of the working days that the chart shows up to a day."""
    for _ in range(WORKING_DAYS - is_working_day(day)):
        day = _working_day(day, -1)
    return day


def url(day: date, patroller: str | None = None) -> str:
    """The page of a day, or what one organisation is to do on it."""
    return f"/inspection/patrols?day={day}" + (f"&patroller={patroller}" if patroller else "")


def _working_day(day: date, step: int) -> date:
    """The next working day, or with -1 the last one before."""
    day += timedelta(days=step)
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


def _lead(day: date, today: Sequence[DueLine]) -> str:
    if not today:
        return "当日没有应当完成的自查和巡查。" if is_working_day(day) else "当日不是工作日，没有应当完成的自查和巡查。"
    own = five(line for line in today if line.is_self_check)
    others = five(line for line in today if not line.is_self_check)
    return "".join(_of_kind(word, m) for word, m in (("自查", own), ("巡查", others)) if m.expected)


def _of_kind(word: str, m: Five) -> str:
    return f"{word}应查{grouped(m.expected)}处，已查{grouped(m.done)}处，其中按时{grouped(m.on_time)}处。"


def _by_day(day: date, lines: Sequence[DueLine]) -> dict[date, Five]:
    """Only the daily patrols: they are due every day, so that days compare."""
    found = by(lambda line: line.day, [line for line in lines if line.plan.rhythm is Rhythm.DAILY])
    return {when: found[when] for when in sorted(found) if when <= day}


def _by_plan(today: Sequence[DueLine]) -> Iterable[MeasureLine]:
    plans = {line.plan.plan: line.plan for line in today}
    for slug, measures in by(lambda line: line.plan.plan, today).items():
        yield _line(plans[slug].name, measures, f"{rhythm_text(plans[slug])}，应查日{plans[slug].until}前为按时")


def _by_township(today: Sequence[DueLine], roster: Roster, day: date) -> Iterable[MeasureLine]:
    found = by(lambda line: line.township, today)
    for code in sorted(found, key=lambda code: (not code, code)):
        yield _line(name_of(code, roster, day) if code else of_the_county(), found[code])


def _by_patroller(today: Sequence[DueLine], roster: Roster, day: date) -> Iterable[MeasureLine]:
    found = by(lambda line: line.patroller, today)
    for code in sorted(found):
        yield _line(acting_name(code, roster, day), found[code], url=url(day, code))


def _line(name: str, m: Five, note: str = "", url: str = "") -> MeasureLine:
    return MeasureLine(name, url, note, *measure_texts(m), level="good" if m.done == m.expected else "warn")


def _open(left: Sequence[DueLine], roster: Roster, day: date) -> Iterable[OpenPlaces]:
    for code in sorted({line.township for line in left}, key=lambda code: (not code, code)):
        lines = tuple(_open_line(line, roster) for line in left if line.township == code)
        yield OpenPlaces(name_of(code, roster, day) if code else of_the_county(), lines, len(left) <= AT_A_GLANCE)


DUE_HEADS = {"名称": "", "乡镇（街道）": "", "由谁检查": "", "巡查计划": "", "按时截止": "", "情况": ""}


def due_cells(line: DueLine, roster: Roster) -> Cells:
    """A place that is due on a day as a table has it."""
    said, above = (
        _open_line(line, roster),
        name_of(line.township, roster, line.day) if line.township else of_the_county(),
    )
    how = "按时" if line.on_time else "已查，未按时" if line.done else "未查"
    return tuple(Cell(text) for text in (said.name, above, said.patroller, said.plan, said.until, how))


def _open_line(line: DueLine, roster: Roster) -> OpenLine:
    patroller = SELF if line.is_self_check else acting_name(line.patroller, roster, line.day)
    return OpenLine(name_of(line.organisation, roster, line.day), patroller, line.plan.name, line.plan.until)


def plan_line(plan: PatrolPlan, checklists: Iterable[Checklist], roster: Roster, day: date) -> PlanLine:
    """A plan with the version of its checklist that is in force on a day."""
    versions = {one.checklist: version for one in checklists if (version := one.on(day))}
    version = versions.get(plan.checklist or "")
    return PlanLine(
        name=plan.name,
        patrol=PATROLS[plan.patrol],
        by=PATROLLERS[plan.by] if plan.by else AS_USUAL.get(plan.patrol, "大厅"),
        rhythm=rhythm_text(plan),
        scope=name_of(plan.scope, roster, day),
        checklist=f"{version.name}（第{version.version}版）" if version else NOTHING,
        until=plan.until,
        silent=f"{plan.silent_after_days}个工作日",
        since=in_own_words("县启用本系统之日") if plan.effective_from == date.min else day_text(plan.effective_from),
    )


def rhythm_text(plan: PatrolPlan) -> str:
    """每个工作日, 每周五, or the days from which and to which a campaign lasts."""
    if plan.rhythm is Rhythm.WEEKLY:
        return f"每周{WEEKDAYS[(plan.weekday or 1) - 1]}"
    if plan.rhythm is Rhythm.CAMPAIGN and plan.effective_to:
        return f"{day_text(plan.effective_from)}至{day_text(plan.effective_to)}"
    return "每个工作日"
