"""Whose photo is looked at next: one of each organisation in turn, so that however many wait of one, no other waits
for more than one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def longest_unserved(first: Mapping[str, int], served: Mapping[str, int]) -> str:
    """Of those that wait (each with the sequence of its first) whoever was served longest ago, never before all;
    of several the one whose photo came first.

    Whoever waits comes before everybody who was served since: of each other one photo at most is looked at meanwhile.
    """
    return min(first, key=lambda code: (served.get(code, 0), first[code]))


@dataclass(slots=True)
class Turns:
    """When each was served, counted in turns; forgotten with the process, which costs nobody more than a turn."""

    _served: dict[str, int] = field(default_factory=dict)
    _turn: int = 0

    def next(self, first: Mapping[str, int]) -> str | None:
        """Whose turn it is now; None when nobody waits."""
        if not first:
            return None
        code = longest_unserved(first, self._served)
        self._turn += 1
        self._served[code] = self._turn
        return code
