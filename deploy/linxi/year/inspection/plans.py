"""The patrol plans of 2018 with their checklists, and what was checked beside the places: facilities and a campaign.

The county's account tells of the daily checks alone; the others are illustrative and counted by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from deploy.linxi.county import COUNTY, HALL, START, villages, windows
from deploy.linxi.year.submitting import Asked, between, chance, moment
from shared.calendar import is_working_day
from shared.events.inspection import AdoptPatrolPlan, Checked, ChecklistItem, LogInspection, PublishChecklist
from shared.events.inspection.scores import score_of
from shared.events.vocabulary import PatrolKind, Patroller, Rhythm

BY_THEN = "17:00"
"""Half an hour before offices close."""
FACILITIES, CAMPAIGN = "facilities-weekly", "winter-fire-safety-2018"
CAMPAIGN_ADOPTED = date(2018, 10, 29)
CAMPAIGN_DAYS = date(2018, 11, 5), date(2018, 11, 30)
BY_TOWNSHIPS = "stations-weekly"
THURSDAY, FRIDAY = 4, 5
LEFT_OUT = 0.04
"""The share of the campaign's places that take no part in it, and of weeks in which the facilities are not checked."""

LISTS = {
    "station-daily": (
        "村级便民服务站检查表",
        (
            ("on-duty", "值班人员在岗", 30),
            ("agency-book", "代办台账填写及时完整", 25),
            ("guides", "服务指南和公示栏更新", 20),
            ("equipment", "便民设备和政务外网终端可用", 15),
            ("cleanliness", "站内整洁", 10),
        ),
    ),
    "window-daily": (
        "窗口检查表",
        (
            ("on-duty", "工作人员在岗并佩戴工作牌", 30),
            ("one-notice", "一次性告知单齐全", 25),
            ("case-book", "办件台账填写及时完整", 25),
            ("discipline", "遵守工作纪律", 20),
        ),
    ),
    "hall-facilities": (
        "大厅设施检查表",
        (
            ("fire-extinguishers", "灭火器在有效期内且摆放到位", 30),
            ("exits", "疏散通道和安全出口畅通", 30),
            ("queue-machine", "叫号和自助设备运行正常", 20),
            ("barrier-free", "无障碍设施和便民物品可用", 20),
        ),
    ),
    "winter-fire-safety": (
        "冬季消防安全检查表",
        (
            ("heating", "取暖设备安全，无违规使用大功率电器", 40),
            ("wiring", "电线电路无老化、私拉乱接", 30),
            ("extinguishers", "灭火器有效，工作人员会使用", 30),
        ),
    ),
}


def checklists() -> Iterator[Asked]:
    """The first versions, in force from the county's start."""
    for slug, (name, items) in LISTS.items():
        data = PublishChecklist(checklist=slug, version=1, name=name, effective_from=START, items=list(_items(items)))
        yield Asked(moment(START, "00:00"), COUNTY, COUNTY, data)


def _items(items: tuple[tuple[str, str, int], ...]) -> Iterator[ChecklistItem]:
    return (ChecklistItem(item=item, name=name, weight=weight) for item, name, weight in items)


def plans() -> Iterator[Asked]:
    """Stations and windows daily, the stations by their townships and the facilities weekly, a campaign in November."""
    first = moment(START, "00:00")
    for kind, name in ((PatrolKind.STATION, "村级便民服务站日自查"), (PatrolKind.WINDOW, "窗口日巡查")):
        yield Asked(first, COUNTY, COUNTY, _daily(kind, name))
    yield Asked(first, COUNTY, COUNTY, _by_townships())
    yield Asked(first, COUNTY, COUNTY, _facilities())
    yield Asked(moment(CAMPAIGN_ADOPTED, "10:00"), COUNTY, COUNTY, _campaign())


