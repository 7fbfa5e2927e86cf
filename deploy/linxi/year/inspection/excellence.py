"""The excellence programme of 2018: commitments, incidents, marks, cameras and who looked through them.

The county's account names the programme (三有三无、四优窗口、电子监察) and no figure of it: all this is illustrative.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from deploy.linxi.county import COUNTY, HALL, department, name_of, organisations, villages, windows
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, message, moment, submitted
from shared.calendar import due_after
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    FourScores,
    GrantExcellenceMark,
    GrantViewing,
    IncidentKind,
    PublishCommitment,
    RegisterDevice,
    ReportIncident,
    ViewDevice,
    ViewingRole,
    WithdrawExcellenceMark,
    WithdrawViewing,
)
from shared.uuid7 import uuid7

PROMISES = {
    "service-attitude": ("来有迎声、问有答声、走有送声", "微笑服务，不推诿、不敷衍、不让群众多跑一次"),
    "one-notice": ("办事材料一次性告知，不让群众白跑", "材料不全的当场出具一次性告知单"),
    "time-limit": ("在承诺时限内办结，超时说明原因", "简单事项当场办结，一般事项提前一个工作日办结"),
    "integrity": ("不收礼、不吃请、不优亲厚友", "廉洁自律，接受群众和驻厅纪检人员监督"),
}
PEOPLE = 2
"""So many of each window commit themselves in January, to two items each."""
RENEWED = date(2018, 11, 23)
"""The day on which commitments were signed anew in the hall (四优窗口创建：逐人逐项公开承诺)."""


class Incident(NamedTuple):
    """What went wrong at a window, how many working days its answer took, and what was found."""

    reported: date
    window: int
    kind: IncidentKind
    summary: str
    answered_after: int
    answer: str
    upheld: bool
    note: str


COMPLAINT, BAD_RATING, ACCIDENT = IncidentKind.COMPLAINT, IncidentKind.BAD_RATING, IncidentKind.ACCIDENT
INCIDENTS = (
    Incident(
        date(2018, 1, 24),
        15,
        COMPLAINT,
        "办事群众反映材料分两次告知，多跑一趟",
        2,
        "已上门致歉并补办，窗口重新学习一次性告知制度",
        True,
        "情况属实，责令书面检查",
    ),
    Incident(
        date(2018, 2, 27),
        8,
        BAD_RATING,
        "评价器差评，反映等候时间过长",
        3,
        "节后首个工作日办件集中，已增开临时窗口分流",
        False,
        "客观原因，不予认定",
    ),
    Incident(
        date(2018, 3, 20),
        14,
        COMPLAINT,
        "反映分厅午间无人值守",
        4,
        "已安排午间轮值，公示值班电话",
        True,
        "情况属实，已整改",
    ),
    Incident(
        date(2018, 4, 17),
        3,
        BAD_RATING,
        "评价器差评，反映工作人员态度生硬",
        1,
        "已当面致歉，取得群众谅解",
        True,
        "情况属实，批评教育",
    ),
    Incident(
        date(2018, 5, 22),
        16,
        COMPLAINT,
        "反映企业登记网上预审退回未说明理由",
        5,
        "系统模板缺项，已补充退回理由并逐件电话说明",
        False,
        "系统原因，不予认定",
    ),
    Incident(
        date(2018, 6, 28),
        9,
        ACCIDENT,
        "窗口前地面湿滑，一名老人滑倒，未受伤",
        2,
        "已铺设防滑垫，设立提示牌，看望慰问老人",
        True,
        "情况属实，大厅同步排查地面",
    ),
    Incident(
        date(2018, 8, 15),
        18,
        COMPLAINT,
        "反映社保窗口提前停止取号",
        7,
        "系统切换期间停止取号，未提前公告，已道歉并公示",
        True,
        "情况属实，逾期答复一并批评",
    ),
    Incident(
        date(2018, 9, 18),
        4,
        BAD_RATING,
        "评价器差评，未留理由",
        3,
        "已回访，系误按",
        False,
        "误按，不予认定",
    ),
    Incident(
        date(2018, 11, 13),
        10,
        COMPLAINT,
        "反映轮椅借用登记手续繁琐",
        2,
        "已改为凭身份证即借即用",
        False,
        "建议类事项，已采纳",
    ),
)
MARKS_A_QUARTER = 8
DECIDED = (("2018-Q1", date(2018, 4, 12)), ("2018-Q2", date(2018, 7, 12)), ("2018-Q3", date(2018, 10, 18)))
"""A quarter's marks are granted after it; those of the fourth fall into the next year."""
CAMERAS = "https://camera.linxi.example.org/devices"
WATCHED_WINDOWS = tuple(department(n) for n in (1, 4, 8, 9, 15, 16, 17, 18))
OFFICERS = (f"{COUNTY}-J01", f"{COUNTY}-J02")
INSTALLED, GRANTED, RETIRED = date(2018, 1, 16), date(2018, 1, 18), date(2018, 9, 3)
VIEWINGS = 40


def commitments(seed: int) -> Iterator[Asked]:
    """Every window's people commit themselves in January; a third of the windows renew it in November."""
    for n, window in enumerate(windows()):
        yield from _promises(seed, window.code, date(2018, 1, 8) + timedelta(days=n % 5), 0)
        if n % 3 == 0:
            yield from _promises(seed, window.code, RENEWED, 1)


