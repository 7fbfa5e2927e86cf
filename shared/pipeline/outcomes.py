"""What became of each message of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeGuard

from shared.bus.connection import Message
from shared.database.documents import Document, Need
from shared.events import Event, Unreadable
from shared.events.headers import AT_ONCE
from shared.events.verdict import REUSED
from shared.pipeline.ledger import Entry


@dataclass(frozen=True, slots=True)
class Read:
    """A message, what was read in it, and the documents that its rule needs."""

    message: Message
    event: Event[Any] | Unreadable
    needs: tuple[Need, ...] = ()
    corrects: str = ""
    """The key of what it corrects, where it is an event that corrects anything."""
    stands_apart: bool = False
    """It must see what was written before it: it asks a query, or corrects what may stand there."""

    @property
    def at_once(self) -> bool:
        """Whether its submitter is answered over HTTP."""
        return AT_ONCE in self.message.headers

    @property
    def key(self) -> str:
        """What the ledger knows it by; empty when it cannot."""
        return self.event.key


@dataclass(frozen=True, slots=True)
class Decided:
    """It stands in the ledger."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Dead:
    """It cannot be decided: to DEAD, and to its submitter as unreadable if `answered`."""

    slug: str
    why: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Reused:
    """Another content under a used id: to DEAD, refused to its submitter, then the verdict that stands told again.

    The digest is that of this content, `entry` what the id stands for. Whoever is answered `at_once` needs no letter.
    """

    entry: Entry
    why: str
    digest: str
    at_once: bool

    slug: ClassVar[str] = REUSED


Outcome = Decided | Dead | Reused


def is_dead(outcome: Outcome) -> TypeGuard[Dead | Reused]:
    """Whether it goes to DEAD."""
    return isinstance(outcome, Dead) or (isinstance(outcome, Reused) and not outcome.at_once)


@dataclass(slots=True)
class Committed:
    """What one transaction did: an outcome for each message in order, what others are to know of it, what was new."""

    outcomes: list[Outcome]
    projected: list[Document]
    entered: list[Entry] = field(default_factory=list)
