"""What became of organisations that have ended: who came after them, and who answers for what they left open."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.roster.organisations import Organisation, Standing


class Successors(ABC):
    """What a roster says of those that stand no more."""

    @abstractmethod
    def __iter__(self) -> Iterator[Organisation]: ...

    @abstractmethod
    def standing(self, code: str, when: datetime | date) -> Standing | None: ...

    @abstractmethod
    def ending(self, code: str, when: datetime | date) -> Standing | None: ...

    def known(self, code: str, when: datetime | date) -> Standing | None:
        """How an organisation stands or, once it has ended, what it was called; None before it existed."""
        return self.standing(code, when) or self.ending(code, when)

    def last_path(self, code: str, when: datetime | date) -> str:
        """An organisation's place in the tree on a day as if neither it nor anybody above it had ended before."""
        steps, at = list[str](), code
        while at and at not in steps and (stood := self.known(at, when)):
            steps.append(at)
            at = stood.parent or ""
        return "/".join(reversed(steps))

    def answering(self, code: str, when: datetime | date) -> str:
        """Who answers on a day for what an organisation left open: its successor or, without one, who was above it.

        Itself, while it stands; of several successors the first.
        """
        if self.standing(code, when) is not None:
            return code
        at, seen = code, set[str]()
        while at not in seen and (ending := self.ending(at, when)) and ending.ended:
            seen.add(at)
            at = next(iter(ending.ended.followed_by), ending.parent or code)
        return at

    def answers_for(self, code: str, when: datetime | date) -> tuple[str, ...]:
        """Those that have ended for which an organisation answers on a day, by code."""
        return tuple(
            one.id for one in self if self.ending(one.id, when) is not None and self.answering(one.id, when) == code
        )

    def forerunners(self, code: str) -> tuple[str, ...]:
        """Those that named an organisation as one of their successors, by code."""
        return tuple(
            one.id for one in self if any(code in stood.ended.followed_by for stood in one.history if stood.ended)
        )
