"""The form of a patrol made on the spot: what it shows, and how what was filled in becomes a submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.checklists import ChecklistVersion
from shared.events.inspection import Checked, Finding, LogInspection
from shared.events.inspection.scores import score_of
from shared.events.vocabulary import Hundredths, Severity
from shared.hundredths import in_hundredths
from shared.pages.chinese import MARKS, PATROLS, day_text
from shared.pages.words import name_of
from shared.roster.organisations import Roster
from shared.web.forms import Ticket

FINDINGS = 3
"""Rows for findings; a place with more is logged a second time."""
Filled = Mapping[str, str]


class Unfilled(Exception):
    """What was filled in cannot be read; the message says what to correct."""


@dataclass(frozen=True, slots=True)
class DueCard:
    """A place in the list of those due."""

    name: str
    url: str
    plan: str
    until: str
    done: bool


@dataclass(frozen=True, slots=True)
class ItemField:
    """An item of the checklist with the mark chosen before."""

    name: str
    label: str
    weight: int
    chosen: str


@dataclass(frozen=True, slots=True)
class FindingField:
    """A row for a finding with what was filled in before."""

    number: int
    item: str
    severity: str
    days: str
    note: str


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """A photo that this form has sent already; it need not be chosen again."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PatrolForm:
    """The whole form; without a checklist the score itself is asked for."""

    title: str
    lead: str
    action: str
    ticket: Ticket
    items: tuple[ItemField, ...]
    score: str
    findings: tuple[FindingField, ...]
    photos: tuple[SentPhoto, ...]


def card(line: DueLine, roster: Roster) -> DueCard:
    """A place that is due."""
    until = f"{day_text(line.day)} {line.plan.until}前"
    return DueCard(name_of(line.organisation, roster, line.day), url(line), line.plan.name, until, line.done)


def url(line: DueLine) -> str:
    """Where the form of a place is."""
    return f"/inspection/patrol/{line.plan.plan}/{line.organisation}"


def patrol_form(
    line: DueLine,
    version: ChecklistVersion | None,
    roster: Roster,
    ticket: Ticket,
    filled: Filled,
    photos: Sequence[str],
) -> PatrolForm:
    """An empty form, or one that is shown again with what was filled in."""
    items = version.items if version else ()
    return PatrolForm(
        title=name_of(line.organisation, roster, line.day),
        lead=f"{PATROLS[line.plan.patrol]}；{line.plan.name}；{day_text(line.day)} {line.plan.until}前为按时",
        action=url(line),
        ticket=ticket,
        items=tuple(ItemField(f"mark-{i.item}", i.name, i.weight, filled.get(f"mark-{i.item}", "")) for i in items),
        score="" if items else filled.get("score", "100"),
        findings=tuple(_row(n, filled) for n in range(FINDINGS)),
        photos=tuple(SentPhoto(f"照片{n}", sha256) for n, sha256 in enumerate(photos, 1)),
    )


def _row(n: int, filled: Filled) -> FindingField:
    defaults = {"item": "", "severity": Severity.MINOR.value, "days": "3", "note": ""}
    return FindingField(n, **{name: filled.get(f"finding-{n}-{name}", value) for name, value in defaults.items()})


def inspection_of(
    line: DueLine, version: ChecklistVersion | None, filled: Filled, photos: Sequence[str]
) -> LogInspection:
    """What was filled in as a submission; the score is what the marks come to."""
    checked = _checked(line, version, filled) if version else None
    findings = [_finding(n, filled) for n in range(FINDINGS) if filled.get(f"finding-{n}-item", "").strip()]
    score = score_of(version.weights, checked.marks) if version and checked else _score(filled)
    return LogInspection(
        patrol=line.plan.patrol,
        plan=line.plan.plan,
        score=score,
        findings=findings,
        checked=checked,
        photos=list(photos),
    )


def _checked(line: DueLine, version: ChecklistVersion, filled: Filled) -> Checked:
    given = {item.item: filled.get(f"mark-{item.item}", "") for item in version.items}
    if left := [item.name for item in version.items if given[item.item] not in MARKS]:
        raise Unfilled(f"请逐项检查后打分，尚未打分：{'、'.join(left)}。")
    marks = {item: int(mark) for item, mark in given.items()}
    return Checked(checklist=line.plan.checklist or "", version=version.version, marks=marks)


def _score(filled: Filled) -> int:
    """97.5 is 9750; from 0 to 100 with two decimals at most."""
    try:
        return TypeAdapter[int](Hundredths).validate_python(in_hundredths(filled.get("score", "")))
    except ValueError as error:
        raise Unfilled("得分应当是0至100之间的数，最多两位小数，请核对后重新提交。") from error


def _finding(n: int, filled: Filled) -> Finding:
    told: dict[str, Any] = {name: filled.get(f"finding-{n}-{name}", "").strip() for name in ("item", "note")}
    days, severity = filled.get(f"finding-{n}-days", ""), filled.get(f"finding-{n}-severity", "")
    try:
        return Finding(severity=Severity(severity), rectify_within=int(days), **told)
    except (ValidationError, ValueError) as error:
        no = f"第{n + 1}项问题填写有误：问题不超过120字，说明不超过1000字，整改期限为0至366个工作日，请核对后重新提交。"
        raise Unfilled(no) from error
