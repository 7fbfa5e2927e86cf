"""Decisions are values: a rule looks at the working copy and one event, and answers Accepted or Refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from shared.database.documents import Change, Key, Need, Query, T, WorkingCopy
from shared.events import Event, EventData, Fact
from shared.roster.organisations import Organisation, Roster, Standing


@dataclass(frozen=True, slots=True)
class About:
    """A fact about another organisation than its submission concerned, or that happened at another time."""

    organisation: str
    fact: Fact
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Yes: what changes, and the facts that follow."""

    changes: tuple[Change, ...] = ()
    facts: tuple[Fact | About, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """No, because: the slug of a sentence in `shared.events.refusals` and what fills it."""

    slug: str
    details: Mapping[str, object]

    def __init__(self, slug: str, **details: object) -> None:
        object.__setattr__(self, "slug", slug)
        object.__setattr__(self, "details", details)


Verdict = Accepted | Refused


class State:
    """What a rule may look at: documents loaded for it, and the roster as of a day."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
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

    def apply(self, verdict: Accepted) -> None:
        """The next decision of the batch sees what this one changed."""
        self.copy.apply(verdict.changes)
        for change in verdict.changes:
            if isinstance(change, Organisation):
                self.roster = self.roster.having(change)


D = TypeVar("D", bound=EventData)


def no_needs(event: Event[Any]) -> Iterable[Need]:
    """The rule looks at no document."""
    return ()


@dataclass(frozen=True, slots=True)
class Handler(Generic[D]):
    """How one type of event is decided: which documents its rule needs, and the rule."""

    decide: Callable[[State, Event[D]], Verdict]
    needs: Callable[[Event[D]], Iterable[Need]] = no_needs


Handlers = Mapping[type[EventData], Handler[Any]]

__all__ = ["About", "Accepted", "Handler", "Handlers", "Key", "Need", "Query", "Refused", "State", "Verdict"]
