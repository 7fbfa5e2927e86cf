"""The forms by which limits, and what a joint meeting resolved, are changed before they are in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.roster.meetings.model import IS_IN_THE_GUIDE, Issue, Process
from services.roster.meetings.naming import keys
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events.roster import (
    GuideItemPublished,
    HoldJointMeeting,
    JointMeetingHeld,
    ProcessLimitChanged,
    PublishGuideItem,
)
from shared.forms import Field, Form, Kind, Rows
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import county_of
from shared.web.records.correctable import Reported, Rewriting, of_facts

LIMITS = 5
"""Rows that are offered; more that were entered are shown."""
LEAD = "更改受理后，以更改后的内容为准；施行之后不能再更改。"
LIMIT = Field("limit_days", "办理时限", unit="个工作日", hint="当日办结的填0。")
FEE = Field("fee", "收费标准", Kind.HUNDREDTHS, unit="元", hint="每件最多收取的金额；不收费的不填。")
IN_FORCE = Field("effective_from", "施行日期")
ITEM = Form(
    PublishGuideItem,
    "change-item",
    "更改服务指南事项",
    "提交更改",
    (Field("name", "事项名称"), LIMIT, FEE, IN_FORCE),
    given=("process",),
    lead=LEAD,
)
MEETING = Form(
    HoldJointMeeting,
    "change-meeting",
    "更改联席会议议定事项",
    "提交更改",
    (
        Field("resolution", "议定事项"),
        Rows(
            "limits",
            "调整的办理时限",
            LIMITS,
            (Field("process", "事项", Kind.CHOICE, lambda names: names or {}, empty="请选择"), LIMIT),
        ),
        IN_FORCE,
    ),
    given=("issue", "raised_by"),
    lead=LEAD,
)


def _item(original: Original) -> Mapping[str, Any]:
    return fact_of(original, GuideItemPublished).model_dump(mode="json")


async def _meeting(db: Database, original: Original) -> Reported:
    held = fact_of(original, JointMeetingHeld)
    found = [await document(db, Issue, key.id) for key in keys(original.organisation, held.issue, held.raised_by)]
    issue = next((one for one in reversed(found) if one and held.raised_by in (None, one.raised_by)), None)
    if issue is None or not issue.resolution:
        return Reported()
    limits = [fact.model_dump(include={"process", "limit_days"}) for fact in limits_of(original)]
    said = {"resolution": issue.resolution, "limits": limits}
    return Reported({**held.model_dump(mode="json"), **said}, await _names(db, county_of(original.organisation)))


async def _names(db: Database, county: str) -> dict[str, str]:
    of_it = {"_id": {"$regex": f"^{county}/"}, **IS_IN_THE_GUIDE}
    return {one.id.split("/", 1)[1]: one.name for one in await documents(db, Process, of_it)}


def limits_of(original: Original) -> list[ProcessLimitChanged]:
    """The limits that a joint meeting set."""
    return [one.fact for one in original.facts if isinstance(one.fact, ProcessLimitChanged)]


CHANGING_ITEM = Rewriting(ITEM, of_facts(_item))
CHANGING_MEETING = Rewriting(MEETING, _meeting, is_of_now=True)
