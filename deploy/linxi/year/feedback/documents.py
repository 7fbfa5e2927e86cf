"""Documents of 2018: each period's are reviewed, signed in one list and signed for, a few late; one is corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from deploy.linxi.county import COUNTY, START, organisations
from deploy.linxi.year.feedback import packages
from deploy.linxi.year.feedback.assessments import approved
from deploy.linxi.year.submitting import Arrival, Asked, between, chance, moment, submitted
from shared.calendar import due_after
from shared.events.documents import (
    AdoptDocumentScheme,
    AnswerObjection,
    GivenOpinion,
    JudgeReply,
    ObjectReport,
    OpinionReply,
    OrderRevision,
    PassReports,
    ReceiveReport,
    RedraftReports,
    ReplyReport,
    ReviewReport,
    SignMonthlyReports,
    SignReports,
)
from shared.events.roster import HoldActivity

MONTHS = tuple(f"2018-{month:02}" for month in range(1, 12))
QUARTERS = {f"2018-Q{n}": date(2018, 3 * n + 1, 1) for n in (1, 2, 3)}
YEAR = "2018"
LATEST = date(2019, 1, 20)
"""The year's documents are signed and received by then."""
LATEST_COMES, REVIEWED_WITHIN = 7, 6
"""Days after which nothing comes late any more, and working days within which drafts are reviewed."""
GIVEN = 10
"""Working days within which an opinion is to be put right."""
RETURNED, OBJECTED = "2018-03", ("2018-06", "150424102")
"""The period one reply of which is returned, and the report to which its recipient objects."""
IN_TIME, LATE = 2, 0.03
"""Working days within which a document is signed for, and the share of those that are not."""
LATE_BY = {"150424-D07": 2, "150424105": 4}
"""In March two are late by so many working days: both are reminded, the second twice, and the committee is told."""
CORRECTED, FORGOTTEN = "150424-D16", date(2018, 3, 28)
"""Whose objection to March is upheld: it had not entered what it held on that day, and does so now."""
OF_MARCH = ("2018-03", "2018-Q1")
ANSWERED_AFTER = 4
"""Working days after March's documents were signed on which the objection is answered and the correction signed."""
OPINIONS = (
    ("窗口公示的事项、时限与服务指南不一致", "逐项核对公示内容，更新后报送整改结果"),
    ("首席代表外出时没有安排人员补位", "排定补位人员，并在窗口公示"),
    ("整改结果只有照片，没有说明原因和措施", "补报原因和措施，防止再次发生"),
    ("一次性告知内容不全，群众多跑一次", "对照清单修改一次性告知单，组织窗口人员学习"),
)


def scheme() -> Iterator[Asked]:
    """From the year's first day reports are signed before they are issued, once what comes late has come."""
    adopted = AdoptDocumentScheme(effective_from=START, prefix="林政联党", review_days=REVIEWED_WITHIN)
    yield Asked(moment(START, "00:01"), COUNTY, COUNTY, adopted)


def desk(seed: int) -> dict[date, list[Asked]]:
    """What the office does with the drafts of the fifteen periods that have reports, by the day on which it does."""
    found: defaultdict[date, list[Asked]] = defaultdict(list)
    for n, (period, ended) in enumerate(_periods()):
        found[_signed(ended)] += _issued(seed, period, OPINIONS[n % len(OPINIONS)], _signed(ended))
    found[_corrected_on()] += _corrected()
    found[year_signed()] += packages.sent(year_signed())
    return found


def answers(seed: int) -> Iterator[Asked]:
    """Each document is signed for by its recipient, and replied to where it asks for that."""
    for period, ended in _periods():
        luck, signed, worded = chance(seed, "receipts", period), _signed(ended), _worded(seed, period)
        for code in _recipients():
            days = _days(luck, code, period)
            at = between(due_after(signed, days).day, "08:35", "17:20", luck)
            report = f"{period}_{code}"
            yield Asked(at, code, code, ReceiveReport(report=report))
            if code == worded:
                replied = due_after(at.date(), 1).day
                yield from _replied(report, code, due_after(signed, GIVEN).day, replied, period == RETURNED)
            elif (period, code) == OBJECTED:
                yield from _objected(report, code, due_after(at.date(), 1).day)
    signed = due_after(_corrected_on(), 1).day
    objects = ObjectReport(
        report=f"{RETURNED}_{CORRECTED}", item="开展活动", reason="3月28日的志愿服务没有登记，现已补报"
    )
    yield Asked(moment(due_after(_signed(date(2018, 4, 1)), 3).day, "15:20"), CORRECTED, CORRECTED, objects)
    for n, period in enumerate(OF_MARCH):
        at = moment(signed, f"09:{10 + n}")
        yield Asked(at, CORRECTED, CORRECTED, ReceiveReport(report=f"{period}_{CORRECTED}"))


def made_up(seed: int) -> Iterator[Arrival]:
    """What was held in March and is entered with the objection."""
    held = HoldActivity(title="学雷锋志愿服务：上门办理营业执照", prescribed=False, participants=26)
    asked = Asked(moment(FORGOTTEN, "16:30"), CORRECTED, CORRECTED, held)
    arrives = moment(due_after(_signed(date(2018, 4, 1)), 3).day, "15:10")
    yield Arrival(arrives, submitted(asked, chance(seed, "made up")))


def _days(luck: Random, code: str, period: str) -> int:
    """After which a document is signed for; who is late in March is known."""
    if period == RETURNED:
        return IN_TIME + LATE_BY[code] if code in LATE_BY else luck.randint(1, IN_TIME)
    return IN_TIME + luck.randint(1, 3) if luck.random() < LATE else luck.randint(1, IN_TIME)


