"""A desk on which one finding is put right, in domain words; the clock's look at it is MongoDB's filter done here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.feedback.measures.adding import added
from services.inspection.handlers import HANDLERS
from services.inspection.rectifications.model import Rectification
from shared.events import EventData, Fact
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    Finding,
    LogInspection,
    MarkOverdue,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.events.vocabulary import PatrolKind, Severity
from shared.pipeline.decisions import Accepted, Refused
from tests.asking import COUNTY, STATION, TOWNSHIP, Desk, asked, facts, moment, roster

FINDING = Finding(item="设备故障", severity=Severity.MINOR, note="打印机卡纸", rectify_within=3)
Facts = tuple[tuple[str, Fact], ...]


def patrol(*findings: Finding, **more: Any) -> LogInspection:
    """A station's patrol."""
    return LogInspection(patrol=PatrolKind.STATION, score=9500, findings=list(findings), **more)


class Case(Desk):
    """One finding of Monday the 5th of March 2018, due on Thursday the 8th; what it adds to the measures is summed."""

    def __init__(self, finding: Finding = FINDING, at: str = "2018-03-05") -> None:
        super().__init__(HANDLERS, roster())
        self.sums: dict[tuple[str, str], int] = {}
        self.hears(self.agrees(patrol(finding), STATION, at))
        self.id = self.only(Rectification).rectification

    @property
    def it(self) -> Rectification:
        """The rectification as it stands."""
        return next(one for one in self.kept(Rectification) if one.rectification == self.id)

    def hears(self, facts: Iterable[tuple[str, Fact]]) -> None:
        """Adds what facts add, by measure and organisation."""
        for about, fact in facts:
            for name, amount in added(fact).items():
                self.sums[name, about] = self.sums.get((name, about), 0) + amount

    def sum(self, name: str, about: str = STATION) -> int:
        """What a measure has come to."""
        return self.sums.get((name, about), 0)

    def says(self, data: EventData, at: str, by: str, n: int = 0) -> Facts | str:
        """The facts that follow, or the slug of the reason for a no."""
        verdict = self.answers(data, STATION, at, by, n)
        if isinstance(verdict, Refused):
            return verdict.slug
        following = facts(verdict, STATION)
        self.hears(following)
        return following

    def accepts(self, at: str, by: str = STATION) -> Facts | str:
        return self.says(AcceptRectification(rectification=self.id), at, by)

    def submits(self, at: str, by: str = STATION) -> Facts | str:
        return self.says(SubmitRectification(rectification=self.id, note="已修复"), at, by)

    def verifies(self, at: str, by: str = TOWNSHIP, reinspection: str | None = None) -> Facts | str:
        return self.says(VerifyRectification(rectification=self.id, reinspection=reinspection), at, by)

    def sends_back(self, at: str, by: str = TOWNSHIP) -> Facts | str:
        return self.says(SendBackRectification(rectification=self.id, reason="未修复"), at, by)

    def reopens(self, at: str, by: str = TOWNSHIP) -> Facts | str:
        return self.says(ReopenRectification(rectification=self.id, reason="反弹"), at, by)

    def extends(self, at: str, days: int = 2, by: str = TOWNSHIP) -> Facts | str:
        return self.says(ExtendRectification(rectification=self.id, working_days=days, reason="待配件"), at, by)

    def looks(self, day: str) -> Facts:
        """The tick of a day."""
        when = date.fromisoformat(day)
        due = [one for one in self.kept(Rectification) if one.look is not None and one.look <= when]
        verdict = self.decides(asked(MarkOverdue(day=when), COUNTY, moment(f"{day}T00:00")), due)
        assert isinstance(verdict, Accepted)
        following = facts(verdict, COUNTY)
        self.hears(following)
        return following

    def days(self, first: str, last: str) -> list[Facts]:
        """Every tick from one day to another, those that told something."""
        span = range(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal() + 1)
        return [facts for n in span if (facts := self.looks(date.fromordinal(n).isoformat()))]


def kinds(outcome: Facts | str) -> list[str]:
    """The types of facts, in order."""
    assert not isinstance(outcome, str), outcome
    return [fact.type for _, fact in outcome]


def submitted(at: str = "2018-03-07") -> Case:
    """Work that waits for its verifier."""
    case = Case()
    case.submits(at)
    return case


def verified(at: str = "2018-03-08") -> Case:
    """Work that was found done."""
    case = submitted()
    case.verifies(at)
    return case


def closed() -> Case:
    """Work that lasted."""
    case = verified()
    case.looks("2018-04-09")
    return case


def only(outcome: Facts | str) -> Fact:
    """The one fact about the station."""
    assert not isinstance(outcome, str), outcome
    ((about, fact),) = outcome
    assert about == STATION
    return fact
