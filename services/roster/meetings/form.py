"""The forms of joint meetings and the guide: three stages of an issue, items and lists; changed before in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.roster.meetings.guide_form import IN_FORCE, LEAD, LIMIT, made_name
from services.roster.meetings.model import IS_IN_THE_GUIDE, Issue, Process, Stage
from services.roster.meetings.naming import keys
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events.roster import (
    HoldJointMeeting,
    IssueRaised,
    IssueStudied,
    JointMeetingHeld,
    ProcessLimitChanged,
    RaiseIssue,
    StudyIssue,
)
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Field, Form, Kind, Rows
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import Organisation, Roster, county_of
from shared.web.records.correctable import Reported, Rewriting, of_facts

LIMITS = 5
"""Rows that are offered; more that were entered are shown."""
CONSULTED = 8
"""Rows that are offered; a small meeting consults few."""
RESOLVED = (
    Field("resolution", "议定事项"),
    Rows(
        "limits",
        "调整的办理时限",
        LIMITS,
        (Field("process", "事项", Kind.CHOICE, lambda names: names or {}, empty="请选择"), LIMIT),
        note="不调整办理时限的不填。",
    ),
    IN_FORCE,
)
MEETING = Form(
    HoldJointMeeting,
    "change-meeting",
    "更改联席会议议定事项",
    "提交更改",
    RESOLVED,
    given=("issue", "raised_by"),
    lead=LEAD,
)


@dataclass(frozen=True, slots=True)
class Consulting:
    """Who may be consulted, by name, and the year in which the issue is raised."""

    names: Mapping[str, str] = field(default_factory=dict)
    year: int = 0


def _issue_name(consulting: Consulting, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"issue": f"{consulting.year}-{made_name(entered['title'])}"}


WHOSE = Field("raised_by", "提出单位", Kind.HIDDEN)
RAISE = Form(
    RaiseIssue,
    "raise",
    "提出议题",
    "提出",
    (
        Field("title", "议题", hint=f"不超过{MOST_TITLE}字。"),
        Rows(
            "consulted",
            "征求意见单位",
            CONSULTED,
            (
                Field(
                    "", "单位", Kind.CHOICE, lambda consulting: consulting.names if consulting else {}, empty="请选择"
                ),
            ),
            note="小微联席会议征求过意见的单位，至少一个。",
        ),
    ),
    completed=("issue",),
    complete=_issue_name,
    lead="第一段：与相关单位开小微联席会议后提出。联合党委研究之前可以更正、撤回。",
)
STUDY = Form(
    StudyIssue,
    "study",
    "登记研究方案",
    "登记",
    (Field("plan", "研究方案", required=True), WHOSE),
    given=("issue",),
    lead="第二段：联合党委研究，形成方案。",
)
HOLD = Form(
    HoldJointMeeting,
    "hold",
    "登记议定事项",
    "登记",
    (*RESOLVED, WHOSE),
    given=("issue",),
    lead="第三段：联席会议议定。施行日期的前一日为止可以更改、取消。",
)
CHANGE_RAISING = replace(
    RAISE,
    key="change-raising",
    title="更正议题",
    button="提交更正",
    given=("issue",),
    completed=(),
    complete=None,
    lead="",
)
CHANGE_STUDY = replace(
    STUDY,
    key="change-study",
    title="更正研究方案",
    button="提交更正",
    parts=STUDY.parts[:1],
    given=("issue", "raised_by"),
    lead="",
)


async def _meeting(db: Database, original: Original) -> Reported:
    held = fact_of(original, JointMeetingHeld)
    found = [await document(db, Issue, key.id) for key in keys(original.organisation, held.issue, held.raised_by)]
    issue = next((one for one in reversed(found) if one and held.raised_by in (None, one.raised_by)), None)
    if issue is None or not issue.resolution:
        return Reported()
    limits = [fact.model_dump(include={"process", "limit_days"}) for fact in limits_of(original)]
    said = {"resolution": issue.resolution, "limits": limits}
    return Reported({**held.model_dump(mode="json"), **said}, await process_names(db, county_of(original.organisation)))


async def process_names(db: Database, county: str) -> dict[str, str]:
    of_it = {"_id": {"$regex": f"^{county}/"}, **IS_IN_THE_GUIDE}
    return {one.id.split("/", 1)[1]: one.name for one in await documents(db, Process, of_it)}


def limits_of(original: Original) -> list[ProcessLimitChanged]:
    """The limits that a joint meeting set."""
    return [one.fact for one in original.facts if isinstance(one.fact, ProcessLimitChanged)]


def _raised(original: Original) -> Mapping[str, Any]:
    return fact_of(original, IssueRaised).model_dump(mode="json")


async def _consulting(db: Database) -> Consulting:
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    return Consulting({one.id: one.history[-1].name for one in roster})


async def _studied(db: Database, original: Original) -> Reported:
    fact = fact_of(original, IssueStudied)
    found = [await document(db, Issue, key.id) for key in keys(original.organisation, fact.issue, fact.raised_by)]
    issue = next((one for one in reversed(found) if one and one.records.get(Stage.STUDIED) == original.key), None)
    return Reported({**fact.model_dump(mode="json"), "plan": issue.plan} if issue else {})


CHANGING_RAISING = Rewriting(CHANGE_RAISING, of_facts(_raised, _consulting))
CHANGING_STUDY = Rewriting(CHANGE_STUDY, _studied, is_of_now=True)
CHANGING_MEETING = Rewriting(MEETING, _meeting, is_of_now=True)
