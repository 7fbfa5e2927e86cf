"""What holds from an instant until another follows: late news finds its place, the latest in time holds now."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from shared.database.documents import Document
from shared.part import KeptPart


class From(KeptPart):
    """A value that holds from an instant on; None where nothing holds any more."""

    since: datetime
    value: str | None


class Dated(Document):
    """A value with its history, oldest first."""

    history: tuple[From, ...] = ()

    def on(self, at: datetime) -> str | None:
        """What held at an instant."""
        return next((one.value for one in reversed(self.history) if one.since <= at), None)

    @property
    def now(self) -> str | None:
        """What holds now, as far as is known."""
        return self.history[-1].value if self.history else None

    def holding(self, value: str | None, since: datetime) -> Self:
        """The same with a value from an instant until what follows it."""
        return self.having(history=(*self._until(since), From(since=since, value=value), *self._after(since)))

    def _until(self, at: datetime) -> tuple[From, ...]:
        return tuple(one for one in self.history if one.since <= at)

    def _after(self, at: datetime) -> tuple[From, ...]:
        return tuple(one for one in self.history if one.since > at)
