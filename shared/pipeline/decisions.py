"""Decisions are values: a rule looks at the working copy and one event, and answers Accepted or Refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from shared.calendar import china_day, month_ends
from shared.database.documents import Change, Key, Need, Query, T, WorkingCopy
from shared.events import Event, EventData, Fact
from shared.pipeline.allowance import Allowance
from shared.roster.organisations import Organisation, Roster, Standing

EVERYTHING = Allowance()
"""What is allowed where no operator has said otherwise."""


@dataclass(frozen=True, slots=True)
class About:
    """A fact about another organisation than its submission concerned, or that happened at another time."""

    organisation: str
    fact: Fact
    time: datetime | None = None
    path: str = ""
    """The organisation's place in the tree, where it is known better than the roster of that day says."""
    undoes: str = ""
    """The fact that this one takes back, where it is known."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Yes: what changes, and the facts that follow."""

    changes: tuple[Change, ...] = ()
    facts: tuple[Fact | About, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected(Accepted):
    """Yes, in the place of another: the first `undone` of the facts take back what that one had told."""

    undone: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """No, because: the slug of a sentence in `shared.events.refusals` and what fills it."""

    slug: str
    details: Mapping[str, object]

    def __init__(self, slug: str, **details: object) -> None:
        object.__setattr__(self, "slug", slug)
        object.__setattr__(self, "details", details)


Verdict = Accepted | Refused
UndoingFact = type[Fact]
"""The kind of fact by which another with the same fields is taken back."""


class State:
    """What a rule may look at: documents loaded for it, and the roster as of a day."""

    def __init__(self, roster: Roster, allowed: Allowance = EVERYTHING) -> None:
        self.roster, self.allowed = roster, allowed
        self.copy = WorkingCopy()

    def get(self, kind: type[T], id: str) -> T | None:
        """The document as it stands after the decisions before this one."""
        return self.copy.get(kind, id)

    def find(self, kind: type[T], filter: Mapping[str, Any]) -> list[T]:
        """The documents of a query that the handler named among its needs."""
        return self.copy.find(Query(kind, filter), kind)

    def standing(self, event: Event[Any], code: str = "") -> Standing:
        """How the organisation concerned (or another one known to exist) stood when the event happened."""
        standing = self.roster.standing(code or event.organisation, event.day)
        assert standing is not None
        return standing

    def after(self, verdict: Accepted) -> State:
        """What the same decision may look at next, when this much of it is done; here nothing changes yet."""
        later = State(self.roster, self.allowed)
        later.copy = self.copy.forked()
        later.apply(verdict)
        return later

    def apply(self, verdict: Accepted) -> None:
        """The next decision of the batch sees what this one changed."""
        self.copy.apply(verdict.changes)
        for change in verdict.changes:
            if isinstance(change, Organisation):
                self.roster = self.roster.having(change)


@dataclass(frozen=True, slots=True)
class Consequence:
    """A fact that followed from a submission, as it was told; `id` is `<submitter>/<id>/<n>`."""

    fact: Fact
    organisation: str
    time: datetime
    path: str
    id: str = ""

    def taken_back(self, by: UndoingFact, **revised: object) -> About:
        """The undoing fact with the same fields, told where and as of when this one was; `revised` as was told last."""
        fact = by(**{**self.fact.model_dump(), **revised})
        return About(self.organisation, fact, self.time, self.path, self.id)


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Who takes something back, when the bus stored that and why, which a history tells; and what takes its place.

    `key` is the submission by which it was.
    """

    by: str
    at: datetime
    why: str
    instead: Event[Any] | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A decided submission that another one names as what it corrects; `facts` are those of its own content.

    `said_by` is whoever first said it, before others corrected it; `taken` says how it is taken back. Where a refused
    one was sent once more, and refused again, `first` is the key of the one with which that row began.
    """

    id: str
    key: str
    type: str
    submitter: str
    organisation: str
    time: datetime
    accepted: bool
    facts: tuple[Consequence, ...] = ()
    said_by: str = ""
    first: str = ""
    taken: TakingBack | None = None
    day: date = field(init=False)
    """On which it happened, in China."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", china_day(self.time))

    def taken_back(self, by: UndoingFact, **revised: object) -> tuple[About, ...]:
        """Everything that followed from it, each by such an undoing fact."""
        return tuple(one.taken_back(by, **revised) for one in self.facts)


D = TypeVar("D", bound=EventData)
F = TypeVar("F", bound=Fact)
Undo = Callable[[State, Original], Accepted | Refused]
"""What takes an accepted submission back, as of its own day; or why it cannot be taken back."""


def no_needs(of: Event[Any] | Original) -> Iterable[Need]:
    """The rule looks at no document."""
    return ()


def no_more_needs(event: Event[Any], roster: Roster) -> Iterable[Need]:
    """What it needs does not depend on who stands."""
    return ()


def nothing_opened(event: Event[Any], allowed: Allowance) -> Iterable[Need]:
    """What it needs can be read in it by anybody."""
    return ()


def fact_of(original: Original, kind: type[F]) -> F:
    """The fact of a kind that followed from it."""
    return next(one.fact for one in original.facts if isinstance(one.fact, kind))


def at_any_time(original: Original) -> date:
    """Its submitter may correct it as long as nothing was built on it, which the rule says."""
    return date.max


def month_end(original: Original) -> date:
    """The last day on which its submitter may correct it: that of its month, which is then reported."""
    return month_ends(original.day)


@dataclass(frozen=True, slots=True)
class Handler(Generic[D]):
    """How one type of event is decided: which documents its rule needs, and the rule.

    And how it is undone when another takes its place, or nothing does; without `undo` it cannot be corrected once it is
    accepted. `until` is the last day on which its submitter may; what is planned has `begun` the day after, the slug of
    the reason for which then nobody may. `by_roster` is what a rule whose needs ask a query needs beside, as the roster
    is known when it is decided; `by_allowance` what it needs that only a key of this process can read in it.
    """

    decide: Callable[[State, Event[D]], Verdict]
    needs: Callable[[Event[D]], Iterable[Need]] = no_needs
    undo: Undo | None = None
    undo_needs: Callable[[Original], Iterable[Need]] = no_needs
    until: Callable[[Original], date] = month_end
    begun: str = ""
    by_roster: Callable[[Event[D], Roster], Iterable[Need]] = no_more_needs
    by_allowance: Callable[[Event[D], Allowance], Iterable[Need]] = nothing_opened


Handlers = Mapping[type[EventData], Handler[Any]]

__all__ = [
    "About",
    "Accepted",
    "Consequence",
    "Corrected",
    "Handler",
    "Handlers",
    "Key",
    "Need",
    "Original",
    "Query",
    "Refused",
    "State",
    "Verdict",
]
