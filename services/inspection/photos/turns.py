"""Whose photo is looked at next: each organisation in turn, and turns are weighed by the processor that photos took.

However many wait of one, and however long each keeps a processor busy, no other waits for more than one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

A_TURN = 0.05
"""Seconds that a turn counts beside the processor: the least photo is read, kept and answered too."""


class Share(NamedTuple):
    """When an organisation's next turn starts, in seconds of work, and when it was served, counted in turns."""

    starts: float = 0.0
    served: int = 0


def least_served(first: Mapping[str, int], shares: Mapping[str, Share], now: float) -> str:
    """Of those that wait (each with the sequence of its first) the one whose turn starts earliest; who has had no more
    than others starts now. Of several whoever was served longest ago, then the one whose photo came first."""

    def when(code: str) -> tuple[float, int, int]:
        share = shares.get(code, Share())
        return max(now, share.starts), share.served, first[code]

    return min(first, key=when)


@dataclass(slots=True)
class Turns:
    """By start-time fair queueing: whoever took ten seconds starts again when each other that waits has had ten. Nobody
    saves turns up; what one owes is forgotten with the process, which costs nobody more than a photo."""

    _shares: dict[str, Share] = field(default_factory=dict)
    _now: float = 0.0
    """The start of the turn that was given last."""
    _turn: int = 0

    def next(self, first: Mapping[str, int]) -> str | None:
        """Whose turn it is now; None when nobody waits."""
        if not first:
            return None
        code = least_served(first, self._shares, self._now)
        self._now = max(self._now, self._shares.get(code, Share()).starts)
        self._turn += 1
        self._shares[code] = Share(self._now + A_TURN, self._turn)
        return code

    def took(self, code: str, seconds: float) -> None:
        """So much of a processor, in the turn that it was given last."""
        share = self._shares.get(code, Share(self._now))
        self._shares[code] = share._replace(starts=share.starts + seconds)
