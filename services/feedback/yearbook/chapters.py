"""The chapters of a year book: which measures stand in each, and what is drawn month by month.

Every measure stands in one of them, but for those that name places: a book tells of the county as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.feedback.measures.catalogue import GREEN


@dataclass(frozen=True, slots=True)
class Chapter:
    """Its measures in order; `drawn` are counts of one scale, which stand side by side in each month."""

    name: str
    measures: tuple[str, ...]
    drawn: tuple[str, ...] = ()


OF_DOCUMENTS = (
    "monthly-reports",
    "quarterly-reports",
    "annual-reports",
    "receipts-on-time",
    "replies-on-time",
)
CHAPTERS = (
    Chapter("轮值", ("turns-held", "joint-turns-held", "turn-work", "stationed")),
    Chapter(
        "巡查",
        (
            "inspections",
            "patrolled-days",
            "self-checks",
            "self-check-rate",
            "self-checks-on-time",
            "self-checks-missed",
            "patrols-made",
            "patrol-rate",
            "patrols-on-time",
            "patrols-missed",
            "patrols",
            "spot-checks",
            "score",
            "facility-checks",
            "campaign-checks",
        ),
        ("inspections",),
    ),
    Chapter(
        "整改",
        (
            "findings",
            "severity",
            "repeat-findings",
            "rectifications-completed",
            "rectified-on-time",
            "rectifications-overdue",
            "rectified-late",
            "rectifications-sent-back",
            "rectifications-reopened",
            "rectifications-escalated",
            "escalations-received",
            "rectifications-open",
            "rectifications-open-overdue",
            "opinions",
            "opinions-closed",
            "opinions-on-time",
            "opinions-open",
            "opinions-open-overdue",
            "incidents",
            "incidents-upheld",
            "incidents-answered",
            "incidents-unanswered",
        ),
        ("findings", "rectifications-completed"),
    ),
    Chapter(
        "办件与服务",
        (
            "cases-opened",
            "cases-completed",
            "cases-on-time",
            "case-days",
            "visits",
            "fees",
            "certificates-posted",
            *(one.name for one in GREEN.values()),
        ),
        ("cases-completed",),
    ),
    Chapter("会议与流程", ("subplans", "ideas"), ("ideas",)),
    Chapter("学习与活动", ("lesson-attendance", "activities", "certificates"), ("activities",)),
    Chapter("反馈与考核", OF_DOCUMENTS),
)
LAST = CHAPTERS[-1]
"""It has more than figures: results of units that were approved, and honours."""
DRAWN = tuple(name for chapter in CHAPTERS for name in chapter.drawn)
