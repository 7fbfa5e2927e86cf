"""The committee's work as a page shows it: who holds the duty, what was resolved, which limits it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.roster.duty.model import Turn
from services.roster.meetings.model import Issue, Process, Stage
from shared.events.vocabulary import OrganisationKind
from shared.pages.chinese import NOTHING, day_text, grouped, limit_text, work_text
from shared.roster.organisations import Roster, Standing, county_of

STAGES = {
    Stage.RAISED: "小微联席会议提出",
    Stage.STUDIED: "联合党委研究",
    Stage.RESOLVED: "联席会议议定",
}
"""三段式, in order."""


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
    form: str
    holders: tuple[str, ...]
    term: str
    theme: str
    work: str
    state: str
    level: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of a joint meeting; `mark` is `done` once it is reached."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class IssueLine:
    """What a joint meeting dealt with."""

    title: str
    consulted: str
    steps: tuple[Step, ...]
    plan: str
    resolution: str


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """A process with its limit before and after."""

    name: str
    responsible: str
    before: str
    now: str
    since: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Committee:
    """The whole page."""

    counts: tuple[Count, ...]
    turns: tuple[TurnLine, ...]
    issues: tuple[IssueLine, ...]
    processes: tuple[ProcessLine, ...]
    is_empty: bool


def committee(
    roster: Roster,
    county: str,
    turns: Sequence[Turn],
    issues: Sequence[Issue],
    processes: Sequence[Process],
    today: date,
) -> Committee:
    """The county's committee as of a day."""
    standing = {one.id: stood for one in roster if county_of(one.id) == county and (stood := one.on(today))}
    names = {one.id: one.history[-1].name for one in roster}
    return Committee(
        counts=counts(list(standing.values())),
        turns=tuple(_turn(one, names, today) for one in sorted(turns, key=lambda one: one.begins)),
        issues=tuple(_issue(one, names) for one in issues),
        processes=tuple(sorted((_process(one, names) for one in processes), key=lambda one: not one.is_changed)),
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


def _turn(turn: Turn, names: dict[str, str], today: date) -> TurnLine:
    year, number = turn.id.split("/")[1].split("-")
    state, level = _stage_of(turn, today)
    ideas = f"征集意见建议{grouped(turn.ideas)}条" if turn.ideas else ""
    return TurnLine(
        name=f"{year}年第{number}期",
        form="轮值" if len(turn.holders) == 1 else f"联值（{len(turn.holders)}个单位）",
        holders=tuple(names.get(code, code) for code in turn.holders),
        term=f"{day_text(turn.begins)}至{day_text(turn.ends)}",
        theme=turn.theme,
        work="、".join(part for part in (work_text(turn.work), ideas) if part) or NOTHING,
        state=state,
        level=level,
    )


def _stage_of(turn: Turn, today: date) -> tuple[str, str]:
    if today < turn.begins:
        return "未开始", ""
    return ("已结束", "") if today > turn.ends else ("值守中", "good")


def _issue(issue: Issue, names: dict[str, str]) -> IssueLine:
    order = list(STAGES)
    reached = order.index(issue.stage)
    return IssueLine(
        title=issue.title,
        consulted="、".join(names.get(code, code) for code in issue.consulted),
        steps=tuple(Step(STAGES[stage], "done" if n <= reached else "") for n, stage in enumerate(order)),
        plan=issue.plan or "尚未形成方案",
        resolution=issue.resolution or "尚未议定",
    )


def _process(process: Process, names: dict[str, str]) -> ProcessLine:
    first, last = process.limits[0], process.limits[-1]
    changed = len(process.limits) > 1
    return ProcessLine(
        name=process.name,
        responsible=names.get(process.responsible, process.responsible),
        before=limit_text(first.days) if changed else NOTHING,
        now=limit_text(last.days),
        since=day_text(last.since),
        is_changed=changed,
    )
