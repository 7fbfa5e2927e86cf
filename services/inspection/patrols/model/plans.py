"""What is kept of patrol plans: their dated history, from which follows who is due on which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import ClassVar

from services.inspection.patrols.model.patrollers import patroller_of
from services.inspection.patrols.model.scopes import lies_in
from shared.calendar import CHINA, is_working_day
from shared.database.documents import Document
from shared.events.vocabulary import HALL_PATROL, PatrolKind, Patroller, Rhythm
from shared.part import KeptPart
from shared.roster.organisations import Roster, Standing

FRIDAY = 5


class PatrolPlan(KeptPart):
    """A plan as it was adopted, in force from a day on until its last day or until another follows it."""

    plan: str
    name: str
    patrol: PatrolKind
    rhythm: Rhythm
    weekday: int | None = None
    scope: str
    checklist: str | None = None
    until: str
    silent_after_days: int
    effective_from: date
    effective_to: date | None = None
    by: Patroller | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the plan covers a day; whether another has followed it is not known here."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def falls_due(self, day: date) -> bool:
        """Whether this is the day on which its places are due."""
        match self.rhythm:
            case Rhythm.DAILY:
                return is_working_day(day)
            case Rhythm.WEEKLY:
                return day == self._due_within(week_of(day))
            case Rhythm.CAMPAIGN:
                return day == self.last_working_day()

    def _due_within(self, week: list[date]) -> date | None:
        """The weekday, moved to the week's last working day when it is none; a week without any has no due day."""
        working = [day for day in week if is_working_day(day)]
        wanted = week[(self.weekday or 1) - 1]
        return wanted if wanted in working else max(working, default=None)

    def plain_due_day(self, day: date) -> date | None:
        """When it would be due around a day if no day off were ever moved."""
        match self.rhythm:
            case Rhythm.DAILY:
                return day
            case Rhythm.WEEKLY:
                return week_of(day)[min(self.weekday or 1, FRIDAY) - 1]
            case Rhythm.CAMPAIGN:
                last = self.effective_to or self.effective_from
                return min(last, week_of(last)[FRIDAY - 1])

    def last_working_day(self) -> date | None:
        """Of a plan that ends; None when no day of it is a working day."""
        day = self.effective_to or self.effective_from
        while day >= self.effective_from:
            if is_working_day(day):
                return day
            day -= timedelta(days=1)
        return None

    def deadline(self, due: date) -> datetime:
        """The moment by which a patrol is on time, that minute included."""
        return _end_of_minute(due, self.until)

    def covers(self, code: str, roster: Roster, day: date) -> bool:
        """Whether a place is patrolled by this plan, as far as others do not take its place."""
        standing = roster.standing(code, day)
        return standing is not None and self._is_meant(standing) and lies_in(self.scope, code, roster, day)

    def _is_meant(self, standing: Standing) -> bool:
        match self.patrol:
            case PatrolKind.FACILITY:
                return standing.holds(HALL_PATROL)
            case PatrolKind.CAMPAIGN:
                return standing.patrolled is not None
            case kind:
                return standing.patrolled is kind

    def is_like(self, other: PatrolPlan) -> bool:
        """Whether both ask the same of the same: what is done daily, or by one checklist, is done once."""
        is_once = {Rhythm.DAILY: True, Rhythm.WEEKLY: self.checklist == other.checklist}.get(self.rhythm, False)
        return is_once and (self.patrol, self.rhythm, self.by) == (other.patrol, other.rhythm, other.by)

    def places(self, roster: Roster, day: date) -> tuple[str, ...]:
        """Every place that it patrols, by code."""
        return tuple(one.id for one in roster if self.covers(one.id, roster, day))

    def patroller(self, place: str, roster: Roster, day: date) -> str:
        """Who patrols a place."""
        return patroller_of(self.by, place, roster, day)

    def counts_where(self, submitter: str, day: date) -> str:
        """By whom and in which month a look counts; within one day there is but one of both."""
        return "" if self.rhythm is Rhythm.DAILY else f"{submitter}/{day:%Y-%m}"

    def round_id(self, county: str, day: date) -> str:
        """Under which its patrols of a day are kept: a day's, a week's, or all of a campaign."""
        match self.rhythm:
            case Rhythm.DAILY:
                return day_id(county, day)
            case Rhythm.WEEKLY:
                return week_id(county, self.plan, day)
            case Rhythm.CAMPAIGN:
                return campaign_id(county, self.plan)


