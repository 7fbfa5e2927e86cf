"""The joint meetings of 2018, each in three stages (三段式): raised, studied, resolved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from deploy.linxi.county import COUNTY, HALL, department, organisations
from deploy.linxi.year.roster.guide import LIMIT_CHANGES
from deploy.linxi.year.submitting import Asked, moment
from shared.events.roster import HoldJointMeeting, LimitChange, RaiseIssue, StudyIssue


class Meeting(NamedTuple):
    """An issue on its way: who was consulted, the three days, the plan, the resolution, the processes it limits."""

    issue: str
    title: str
    consulted: tuple[str, ...]
    raised: date
    studied: date
    held: date
    plan: str
    resolution: str
    processes: tuple[str, ...] = ()


TOWNSHIPS = tuple(one.code for one in organisations() if one.kind == "township")

MEETINGS = (
    Meeting(
        "village-station-standards",
        "村级便民服务站规范化管理",
        TOWNSHIPS,
        date(2018, 3, 6),
        date(2018, 3, 20),
        date(2018, 3, 30),
        "与11个乡镇街道、104个村级便民服务站召开小微联席会议后，形成规范化建设意见稿。",
        "表决通过《关于村级便民服务站规范化建设的意见》。",
    ),
    Meeting(
        "property-registration",
        "房地产一体化办理",
        (department(7), department(4), department(8), department(9)),
        date(2018, 5, 8),
        date(2018, 5, 16),
        date(2018, 5, 25),
        "房管、国土、税务、民政四部门逐环节梳理，可优化缩减的环节取消，可并联的事项并联办理。",
        "通过并联办理方案，不动产登记由10个工作日减少到3个工作日。",
        ("property-registration",),
    ),
    Meeting(
        "enterprise-registration",
        "企业登记专区设置",
        (department(16), department(8), department(20), department(17)),
        date(2018, 8, 7),
        date(2018, 8, 15),
        date(2018, 8, 28),
        "大厅设置企业登记专区，综合受理窗口一次收件。",
        "企业注册登记和普通货物运输经营许可立等可取。",
        ("enterprise-registration", "freight-licence"),
    ),
    Meeting(
        "farm-machinery-licence",
        "农机驾驶员考试当日办结",
        (department(12), department(14)),
        date(2018, 9, 4),
        date(2018, 9, 12),
        date(2018, 9, 20),
        "考试、审核、制证在同一天衔接。",
        "农机驾驶员证当日办结。",
        ("farm-machinery-licence",),
    ),
)


def meetings() -> Iterator[Asked]:
    """The hall raises each issue; the committee studies it and holds the joint meeting."""
    for one in MEETINGS:
        raised = RaiseIssue(issue=one.issue, title=one.title, consulted=list(one.consulted))
        yield Asked(moment(one.raised, "15:00"), HALL, HALL, raised)
        yield Asked(moment(one.studied, "09:30"), COUNTY, COUNTY, StudyIssue(issue=one.issue, plan=one.plan))
        yield Asked(moment(one.held, "10:00"), COUNTY, COUNTY, _held(one))


def _held(one: Meeting) -> HoldJointMeeting:
    limits = [LimitChange(process=process, limit_days=LIMIT_CHANGES[process][1]) for process in one.processes]
    effective = LIMIT_CHANGES[one.processes[0]][0] if one.processes else one.held
    return HoldJointMeeting(issue=one.issue, resolution=one.resolution, limits=limits, effective_from=effective)