def _corrected_on() -> date:
    return due_after(_signed(date(2018, 4, 1)), ANSWERED_AFTER).day


def _corrected() -> Iterator[Asked]:
    """The objection is upheld; of the month and its quarter one recipient's documents are corrected and signed."""
    day, reports = _corrected_on(), [f"{period}_{CORRECTED}" for period in OF_MARCH]
    upheld = AnswerObjection(
        report=reports[0], objection=1, upheld=True, answer="情况属实，活动已经补报，对三月和第一季度的数据予以更正"
    )
    yield Asked(moment(day, "10:00"), COUNTY, COUNTY, upheld)
    yield Asked(moment(day, "10:10"), COUNTY, COUNTY, OrderRevision(reports=reports, reason="补报3月28日开展的活动"))
    month, quarter = (f"{report}@3" for report in reports)
    yield Asked(moment(day, "16:30"), COUNTY, COUNTY, PassReports(drafts=[month, quarter]))
    yield Asked(moment(day, "17:00"), COUNTY, COUNTY, SignMonthlyReports(drafts=[month]))
    yield Asked(moment(day, "17:10"), COUNTY, COUNTY, SignReports(drafts=[quarter]))


def opinions_given(seed: int) -> dict[str, date]:
    """The documents with an opinion, and until when each is to be put right."""
    return {f"{period}_{_worded(seed, period)}": due_after(_signed(ended), GIVEN).day for period, ended in _periods()}


def _replied(report: str, code: str, until: date, day: date, is_returned: bool) -> Iterator[Asked]:
    """Agreed to on the next working day; one of the year is returned first."""
    reply = OpinionReply(
        opinion=1,
        cause="日常检查流于形式，责任没有落实到人",
        measure="明确专人负责，每周一检查一次并登记",
        responsible="窗口首席代表",
        finish_by=until,
    )
    again = due_after(day, 1).day
    yield Asked(moment(day, "10:00"), code, code, ReplyReport(report=report, replies=[reply]))
    if is_returned:
        why = JudgeReply(report=report, accepted=False, reason="请补充防止再次发生的措施")
        yield Asked(moment(again, "09:00"), COUNTY, COUNTY, why)
        better = reply.model_copy(update={"measure": "明确专人负责，每周一检查一次并登记，检查情况按月公示"})
        yield Asked(moment(again, "15:00"), code, code, ReplyReport(report=report, replies=[better]))
        again = due_after(again, 1).day
    yield Asked(moment(again, "09:30"), COUNTY, COUNTY, JudgeReply(report=report, accepted=True))


def _objected(report: str, code: str, day: date) -> Iterator[Asked]:
    asked = ObjectReport(report=report, item="按期整改率", reason="有一项在期限内已经整改，因网络中断报送较晚")
    yield Asked(moment(day, "11:00"), code, code, asked)
    answer = AnswerObjection(
        report=report, objection=1, upheld=False, answer="整改以核验通过为准，该项在期限之后核验，维持原数据"
    )
    yield Asked(moment(due_after(day, 2).day, "11:00"), COUNTY, COUNTY, answer)


def _periods() -> Iterator[tuple[str, date]]:
    """Each with the day on which it was closed."""
    for month in MONTHS:
        first = date.fromisoformat(f"{month}-01")
        yield month, (first + timedelta(days=32)).replace(day=1)
    yield from QUARTERS.items()
    yield YEAR, date(2019, 1, 1)


def _signed(ended: date) -> date:
    """The first working day on which everything that came late has come."""
    return due_after(ended + timedelta(days=LATEST_COMES - 1), 1).day


def year_signed() -> date:
    """The day on which the year's documents are."""
    return _signed(date(2019, 1, 1))


def _issued(seed: int, period: str, opinion: Sequence[str], day: date) -> Iterator[Asked]:
    """Drafted anew by one clerk, reviewed by another, who gives one unit an opinion, and signed in one list."""
    recipients, worded = _recipients(), _worded(seed, period)
    anew, drafts = ([f"{period}_{code}@{edition}" for code in recipients] for edition in (1, 2))
    yield Asked(moment(day, "16:00"), COUNTY, COUNTY, RedraftReports(drafts=anew))
    if period == YEAR:
        yield from approved(period, day)
    yield _reviewed(f"{period}_{worded}@2", opinion, day)
    others = [one for one in drafts if one != f"{period}_{worded}@2"]
    yield Asked(moment(day, "16:30"), COUNTY, COUNTY, PassReports(drafts=others))
    signing = SignMonthlyReports if period in MONTHS else SignReports
    yield Asked(moment(day, "17:00"), COUNTY, COUNTY, signing(drafts=sorted([*others, f"{period}_{worded}@3"])))


def _worded(seed: int, period: str) -> str:
    """The unit to which the office gives an opinion."""
    recipients = _recipients()
    return recipients[chance(seed, "documents", period).randrange(len(recipients))]


def _reviewed(draft: str, opinion: Sequence[str], day: date) -> Asked:
    problem, requirement = opinion
    due = due_after(day, GIVEN).day
    given = GivenOpinion(problem=problem, requirement=requirement, finish_by=due, responsible="窗口首席代表")
    return Asked(moment(day, "16:20"), COUNTY, COUNTY, ReviewReport(draft=draft, opinions=[given]))


def _recipients() -> list[str]:
    return sorted(one.code for one in organisations() if one.feedback_recipient)