def _promises(seed: int, code: str, day: date, edition: int) -> Iterator[Asked]:
    luck = chance(seed, "commitments", code)
    for n in range(1, PEOPLE + 1):
        for item in luck.sample(sorted(PROMISES), 2):
            data = PublishCommitment(person=f"{code}-W{n:02}", item=item, text=PROMISES[item][edition])
            yield Asked(between(day, "09:00", "11:30", luck), code, code, data)


def incidents(seed: int) -> Iterator[Arrival]:
    """Reported by the hall, answered by the window's own organisation, closed by the committee two days later."""
    luck = chance(seed, "incidents")
    for one in INCIDENTS:
        code, at = department(one.window), between(one.reported, "09:30", "16:00", luck)
        incident = uuid7(at, luck)
        report = ReportIncident(kind=one.kind, summary=one.summary, person=f"{code}-W01")
        yield Arrival(at, message(incident, Asked(at, HALL, code, report)))
        answered = due_after(one.reported, one.answered_after).day
        answer = AnswerIncident(incident=incident, answer=one.answer)
        closing = CloseIncident(incident=incident, upheld=one.upheld, note=one.note)
        for asked in (
            Asked(moment(answered, "15:00"), code, code, answer),
            Asked(moment(due_after(answered, 2).day, "10:00"), COUNTY, code, closing),
        ):
            yield Arrival(asked.at, submitted(asked, luck))


def marks(seed: int) -> Iterator[Asked]:
    """Some windows each quarter, none with an incident that was upheld in it; one mark is taken back."""
    for quarter, day in DECIDED:
        luck = chance(seed, "marks", quarter)
        clean = [one.code for one in windows() if one.code not in _upheld(quarter)]
        for n, code in enumerate(sorted(luck.sample(clean, MARKS_A_QUARTER))):
            environment, service, management, integrity = (luck.randint(9000, 9900) for _ in range(4))
            scores = FourScores(environment=environment, service=service, management=management, integrity=integrity)
            data = GrantExcellenceMark(quarter=quarter, scores=scores, note=f"{name_of(code)}窗口")
            yield Asked(moment(day, f"10:{n:02}"), COUNTY, code, data)
            if (quarter, n) == (DECIDED[0][0], 0):
                reason = "五月抽查发现环境台账不实，经研究撤销"
                taken_back = WithdrawExcellenceMark(quarter=quarter, reason=reason)
                yield Asked(moment(date(2018, 5, 15), "16:00"), COUNTY, code, taken_back)


def _upheld(quarter: str) -> set[str]:
    number = int(quarter[-1])
    return {department(one.window) for one in INCIDENTS if one.upheld and (one.reported.month + 2) // 3 == number}


def _watched_stations() -> tuple[str, ...]:
    """One station of each township that has any, and the next of the first: with the windows twenty cameras."""
    first = {one.township: one.code for one in reversed(villages())}
    stations = tuple(sorted(first.values()))
    return (*stations, villages()[1].code)[: 20 - len(WATCHED_WINDOWS)]


def devices() -> Iterator[Asked]:
    """A window's cameras are registered by the hall, a station's by its township."""
    townships = {one.code: one.township for one in villages()}
    for n, code in enumerate((*WATCHED_WINDOWS, *_watched_stations())):
        data = RegisterDevice(device="counter-1", name="服务台", link=f"{CAMERAS}/{code}-1")
        yield Asked(moment(INSTALLED, f"09:{n:02}"), townships.get(code, HALL), code, data)


def _viewers() -> list[tuple[str, str, ViewingRole, tuple[str, ...]]]:
    """Who may look: organisation, person, role, and the places that the role covers."""
    deputies = [one.code for one in organisations() if one.kind == "township"]
    stations = _watched_stations()
    everything = (*WATCHED_WINDOWS, *stations)
    below = {one: tuple(code for code in stations if code.startswith(one)) for one in deputies}
    return [
        *((code, f"{code}-H01", ViewingRole.DEPARTMENT_HEAD, (code,)) for code in WATCHED_WINDOWS[1:]),
        *((code, f"{code}-H02", ViewingRole.TOWNSHIP_DEPUTY, seen) for code, seen in below.items() if seen),
        *((COUNTY, person, ViewingRole.DISCIPLINE_OFFICER, everything) for person in OFFICERS),
    ]


def grants() -> Iterator[Asked]:
    """All in January; a deputy who moves on loses its grant in September."""
    viewers = _viewers()
    for n, (code, person, role, _) in enumerate(viewers):
        yield Asked(moment(GRANTED, f"14:{n:02}"), COUNTY, code, GrantViewing(person=person, role=role))
    deputy = next(one for one in viewers if one[2] is ViewingRole.TOWNSHIP_DEPUTY)
    yield Asked(moment(RETIRED, "09:00"), COUNTY, deputy[0], WithdrawViewing(person=deputy[1]))


def viewings(seed: int) -> Iterator[Asked]:
    """On working days, spread over the year; whoever retires looks no more."""
    luck, viewers = chance(seed, "viewings"), _viewers()
    retired = next(one for one in viewers if one[2] is ViewingRole.TOWNSHIP_DEPUTY)
    for _ in range(VIEWINGS):
        day = due_after(GRANTED, luck.randint(1, 235)).day
        code, person, _, seen = luck.choice([one for one in viewers if day < RETIRED or one is not retired])
        data = ViewDevice(device="counter-1", organisation=luck.choice(seen), person=person)
        yield Asked(between(day, "09:00", "17:00", luck), code, code, data)
