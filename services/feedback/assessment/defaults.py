"""The scheme that a county begins with [A]: indicators of which every county has the figures, as data.

What is asked for beside them and has no figure yet (satisfaction, responsibility lists, meetings, whether a station is
online), or one that no unit can bring about (how many ask for an agent), is left out, and its weight spread over the
others in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator

from shared.events.assessment import Indicator, ScoringWay, Without
from shared.events.vocabulary import OrganisationKind

DEPARTMENT, TOWNSHIP = OrganisationKind.DEPARTMENT, OrganisationKind.TOWNSHIP
DefaultLine = tuple[str, str, str | None, int, int, int]
"""Name, figure, by what it is divided, weight, floor and target in hundredths."""
WINDOWS: tuple[DefaultLine, ...] = (
    ("日常管理", "score", None, 31, 60_00, 98_00),
    ("问题整改", "rectified-on-time", None, 19, 50_00, 95_00),
    ("按时办结", "cases-on-time", None, 19, 60_00, 98_00),
    ("事故、差评和投诉按期答复", "incidents-answered", None, 19, 0, 100_00),
    ("一次办结", "visits", None, 6, 2_00, 1_00),
    ("学习活动", "activities", None, 6, 0, 1_00),
)
STATIONS: tuple[DefaultLine, ...] = (
    ("站点巡查", "score", None, 55, 60_00, 98_00),
    ("问题整改", "rectified-on-time", None, 27, 50_00, 95_00),
    ("党课到课", "lesson-attendance", "places", 18, 0, 20_00),
)


def indicators() -> tuple[Indicator, ...]:
    """Of windows and of townships; what was established against somebody is taken off a hundred."""
    return tuple(
        one
        for kind, lines in ((DEPARTMENT, WINDOWS), (TOWNSHIP, STATIONS))
        for one in (*_weighted(kind, lines), _upheld(kind))
    )


def _weighted(kind: OrganisationKind, lines: tuple[DefaultLine, ...]) -> Iterator[Indicator]:
    for name, figure, divided_by, weight, floor, target in lines:
        yield Indicator(
            name=name,
            applies_to=kind,
            figure=figure,
            divided_by=divided_by,
            weight=weight,
            floor=floor,
            target=target,
        )


def _upheld(kind: OrganisationKind) -> Indicator:
    return Indicator(
        name="查实的事故、差评和投诉",
        applies_to=kind,
        figure="incidents-upheld",
        way=ScoringWay.DEDUCT,
        weight=5,
        floor=0,
        target=5_00,
        without=Without.ZERO,
    )
