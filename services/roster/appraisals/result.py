"""What a sheet comes to: the committee's score, the dual score beside the pair of grades, whether both talk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from services.roster.appraisals.contents import CommitteePart, Grade, HomePart
from services.roster.appraisals.model import AppraisalRules

GRADES = tuple(Grade)
APART = 2
"""Grades between which both sides talk."""
INCIDENTS = "incidents"


class Term(NamedTuple):
    """A line of what a score is made of, in hundredths; `most` is what could be had."""

    name: str
    points: int
    most: int
    why: str


def terms(part: CommitteePart, rules: AppraisalRules) -> Iterator[Term]:
    """The four parts, and what upheld incidents take off."""
    yield Term("daily", part.daily.points, rules.daily_points * 100, part.daily.why)
    yield Term("service", part.service.points, rules.service_points * 100, part.service.why)
    yield Term("party_life", part.party_life.points, rules.party_life_points * 100, part.party_life.why)
    yield Term("role", part.role.points, rules.role_points * 100, part.role.why)
    if part.incidents:
        yield Term(INCIDENTS, -100 * rules.incident_points * len(part.incidents), 0, "、".join(part.incidents))


def committee_score(part: CommitteePart, rules: AppraisalRules) -> int:
    """Hundredths, never below 0."""
    return max(0, sum(one.points for one in terms(part, rules)))


def home_score(part: HomePart, rules: AppraisalRules) -> int:
    """Hundredths that a grade counts."""
    points = {
        Grade.EXCELLENT: rules.excellent_points,
        Grade.QUALIFIED: rules.qualified_points,
        Grade.BASIC: rules.basic_points,
        Grade.UNQUALIFIED: rules.unqualified_points,
    }
    return 100 * points[part.grade]


def dual_score(committee: CommitteePart, home: HomePart, rules: AppraisalRules) -> int:
    """Hundredths by weight, half a hundredth rounded up; it stands beside the pair and never in its place."""
    weighed = rules.committee_weight * committee_score(committee, rules)
    weighed += (100 - rules.committee_weight) * home_score(home, rules)
    return (weighed + 50) // 100


def must_settle(one: Grade, other: Grade) -> bool:
    """Whether both sides talk before the person reads it."""
    return abs(GRADES.index(one) - GRADES.index(other)) >= APART


def most_excellent(appraised: int, rules: AppraisalRules) -> int:
    """Of so many sheets of a branch; parts of a person are left out."""
    return appraised * rules.excellent_percent // 100


def beyond(part: CommitteePart, rules: AppraisalRules) -> bool:
    """Whether a part has more points than there are for it."""
    return any(one.points > one.most for one in terms(part, rules) if one.name != INCIDENTS)
