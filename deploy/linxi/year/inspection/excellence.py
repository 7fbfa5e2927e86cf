"""The excellence programme of 2018: commitments, incidents and marks.

The county's account names the programme (三有三无、四优窗口) and no figure of it: all this is illustrative.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from deploy.linxi.county import COUNTY, HALL, department, name_of, windows
from deploy.linxi.people import at_window
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, message, moment, submitted
from shared.calendar import due_after
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    FourScores,
    GrantExcellenceMark,
    IncidentKind,
    PublishCommitment,
    ReportIncident,
    WithdrawExcellenceMark,
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


def commitments(seed: int) -> Iterator[Asked]:
    """Every window's people commit themselves in January; a third of the windows renew it in November."""
    for n, window in enumerate(windows()):
        yield from _promises(seed, window.code, date(2018, 1, 8) + timedelta(days=n % 5), 0)
        if n % 3 == 0:
            yield from _promises(seed, window.code, RENEWED, 1)


def _promises(seed: int, code: str, day: date, edition: int) -> Iterator[Asked]:
    luck = chance(seed, "commitments", code)
    for person in at_window(code, day)[:PEOPLE]:
        for item in luck.sample(sorted(PROMISES), 2):
            data = PublishCommitment(person=person, item=item, text=PROMISES[item][edition])
            yield Asked(between(day, "09:00", "11:30", luck), code, code, data)


def incidents(seed: int) -> Iterator[Arrival]:
    """Reported by the hall, answered by the window's own organisation, closed by the committee two days later."""
    luck = chance(seed, "incidents")
    for one in INCIDENTS:
        code, at = department(one.window), between(one.reported, "09:30", "16:00", luck)
        incident = uuid7(at, luck)
        report = ReportIncident(kind=one.kind, summary=one.summary, person=at_window(code, one.reported)[-1])
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
