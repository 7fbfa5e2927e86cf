"""The committee's work as a page shows it: who holds the duty, what was resolved, which limits it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.roster.changing import lesson_key, limit_key, turn_key
from services.roster.duty.model import Turn
from services.roster.learning.model import Lesson
from services.roster.meetings.model import Issue, Limit, Process, Stage
from shared.dates import turn_text
from shared.events.vocabulary import OrganisationKind
from shared.pages.chinese import NOTHING, day_text, grouped, limit_text, work_text
from shared.roster.organisations import Roster, Standing, county_of
from shared.web.records.planned import ChangeLinks

STAGES = {
    Stage.RAISED: "小微联席会议提出",
    Stage.STUDIED: "联合党委研究",
    Stage.RESOLVED: "联席会议议定",
}
"""三段式, in order."""
NO_WAYS: Mapping[str, ChangeLinks] = {}


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something; `value` and `unit` as they are read."""

    name: str
    value: str
    unit: str = "个"
    note: str = ""


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn of duty."""

    name: str
    url: str
    form: str
    holders: tuple[str, ...]
    term: str
    theme: str
    work: str
    state: str
    level: str
    ways: ChangeLinks | None = None
    """Where it is changed and cancelled, as long as it has not begun and whoever looks may."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a joint meeting; `mark` is `done` once it is reached."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class IssueLine:
    """What a joint meeting dealt with."""

    title: str
    url: str
    consulted: str
    steps: tuple[Step, ...]
    plan: str
    resolution: str


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process with the limit in force, the one before it, and those to come."""

    name: str
    url: str
    responsible: str
    before: str
    now: str
    since: str
    coming: tuple[LimitLine, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit that is not in force yet."""

    words: str
    ways: ChangeLinks | None


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson that is not over."""

    title: str
    url: str
    day: str
    ways: ChangeLinks | None


@dataclass(frozen=True, slots=True)
class Committee:
    """The whole page."""

    counts: tuple[Count, ...]
    turns: tuple[TurnLine, ...]
    issues: tuple[IssueLine, ...]
    processes: tuple[ProcessLine, ...]
    lessons: tuple[LessonLine, ...]
    is_empty: bool


def committee(
    roster: Roster,
    county: str,
    turns: Sequence[Turn],
    issues: Sequence[Issue],
    processes: Sequence[Process],
    today: date,
    lessons: Sequence[Lesson] = (),
    ways: Mapping[str, ChangeLinks] = NO_WAYS,
) -> Committee:
    """The county's committee as of a day; `ways` are those of what is only planned, by its key."""
    standing = {one.id: stood for one in roster if county_of(one.id) == county and (stood := one.on(today))}
    names = {one.id: one.history[-1].name for one in roster}
    return Committee(
        counts=counts(list(standing.values())),
        turns=tuple(turn_line(one, names, today, ways) for one in sorted(turns, key=lambda one: one.begins)),
        issues=tuple(_issue(one, names) for one in issues),
        processes=tuple(sorted((_process(one, names, today, ways) for one in processes), key=_changed_first)),
        lessons=tuple(_lesson(one, ways) for one in sorted(lessons, key=lambda one: one.day) if one.day >= today),
        is_empty=not standing,
    )


def counts(standing: Sequence[Standing]) -> tuple[Count, ...]:
    """Four denominators that are easily taken for one another: members, due in the hall, stationed, recipients."""
    members = [one.kind for one in standing if one.committee_member]
    due = sum(one.belongs_in_hall for one in standing)
    stationed = sum(one.stationed is not None for one in standing)
    return (
        Count("成员党组织", grouped(len(members)), note=_by_kind(members)),
        Count("应进驻大厅部门", grouped(due)),
        Count("已进驻", grouped(stationed)),
        Count("反馈对象", grouped(sum(one.feedback_recipient for one in standing))),
        Count("村级便民服务站", grouped(sum(one.kind is OrganisationKind.VILLAGE for one in standing))),
    )


def _by_kind(kinds: Sequence[OrganisationKind]) -> str:
    named = ((OrganisationKind.DEPARTMENT, "部门"), (OrganisationKind.STATE_ENTERPRISE, "国企"))
    in_order = (*named, (OrganisationKind.TOWNSHIP, "乡镇街道"))
    return "、".join(f"{name}{kinds.count(kind)}" for kind, name in in_order if kind in kinds)


def turn_line(turn: Turn, names: Mapping[str, str], today: date, ways: Mapping[str, ChangeLinks] = NO_WAYS) -> TurnLine:
    """A turn in words."""
    state, level = _stage_of(turn, today)
    ideas = f"征集意见建议{grouped(turn.ideas)}条" if turn.ideas else ""
    return TurnLine(
        name=turn_text(within(turn.id)),
        url=f"/roster/turns/{within(turn.id)}",
        form="轮值" if len(turn.holders) == 1 else f"联值（{len(turn.holders)}个单位）",
        holders=tuple(names.get(code, code) for code in turn.holders),
        term=f"{day_text(turn.begins)}至{day_text(turn.ends)}",
        theme=turn.theme,
        work="、".join(part for part in (work_text(turn.work), ideas) if part) or NOTHING,
        state=state,
        level=level,
        ways=ways.get(turn_key(within(turn.id))),
    )


def within(id: str) -> str:
    """Of a county's document, what it is called within the county."""
    return id.split("/", 1)[1]


def _stage_of(turn: Turn, today: date) -> tuple[str, str]:
    if today < turn.begins:
        return "未开始", ""
    return ("已结束", "") if today > turn.ends else ("值守中", "good")


def _issue(issue: Issue, names: dict[str, str]) -> IssueLine:
    order = list(STAGES)
    reached = order.index(issue.stage)
    return IssueLine(
        title=issue.title,
        url=f"/roster/issues/{issue.id}",
        consulted="、".join(names.get(code, code) for code in issue.consulted),
        steps=tuple(Step(STAGES[stage], "done" if n <= reached else "") for n, stage in enumerate(order)),
        plan=issue.plan or "尚未形成方案",
        resolution=issue.resolution or "尚未议定",
    )


def _process(process: Process, names: dict[str, str], today: date, ways: Mapping[str, ChangeLinks]) -> ProcessLine:
    past = [limit for limit in process.limits if limit.since <= today]
    coming = process.limits[len(past) :]
    return ProcessLine(
        name=process.name,
        url=f"/roster/guide/{within(process.id)}",
        responsible=names.get(process.responsible, process.responsible),
        before=limit_text(past[-2].days) if past[1:] else NOTHING,
        now=limit_text(past[-1].days) if past else NOTHING,
        since=day_text(past[-1].since) if past else NOTHING,
        coming=tuple(_limit(process, limit, ways) for limit in coming),
        is_changed=len(process.limits) > 1,
    )


def _changed_first(line: ProcessLine) -> bool:
    return not line.is_changed


def _limit(process: Process, limit: Limit, ways: Mapping[str, ChangeLinks]) -> LimitLine:
    words = f"{day_text(limit.since)}起{limit_text(limit.days)}"
    return LimitLine(words, ways.get(limit_key(within(process.id), limit.issue)))


def _lesson(lesson: Lesson, ways: Mapping[str, ChangeLinks]) -> LessonLine:
    name = within(lesson.id)
    return LessonLine(lesson.title, f"/roster/lessons/{name}", day_text(lesson.day), ways.get(lesson_key(name)))