def _daily(kind: PatrolKind, name: str) -> AdoptPatrolPlan:
    return AdoptPatrolPlan(
        plan=f"{kind}s-daily",
        name=name,
        patrol=kind,
        rhythm=Rhythm.DAILY,
        checklist=f"{kind}-daily",
        until=BY_THEN,
        silent_after_days=2,
        effective_from=START,
    )


def _by_townships() -> AdoptPatrolPlan:
    return AdoptPatrolPlan(
        plan=BY_TOWNSHIPS,
        name="乡镇（街道）对便民服务站周巡查",
        patrol=PatrolKind.STATION,
        rhythm=Rhythm.WEEKLY,
        weekday=THURSDAY,
        checklist="station-daily",
        until=BY_THEN,
        silent_after_days=10,
        effective_from=START,
        by=Patroller.ABOVE,
    )


def _facilities() -> AdoptPatrolPlan:
    return AdoptPatrolPlan(
        plan=FACILITIES,
        name="政务服务大厅设施周巡查",
        patrol=PatrolKind.FACILITY,
        rhythm=Rhythm.WEEKLY,
        weekday=FRIDAY,
        scope=HALL,
        checklist="hall-facilities",
        until=BY_THEN,
        silent_after_days=10,
        effective_from=START,
    )


def _campaign() -> AdoptPatrolPlan:
    first, last = CAMPAIGN_DAYS
    return AdoptPatrolPlan(
        plan=CAMPAIGN,
        name="2018年冬季消防安全专项巡查",
        patrol=PatrolKind.CAMPAIGN,
        rhythm=Rhythm.CAMPAIGN,
        checklist="winter-fire-safety",
        until=BY_THEN,
        silent_after_days=20,
        effective_from=first,
        effective_to=last,
    )


def weeks() -> Iterator[list[date]]:
    """The working days of each week of the year that has any."""
    for monday in (START + timedelta(days=7 * n) for n in range(53)):
        week = (monday + timedelta(days=n) for n in range(7))
        if working := [day for day in week if is_working_day(day) and day.year == START.year]:
            yield working


def facility_checks(seed: int) -> Iterator[Asked]:
    """The hall looks at its facilities on a working day of each week, mostly on Friday."""
    luck = chance(seed, "facilities")
    for working in weeks():
        if luck.random() >= LEFT_OUT:
            day = working[-1] if luck.random() < 0.8 else luck.choice(working)
            at = between(day, "09:00", "17:20", luck)
            yield Asked(at, HALL, HALL, checked(PatrolKind.FACILITY, FACILITIES, "hall-facilities", luck))


def campaign_checks(seed: int) -> Iterator[Asked]:
    """Stations look at themselves and the hall at the windows, once within the campaign."""
    luck = chance(seed, "campaign")
    own = [(one.code, one.code) for one in villages()]
    for submitter, organisation in (*own, *((HALL, one.code) for one in windows())):
        at = _within_campaign(luck)
        if luck.random() >= LEFT_OUT:
            data = checked(PatrolKind.CAMPAIGN, CAMPAIGN, "winter-fire-safety", luck)
            yield Asked(at, submitter, organisation, data)


def _within_campaign(luck: Random) -> datetime:
    first, last = CAMPAIGN_DAYS
    days = [day for n in range((last - first).days + 1) if is_working_day(day := first + timedelta(days=n))]
    return between(luck.choice(days), "08:30", "17:30", luck)


def checked(kind: PatrolKind, plan: str, slug: str, luck: Random, in_order: float = 0.9) -> LogInspection:
    """Most items, or such a share of them, are in order; the score is what the marks come to."""
    weights = {one.item: one.weight for one in _items(LISTS[slug][1])}
    marks = {item: 100 if luck.random() < in_order else luck.choice((50, 60, 80)) for item in weights}
    checked = Checked(checklist=slug, version=1, marks=marks)
    return LogInspection(patrol=kind, plan=plan, score=score_of(weights, marks), checked=checked)
