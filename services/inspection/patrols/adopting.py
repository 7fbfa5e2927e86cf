"""The forms by which the committee adopts patrol plans and publishes checklists, and what is refused beforehand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlan
from services.inspection.patrols.plan_form import CHANGE
from services.inspection.patrols.rules.plans import inconsistent
from shared.events.inspection import AdoptPatrolPlan, PublishChecklist
from shared.events.reasonable import Unreasonable
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Field, Form, Kind, Rows

LETTERS = 8
"""Of a digest in a name that nobody types."""
ITEMS = 12
"""Rows that are offered for a checklist; more that were entered are shown."""
AT = {
    "rhythm-not-of-kind": "rhythm",
    "plan-ends-before-it-begins": "effective_to",
    "campaign-needs-an-end": "effective_to",
}
"""The field at which a plan that does not fit is said."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a plan is made of: checklists and organisations by name, and the county itself."""

    county: str = ""
    lists: Mapping[str, str] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)


def made_name(kind: str, *said: str) -> str:
    """Made of what is said, so that nobody types one."""
    return f"{kind}-{hashlib.sha256(chr(10).join(said).encode()).hexdigest()[:LETTERS]}"


def _plan_name(_: Choosing | None, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"plan": made_name("plan", entered["name"], entered["effective_from"])}


def _unfit(known: Choosing | None, asked: AdoptPatrolPlan, _: datetime) -> Unreasonable | None:
    """Kind, rhythm and period that do not go together."""
    county = known.county if known else ""
    no = inconsistent(PatrolPlan.model_validate({**asked.model_dump(), "scope": asked.scope or county}))
    return Unreasonable(AT[no.slug], no.slug, no.details) if no else None


LISTS = Field("checklist", "检查表", Kind.CHOICE, lambda known: known.lists if known else {}, empty="不用检查表")
SCOPE = Field("scope", "范围", Kind.CHOICE, lambda known: known.scopes if known else {}, empty="全县")
PARTS = tuple(LISTS if isinstance(one, Field) and one.path == "checklist" else one for one in CHANGE.parts)
ADOPT = Form(
    AdoptPatrolPlan,
    "adopt",
    "制定巡查计划",
    "下达",
    (*PARTS[:2], SCOPE, *PARTS[2:]),
    completed=("plan",),
    complete=_plan_name,
    lead="施行之日起按此检查；施行日期的前一日为止可以更改、取消。",
    foresees=_unfit,
)
ANEW = replace(
    ADOPT,
    key="anew",
    title="调整巡查计划",
    given=("plan",),
    completed=(),
    complete=None,
    lead="自施行日期起按调整后的内容检查，以前的检查仍按原来的内容；施行日期的前一日为止可以更改、取消。",
)


@dataclass(frozen=True, slots=True)
class Publishing:
    """The versions that a new one follows; none for a checklist that is new."""

    known: Checklist | None = None

    @property
    def slugs(self) -> Mapping[str, str]:
        """By the name of an item: what is called the same goes on as the same."""
        return {item.name: item.item for one in (self.known.versions if self.known else ()) for item in one.items}

    @property
    def last(self) -> date | None:
        """From when the newest version is in force."""
        return self.known.versions[-1].effective_from if self.known and self.known.versions else None


def _items(known: Publishing | None, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    """Each item with the name that nobody types."""
    slugs = known.slugs if known else {}
    rows = [dict(one) for one in entered.get("items", [])]
    named = [{**one, "item": slugs.get(one["name"], made_name("item", one["name"]))} for one in rows if "name" in one]
    return {"items": named if len(named) == len(rows) else rows}


def _new_list(known: Publishing | None, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**_items(known, entered), "checklist": made_name("list", entered["name"]), "version": 1}


def _not_next(known: Publishing | None, asked: PublishChecklist, _: datetime) -> Unreasonable | None:
    """An item twice, or a day before that of the version before."""
    said = {"checklist": asked.checklist, "title": asked.name}
    names = [one.name for one in asked.items]
    twice = next((n for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        return Unreasonable(f"items.{twice}.name", "item-listed-twice", {**said, "item": names[twice]})
    if known and known.last and asked.effective_from < known.last:
        return Unreasonable("effective_from", "checklist-version-out-of-order", {**said, "expected": asked.version})
    return None


PUBLISH = Form(
    PublishChecklist,
    "publish",
    "发布检查表",
    "发布",
    (
        Field("name", "检查表名称", hint=f"不超过{MOST_TITLE}字。"),
        Field("effective_from", "施行日期"),
        Rows(
            "items",
            "检查项",
            ITEMS,
            (Field("name", "检查内容", hint=f"不超过{MOST_TITLE}字。"), Field("weight", "分值")),
            note="得分按各项分值折算为百分制，各项分值之和不必是100。",
        ),
    ),
    completed=("checklist", "version", "items.*.item"),
    complete=_new_list,
    lead="施行之日起按此打分；施行日期的前一日为止可以取消后重新发布。",
    foresees=_not_next,
)
NEXT = replace(
    PUBLISH,
    key="next",
    title="发布新一版",
    given=("checklist", "version"),
    completed=("items.*.item",),
    complete=_items,
    lead="自施行日期起按新一版打分，以前的检查仍按原来的版本；施行日期的前一日为止可以取消后重新发布。",
)
