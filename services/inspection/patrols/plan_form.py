"""The form by which a patrol plan is changed before it begins; checklists are cancelled and published anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from services.inspection.patrols.board import PATROLLERS
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlans
from services.inspection.patrols.rules.taking_back import is_of
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.inspection import AdoptPatrolPlan, ChecklistPublished, PatrolPlanAdopted, PublishChecklist
from shared.events.refusals.filling import WORDS
from shared.forms import Field, Form, Kind
from shared.pages.chinese import PATROLS
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import county_of
from shared.web.records.correctable import Reported, Rewriting
from shared.web.records.planned import Keys

WEEKDAYS = {str(n + 1): f"星期{day}" for n, day in enumerate("一二三四五六日")}
BY = {one.value: word for one, word in PATROLLERS.items()}
CHANGED = {*AdoptPatrolPlan.model_fields}


CHANGE = Form(
    AdoptPatrolPlan,
    "change-plan",
    "更改巡查计划",
    "提交更改",
    (
        Field("name", "计划名称"),
        Field("patrol", "类别", choices=PATROLS),
        Field("rhythm", "频次", choices=WORDS["rhythm"]),
        Field("weekday", "每周的星期几", Kind.CHOICE, WEEKDAYS, empty="不是每周", hint="频次为每周的选择。"),
        Field("by", "由谁检查", choices=BY, empty="站点自查，窗口由大厅巡查"),
        Field("checklist", "检查表", Kind.CHOICE, lambda names: names or {}, empty="不用检查表"),
        Field("until", "按时截止", hint="写作17:30。", sentence="“按时截止”应当写作17:30这样的时刻。"),
        Field("silent_after_days", "联系间隔上限", unit="个工作日"),
        Field("effective_from", "施行日期"),
        Field("effective_to", "最后一天", hint="专项巡查填写，其他计划不填。"),
    ),
    given=("plan", "scope"),
    lead="更改受理后，以更改后的计划为准；施行之后不能再更改。",
)


async def _read(db: Database, original: Original) -> Reported:
    adopted, county = fact_of(original, PatrolPlanAdopted), county_of(original.organisation)
    plans = await document(db, PatrolPlans, county)
    kept = next((one for one in reversed(plans.history) if is_of(one, adopted)), None) if plans else None
    if kept is None:
        return Reported()
    lists = await documents(db, Checklist, {"county": county})
    named = {one.checklist: one.versions[-1].name for one in lists if one.versions}
    return Reported(kept.model_dump(mode="json", include=CHANGED), named)


def _plan(original: Original) -> Iterator[str]:
    adopted = fact_of(original, PatrolPlanAdopted)
    yield plan_key(adopted.plan, adopted.effective_from)


def _version(original: Original) -> Iterator[str]:
    published = fact_of(original, ChecklistPublished)
    yield version_key(published.checklist, published.version)


CHANGING = Rewriting(CHANGE, _read, is_of_now=True)
PLANNED: Mapping[type[Submission], Keys] = {AdoptPatrolPlan: _plan, PublishChecklist: _version}


def plan_key(plan: str, begins: date) -> str:
    """A plan, as it is from a day on."""
    return f"plan/{plan}/{begins}"


def version_key(checklist: str, version: int) -> str:
    """A version of a checklist."""
    return f"checklist/{checklist}/{version}"
