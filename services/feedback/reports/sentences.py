"""What a document says of a period in sentences, each with the measure that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.feedback.measures.rows import nothing_of
from services.feedback.measures.words import says, text
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.dates import day_text
from shared.events.vocabulary import OrganisationKind
from shared.pages.chinese import grouped

Sentence = tuple[str, str]
"""A measure, and a sentence about it in which numbers stand as {their names}."""
CHECKED: tuple[Sentence, ...] = (
    ("self-check-rate", "自查{self-checks}次，自查率{self-check-rate}%。"),
    ("patrol-rate", "开展巡查{patrols-made}次，到位率{patrol-rate}%。"),
    ("score", "接受巡查{patrols}次、抽查{spot-checks}次，平均得分{score}分{rank}。"),
)
FOUND: Sentence = ("findings", "各类检查发现问题{findings}项。")
CHECKED_BEFORE: tuple[Sentence, ...] = (
    ("patrol-rate", "{now}日巡查{inspections}次，到位率{patrol-rate}%。"),
    ("score", "巡查平均得分{score}分，发现问题{findings}项。"),
)
"""What a report says that was issued before self-checks, patrols and spot checks were told apart."""
FELL_DUE: Sentence = (
    "rectified-on-time",
    "整改到期{due}项，按期整改率{rectified-on-time}%；完成整改{rectifications-completed}项，"
    "曾逾期{rectifications-overdue}项次。",
)
LEFT_OPEN: Sentence = (
    "rectifications-open",
    "期末未销号{rectifications-open}项，其中逾期{rectifications-open-overdue}项。",
)
PUT_RIGHT: tuple[Sentence, ...] = (
    (
        "rectifications-open",
        "各类检查发现问题{findings}项，完成整改{rectifications-completed}项，截至{last}尚未销号{rectifications-open}项，"
        "其中逾期{rectifications-open-overdue}项。",
    ),
    ("rectified-on-time", "整改到期{due}项，按期整改率{rectified-on-time}%，曾逾期{rectifications-overdue}项次。"),
)
"""Of a report that lists its problems."""
BESIDE: tuple[Sentence, ...] = (
    ("cases-on-time", "办结办件{cases-completed}件，按时办结率{cases-on-time}%。"),
    ("incidents-upheld", "查实事故、差评和投诉{incidents-upheld}起。"),
    ("turns-held", "轮值{turns-held}期。"),
    ("joint-turns-held", "联值{joint-turns-held}期。"),
    ("lesson-attendance", "听党课{lesson-attendance}人次。"),
)
RECEIVED_LATE: Sentence = (
    "receipts-on-time",
    "签收期限已到的反馈文件{receipts-due}份，未按期签收{receipts-late}份，最长逾期{receipts-days}个工作日。",
)
REPLIED_LATE: Sentence = (
    "replies-on-time",
    "回复期限已到的反馈文件{replies-due}份，未按期回复{replies-late}份，最长逾期{replies-days}个工作日。",
)
LATE = (RECEIVED_LATE, REPLIED_LATE)
"""Where something was late; a document of before its days were kept says nothing of it."""


def sentences(report: Report) -> tuple[Sentence, ...]:
    """Those that there is something to say of."""
    return tuple((name, sentence) for name, sentence in _every(report) if _is_said(report.measures, name, sentence))


def _every(report: Report) -> Iterator[Sentence]:
    has_checks = "self-checks" in report.measures
    yield from CHECKED if has_checks else CHECKED_BEFORE
    if report.problems is not None:
        yield from PUT_RIGHT
    else:
        yield from (*([FOUND] if has_checks else []), FELL_DUE, LEFT_OPEN)
    yield from BESIDE
    yield from (one for one in LATE if one[0] in _late(report))


def _late(report: Report) -> dict[str, tuple[int, int, int]]:
    """How many fell due, how many of these were late, by how many working days at most; where any was."""
    days = {RECEIVED_LATE[0]: report.receipt_late, REPLIED_LATE[0]: report.reply_late}
    rates = {name: report.measures[name] for name, most in days.items() if most and name in report.measures}
    return {name: (one["d"], one["d"] - one["n"], days[name]) for name, one in rates.items() if one["d"] > one["n"]}


def _is_said(measures: Mapping[str, Any], name: str, sentence: str) -> bool:
    """A rate needs something to be a rate of; a report of before there was a stock says nothing of what was left."""
    if (name, sentence) in (FELL_DUE, LEFT_OPEN) and "rectifications-open" not in measures:
        return False
    if name == "rectifications-open":
        return bool(measures["findings"] or measures["rectified-on-time"]["d"] or measures[name])
    return says(measures.get(name))


def numbers(report: Report) -> dict[str, str]:
    """What fills them."""
    measures, period = report.measures, report.period
    return {
        "now": periods.spoken(period).now,
        "last": day_text(periods.last_day(period)),
        "rank": ranked(report),
        **{name: text(name, value) for name, value in measures.items()},
        "due": grouped(measures["rectified-on-time"]["d"]),
        **_lateness(report),
    }


def _lateness(report: Report) -> dict[str, str]:
    parts = ("due", "late", "days")
    late = {name.removesuffix("-on-time"): found for name, found in _late(report).items()}
    return {f"{of}-{part}": grouped(n) for of, found in late.items() for part, n in zip(parts, found, strict=True)}


def ranked(report: Report) -> str:
    """，在17个入驻单位中列第5位: after the score; nothing where there are too few to be ranked."""
    if report.rank is None:
        return ""
    kin = "乡镇街道" if report.organisation_kind == OrganisationKind.TOWNSHIP else "入驻单位"
    return f"，在{report.rank.among}个{kin}中列第{report.rank.place}位"


def filled(sentence: str, said: Mapping[str, str]) -> str:
    """A sentence with its numbers."""
    for name, value in said.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence


def nothing(measures: Mapping[str, Any], spoken: periods.Spoken) -> str:
    """本月无办件、绿色通道服务记录; empty where there was something of everything."""
    subjects = nothing_of(measures)
    return f"{spoken.now}无{'、'.join(subjects)}记录。" if subjects else ""
