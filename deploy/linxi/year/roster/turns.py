"""The four duty turns of 2018: three solo, one joint, what their holders did, and the ideas that were collected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from deploy.linxi.county import COUNTY, department, organisations, villages
from deploy.linxi.year.submitting import Asked, between, chance, moment
from shared.calendar import is_working_day
from shared.events.roster import HoldActivity, PlanTurn, RecordTurnWork, SubmitIdea


class Turn(NamedTuple):
    """A term of three months; planned on a day before it begins (the first on the day itself)."""

    turn: str
    holders: tuple[str, ...]
    begins: date
    planned: date
    theme: str


TURNS = (
    Turn("2018-1", (department(9),), date(2018, 1, 1), date(2018, 1, 1), "孝行林西、润泽千家"),
    Turn("2018-2", (department(10),), date(2018, 4, 1), date(2018, 3, 16), "无障碍窗口，助残在身边"),
    Turn("2018-3", (department(5),), date(2018, 7, 1), date(2018, 6, 15), "消防安全进大厅"),
    Turn(
        "2018-4",
        tuple(department(n) for n in (1, 11, 12, 13, 23, 30)),
        date(2018, 10, 1),
        date(2018, 9, 14),
        "深化放管服改革、优化营商环境金点子征集",
    ),
)


class Work(NamedTuple):
    """What a holder recorded: the shares add up to what was done in the turn."""

    turn: str
    holder: str
    work: str
    shares: tuple[int, ...]
    note: str


WORKS = (
    Work("2018-1", department(9), "banner", (20, 24, 18, 22, 22), "向村级党群服务中心配发宣传条幅"),
    Work("2018-1", department(9), "home-visit", (3, 4, 2, 5, 4, 3, 5), "组织人员为老人上门服务"),
    Work("2018-2", department(10), "wheelchair", (4, 2), "为窗口配备轮椅"),
    Work("2018-2", department(10), "crutch", (8, 6), "为窗口配备拐杖"),
    Work("2018-3", department(5), "fire-safety-check", (12, 9, 13), "窗口消防安全隐患排查"),
    Work("2018-3", department(5), "emergency-drill", (1, 1, 1), "应急演练"),
    Work("2018-4", department(13), "gala", (1,), "深化放管服改革、优化营商环境专场文艺晚会"),
)

IDEAS = (
    "窗口增设材料预审岗",
    "高频事项实行容缺受理",
    "证照邮寄费用由财政承担",
    "村级站点开通社保代缴",
    "统一表单，减少重复填写",
    "延长周末预约服务时间",
    "办件进度短信提醒",
    "设立老年人绿色窗口",
    "企业开办一窗通办",
    "代办员定期轮训",
)
GALA = date(2018, 12, 21)


def plans() -> Iterator[Asked]:
    """Every turn as the committee planned it."""
    for one in TURNS:
        at = moment(one.planned, "00:00" if one.planned == one.begins else "10:00")
        data = PlanTurn(turn=one.turn, holders=list(one.holders), begins=one.begins, theme=one.theme)
        yield Asked(at, COUNTY, COUNTY, data)


def works(seed: int) -> Iterator[Asked]:
    """What holders did, on working days of their turn; then the gala as an activity of its organiser."""
    luck = chance(seed, "turn-work")
    begins = {one.turn: one.begins for one in TURNS}
    for one in WORKS:
        days = _some_days(begins[one.turn], len(one.shares), luck)
        for day, quantity in zip(days, one.shares, strict=True):
            data = RecordTurnWork(turn=one.turn, work=one.work, quantity=quantity, note=one.note)
            yield Asked(between(day, "09:00", "17:00", luck), one.holder, one.holder, data)
    held = HoldActivity(title="深化放管服改革、优化营商环境专场文艺晚会", prescribed=False, participants=420)
    yield Asked(moment(GALA, "21:00"), department(13), department(13), held)


def ideas(seed: int) -> Iterator[Asked]:
    """Suggestions of members and stations during the joint turn."""
    luck = chance(seed, "ideas")
    members = [one.code for one in organisations() if one.committee_member]
    from_members, from_stations = luck.sample(members, 22), luck.sample([one.code for one in villages()], 18)
    for n, code in enumerate((*from_members, *from_stations)):
        day = _some_days(TURNS[-1].begins, 1, luck)[0]
        data = SubmitIdea(turn=TURNS[-1].turn, title=IDEAS[n % len(IDEAS)])
        yield Asked(between(day, "08:30", "17:30", luck), code, code, data)


def _some_days(begins: date, count: int, luck: Random) -> list[date]:
    """Working days within eleven weeks from the turn's beginning, in order."""
    days = [day for n in range(77) if is_working_day(day := begins + timedelta(days=n))]
    return sorted(luck.sample(days, count))
