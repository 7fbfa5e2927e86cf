"""A desk on which a finding or an opinion is put right, in domain words; MongoDB's filters are done here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from services.feedback.measures.adding import added, held
from services.inspection.handlers import FOLLOWED, HANDLERS
from services.inspection.rectifications.model import Rectification
from shared.calendar import china_day
from shared.database.documents import Document, Key
from shared.events import Event, EventData, Fact
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
from shared.pipeline.decisions import About, Accepted, Consequence, Handlers, Original, Refused, State, TakingBack
from shared.roster.organisations import Roster
from tests.asking import COUNTY, STATION, TOWNSHIP, Desk, asked, facts, moment, roster

FINDING = Finding(item="设备故障", severity=Severity.MINOR, note="打印机卡纸", rectify_within=3)
Facts = tuple[tuple[str, Fact], ...]


def patrol(*findings: Finding, **more: Any) -> LogInspection:
    """A station's patrol."""
    return LogInspection(patrol=PatrolKind.STATION, score=9500, findings=list(findings), **more)


Sums = Counter[tuple[str, str, date]]
"""What facts add up to, by measure, whom they are about and the day of which they are."""


def summed(dated: Iterable[tuple[str, Fact, date]]) -> Sums:
    """What facts add to every measure, flows and stocks alike; what comes to nothing is left out."""
    sums = Sums()
    for about, fact, day in dated:
        for name, amount in (added(fact) | held(fact)).items():
            sums[name, about, day] += amount
    return Sums({key: amount for key, amount in sums.items() if amount})


ALL: Handlers = {**HANDLERS, **FOLLOWED}


class Case(Desk):
    """One finding of Monday the 5th of March 2018, due on Thursday the 8th; what is told of it is kept."""

    def __init__(
        self,
        finding: Finding = FINDING,
        at: str = "2018-03-05",
        of: str = STATION,
        begins: EventData | None = None,
        known: Roster | None = None,
    ) -> None:
        super().__init__(ALL, known or roster())
        self.heard: list[tuple[str, Fact, date]] = []
        self.originals: dict[str, Original] = {}
        self.of = of
        self.last = asked(begins or patrol(finding), of, at)
        self.decides_on(self.last)
        self.id = self.only(Rectification).rectification

    @property
    def it(self) -> Rectification:
        """The rectification as it stands."""
        return next(one for one in self.kept(Rectification) if one.rectification == self.id)

    @property
    def sums(self) -> Sums:
        """What everything told so far adds up to."""
        return summed(self.heard)

    def sum(self, name: str, about: str = STATION, until: date = date.max) -> int:
        """What a measure has come to by a day's end."""
        return sum(n for (what, whom, day), n in self.sums.items() if (what, whom) == (name, about) and day <= until)

    def takes_back(self, event: Event[EventData], at: str = "2018-03-30") -> Facts | str:
        """The facts that follow when this is taken back, or the slug of the reason for a no."""
        handler, original = ALL[type(event.data)], self.originals[event.key]
        taken = TakingBack(original.submitter, moment(at), "误报", None)
        assert handler.undo is not None
        state = State(self.roster)
        state.copy.load(
            self.kept(Rectification), [need for need in handler.undo_needs(original) if isinstance(need, Key)]
        )
        verdict = handler.undo(state, replace(original, taken=taken))
        if isinstance(verdict, Refused):
            return verdict.slug
        self.keeps([change for change in verdict.changes if isinstance(change, Document)])
        self.hears(verdict, event)
        return facts(verdict, event.organisation)

    def takes_back_last(self) -> Facts | str:
        """What was agreed to last."""
        return self.takes_back(self.last)

    def hears(self, verdict: Accepted, event: Event[EventData]) -> list[About]:
        """Keeps what is told, about whom and as of when."""
        dated = [fact if isinstance(fact, About) else About(event.organisation, fact) for fact in verdict.facts]
        self.heard += [(one.organisation, one.fact, china_day(one.time or event.time)) for one in dated]
        return dated

    def decides_on(self, event: Event[EventData], found: Iterable[Document] = ()) -> Facts | str:
        """The facts that follow, or the slug of the reason for a no."""
        verdict = self.decides(event, found)
        if isinstance(verdict, Refused):
            return verdict.slug
        said = [Consequence(a.fact, a.organisation, a.time or event.time, "") for a in self.hears(verdict, event)]
        about, by = event.organisation, event.submitter
        self.last = event if ALL[type(event.data)].undo else self.last
        self.originals[event.key] = Original(
            event.id, event.key, event.type, by, about, event.time, True, tuple(said), by
        )
        return facts(verdict, event.organisation)

    def says(self, data: EventData, at: str, by: str, n: int = 0) -> Facts | str:
        """What follows from these words."""
        return self.decides_on(asked(data, self.of, at, by, n))

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
        following = self.decides_on(asked(MarkOverdue(day=when), COUNTY, moment(f"{day}T00:00")), due)
        assert not isinstance(following, str)
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