class PatrolPlans(Document):
    """The plans of one county in the order in which they were adopted; looked up by day."""

    collection: ClassVar[str] = "patrol_plans"

    history: tuple[PatrolPlan, ...]

    def on(self, day: date) -> dict[str, PatrolPlan]:
        """The plans in force on a day, by slug; of several the one that began last, of those the one adopted last."""
        begun: dict[str, PatrolPlan] = {}
        for plan in self.history:
            before = begun.get(plan.plan)
            if plan.effective_from <= day and (before is None or before.effective_from <= plan.effective_from):
                begun[plan.plan] = plan
        return {slug: plan for slug, plan in sorted(begun.items()) if plan.is_in_force(day)}

    def due_on(self, day: date) -> Iterator[PatrolPlan]:
        """The plans whose places are due on this day."""
        return (plan for plan in self.on(day).values() if self.due_day(plan, day) == day)

    def due_day(self, plan: PatrolPlan, day: date) -> date | None:
        """The day for which a patrol on `day` counts; None when nothing is due, as on a day off."""
        match plan.rhythm:
            case Rhythm.DAILY:
                return day if plan.falls_due(day) else None
            case Rhythm.CAMPAIGN:
                return plan.last_working_day()
            case Rhythm.WEEKLY:
                return self._due_in_week(plan.plan, week_of(day))

    def _due_in_week(self, slug: str, week: list[date]) -> date | None:
        """A week is due once: on the first day that a version in force on it names.

        On its last working day where versions cover the week and none does, for each names a day of the other's.
        """
        weekly = {day: plan for day in week if (plan := self.on(day).get(slug)) and plan.rhythm is Rhythm.WEEKLY}
        if named := next((day for day, plan in weekly.items() if plan.falls_due(day)), None):
            return named
        working = [day for day in week if is_working_day(day)]
        return working[-1] if working and all(day in weekly for day in working) else None

    def is_moved(self, plan: PatrolPlan, due: date) -> bool:
        """Whether it was to be another day: by Monday to Friday alone, or by another version of the plan that week."""
        others = (one for one in self.history if one.plan == plan.plan and one != plan)
        is_changed = any(one.is_in_force(day) for one in others for day in week_of(due))
        return is_changed or due != plan.plain_due_day(due)

    def gives_way(self, plan: PatrolPlan, roster: Roster, day: date) -> bool:
        """A plan whose scope has ended, where who answers for that has a plan of its own that asks the same."""
        there = roster.answering(plan.scope, day)
        return there != plan.scope and any(one.scope == there and one.is_like(plan) for one in self.on(day).values())

    def open_on(self, day: date) -> Iterator[tuple[PatrolPlan, date]]:
        """The plans by which a place may be patrolled on a day, each with the day on which it is due."""
        for plan in self.on(day).values():
            if due := self.due_day(plan, day):
                yield plan, due

    def daily(
        self, kind: PatrolKind, code: str, roster: Roster, day: date, patroller: str | None = None
    ) -> PatrolPlan | None:
        """The daily plan that a patrol without a plan follows; of several that with the narrowest scope, if it stands.

        With a `patroller` only those by which it is the one who patrols.
        """
        fitting = [
            plan
            for plan in self.on(day).values()
            if plan.patrol is kind
            and plan.rhythm is Rhythm.DAILY
            and plan.covers(code, roster, day)
            and patroller in (None, plan.patroller(code, roster, day))
        ]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        path = roster.path(code, day).split("/")
        return max(fitting, key=lambda plan: (path.index(roster.answering(plan.scope, day)), plan.scope in path))


@lru_cache(maxsize=1024)
def _end_of_minute(day: date, minute: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(minute), CHINA).replace(second=59, microsecond=999_999)


@lru_cache(maxsize=64)
def first_plans(county: str) -> PatrolPlans:
    """A county begins with its daily patrols, until its committee adopts plans of its own."""
    return PatrolPlans(id=county, history=(_daily(county, PatrolKind.STATION), _daily(county, PatrolKind.WINDOW)))


def _daily(county: str, kind: PatrolKind) -> PatrolPlan:
    called = {PatrolKind.STATION: "村级便民服务站日自查", PatrolKind.WINDOW: "窗口日巡查"}
    return PatrolPlan(
        plan=f"{kind}s-daily",
        name=called[kind],
        patrol=kind,
        rhythm=Rhythm.DAILY,
        scope=county,
        until="17:30",
        silent_after_days=1,
        effective_from=date.min,
    )


def week_of(day: date) -> list[date]:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=n) for n in range(7)]


def day_id(county: str, day: date) -> str:
    """Of a day's daily patrols."""
    return f"{county}/{day}"


def week_id(county: str, plan: str, day: date) -> str:
    """Of a weekly plan's patrols: 123456/facilities-weekly/2018-W10."""
    return f"{county}/{plan}/{day:%G-W%V}"


def campaign_id(county: str, plan: str) -> str:
    """Of a campaign's patrols."""
    return f"{county}/{plan}"
