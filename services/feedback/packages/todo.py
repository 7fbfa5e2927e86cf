"""What waits of annual packages: one to send, one that came back; and there, one to sign for and one to adopt."""

from __future__ import annotations

from services.feedback.packages.model import Package, PackageState
from services.feedback.packages.pages import PAGE
from services.feedback.packages.reads import YearToReport, years_to_report
from services.feedback.packages.words import package_name
from shared.calendar import china_day
from shared.events.packages import AdoptPackage, ReceivePackage, SendAnnualPackage
from shared.pages.chinese import day_text
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind, soonest
from shared.todo.tasks import Task


async def to_send(asked: AskedTasks) -> FoundTasks:
    """The years whose documents are all issued, on the day on which the last was."""
    if not asked.is_committees(SendAnnualPackage):
        return NOTHING_FOUND
    here = asked.here
    years = await years_to_report(here.parts.db, asked.county, here.roster)
    return asked.cut([_to_send(asked, one) for one in years if one.is_to_send])


def _to_send(asked: AskedTasks, one: YearToReport) -> Task:
    word = "报送" if one.package is None else "重新报送"
    return Task(
        id=f"send/{one.year}",
        title=f"{word}{package_name(one.year)}",
        says=_why(one),
        url=PAGE,
        button="" if asked.is_all else "报送",
        since=one.issued,
        due=one.issued,
        is_overdue=one.issued < asked.here.today,
    )


def _why(one: YearToReport) -> str:
    if one.package and one.package.state is PackageState.RETURNED:
        return f"组织部门退回：{one.package.returned}"
    if one.has_changed:
        return f"{day_text(one.issued)}更正了年度反馈，考核材料应当同日更正"
    return f"年度反馈{day_text(one.issued)}全部印发，应当同日报送组织部门"


async def to_receive(asked: AskedTasks) -> FoundTasks:
    """What was sent to whoever looks, and not signed for."""
    wanted = {"state": PackageState.SENT.value, "addressee": {"$in": asked.places(ReceivePackage)}}

    def task(one: Package) -> Task:
        return Task(
            id=f"receive/{one.id}@{one.edition}",
            title=f"签收{package_name(one.year)}",
            says=f"{one.number}，{one.committee}{day_text(china_day(one.sent))}报送",
            url=f"{PAGE}/{one.id}",
            button="" if asked.is_all else "签收",
            since=china_day(one.sent),
            due=one.due,
            is_overdue=one.due < asked.here.today,
        )

    return await soonest(asked, Package, wanted, "due", task)


async def to_adopt(asked: AskedTasks) -> FoundTasks:
    """What was signed for, and of which it is not said how it is counted."""
    wanted = {"state": PackageState.RECEIVED.value, "addressee": {"$in": asked.places(AdoptPackage)}}

    def task(one: Package) -> Task:
        return Task(
            id=f"adopt/{one.id}@{one.edition}",
            title=f"登记采用{package_name(one.year)}",
            says=f"{one.number}，{day_text(china_day(one.received))}签收" if one.received else one.number,
            url=f"{PAGE}/{one.id}",
            button="" if asked.is_all else "登记采用",
            since=china_day(one.received) if one.received else None,
        )

    return await soonest(asked, Package, wanted, "sent", task)


TASKS = (
    TaskKind("send-package", "报送考核材料", to_send),
    TaskKind("receive-package", "签收考核材料", to_receive),
    TaskKind("adopt-package", "采用考核材料", to_adopt),
)
