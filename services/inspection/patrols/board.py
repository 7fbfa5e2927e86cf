"""A day's patrols by plan and by township, who is still to be patrolled, and the plans in force, as a page has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.inspection.patrols.chart import measure_texts, rates_chart
from services.inspection.patrols.measures import DueLine, Five, by, five
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from shared.calendar import is_working_day
from shared.events.vocabulary import Rhythm
from shared.pages.charts import Chart
from shared.pages.chinese import NOTHING, PATROLS, day_text, grouped
from shared.pages.words import name_of
from shared.roster.organisations import Roster

WORKING_DAYS = 20
"""In the chart."""
WEEKDAYS = "一二三四五六日"
OF_THE_COUNTY = "县直部门"


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """The five measures of a plan or a township in words; `level` is good when all is done."""

    name: str
    note: str
    expected: str
    done: str
    rate: str
    on_time: str
    rate_on_time: str
    level: str


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A place that is due and not patrolled."""

    name: str
    township: str
    plan: str
    until: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in force."""

    name: str
    patrol: str
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
    townships: tuple[MeasureLine, ...]
    open: tuple[OpenLine, ...]
    in_force: tuple[PlanLine, ...]
    chart: Chart


def board(
    day: date, lines: Sequence[DueLine], plans: PatrolPlans, checklists: Iterable[Checklist], roster: Roster
) -> DayBoard:
    """`lines` are those of the last working days, the day's own among them."""
    today = [line for line in lines if line.day == day]
    return DayBoard(
        title=day_text(day),
        day=day.isoformat(),
        lead=_lead(day, five(today)),
        before=url(_working_day(day, -1)),
        after=url(_working_day(day, 1)),
        plans=tuple(_by_plan(today)),
        townships=tuple(_by_township(today, roster, day)),
        open=tuple(_open(line, roster) for line in today if not line.done),
        in_force=tuple(_plan(plan, checklists, roster, day) for plan in plans.on(day).values()),
        chart=rates_chart(_by_day(day, lines)),
    )


def first_day(day: date) -> date:
    """The first of the working days that the chart shows up to a day."""
    for _ in range(WORKING_DAYS - is_working_day(day)):
        day = _working_day(day, -1)
    return day


def url(day: date) -> str:
    """The page of a day."""
    return f"/inspection/patrols?day={day}"


def _working_day(day: date, step: int) -> date:
    """The next working day, or with -1 the last one before."""
    day += timedelta(days=step)
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


def _lead(day: date, today: Five) -> str:
    if not today.expected:
        return "当日没有应当完成的巡查。" if is_working_day(day) else "当日不是工作日，没有应当完成的巡查。"
    return f"应巡{grouped(today.expected)}处，已巡{grouped(today.done)}处，其中按时{grouped(today.on_time)}处。"


def _by_day(day: date, lines: Sequence[DueLine]) -> dict[date, Five]:
    """Only the daily patrols: they are due every day, so that days compare."""
    found = by(lambda line: line.day, [line for line in lines if line.plan.rhythm is Rhythm.DAILY])
    return {when: found[when] for when in sorted(found) if when <= day}


def _by_plan(today: Sequence[DueLine]) -> Iterable[MeasureLine]:
    plans = {line.plan.plan: line.plan for line in today}
    for slug, measures in by(lambda line: line.plan.plan, today).items():
        yield _line(plans[slug].name, f"{rhythm_text(plans[slug])}，应巡日{plans[slug].until}前为按时", measures)


def _by_township(today: Sequence[DueLine], roster: Roster, day: date) -> Iterable[MeasureLine]:
    found = by(lambda line: line.township, today)
    for code in sorted(found, key=lambda code: (not code, code)):
        yield _line(name_of(code, roster, day) if code else OF_THE_COUNTY, "", found[code])


def _line(name: str, note: str, m: Five) -> MeasureLine:
    return MeasureLine(name, note, *measure_texts(m), level="good" if m.done == m.expected else "warn")


def _open(line: DueLine, roster: Roster) -> OpenLine:
    township = name_of(line.township, roster, line.day) if line.township else OF_THE_COUNTY
    return OpenLine(name_of(line.organisation, roster, line.day), township, line.plan.name, line.plan.until)


def _plan(plan: PatrolPlan, checklists: Iterable[Checklist], roster: Roster, day: date) -> PlanLine:
    versions = {one.checklist: version for one in checklists if (version := one.on(day))}
    version = versions.get(plan.checklist or "")
    return PlanLine(
        name=plan.name,
        patrol=PATROLS[plan.patrol],
        rhythm=rhythm_text(plan),
        scope=name_of(plan.scope, roster, day),
        checklist=f"{version.name}（第{version.version}版）" if version else NOTHING,
        until=plan.until,
        silent=f"{plan.silent_after_days}个工作日",
        since="县启用本系统之日" if plan.effective_from == date.min else day_text(plan.effective_from),
    )


def rhythm_text(plan: PatrolPlan) -> str:
    """每个工作日, 每周五, or the days from which and to which a campaign lasts."""
    if plan.rhythm is Rhythm.WEEKLY:
        return f"每周{WEEKDAYS[(plan.weekday or 1) - 1]}"
    if plan.rhythm is Rhythm.CAMPAIGN and plan.effective_to:
        return f"{day_text(plan.effective_from)}至{day_text(plan.effective_to)}"
    return "每个工作日"
