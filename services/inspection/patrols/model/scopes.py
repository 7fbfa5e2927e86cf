"""Which places lie within the scope of a patrol plan; of one that has ended those that lay there, and no others."""

from __future__ import annotations

from datetime import date, timedelta

from shared.roster.organisations import Roster

ONE_DAY = timedelta(days=1)


def lies_in(scope: str, place: str, roster: Roster, day: date) -> bool:
    """Below it or, once it has ended, below who answers for it as it was below itself on its last day."""
    path = roster.path(place, day).split("/")
    ending = roster.ending(scope, day)
    if ending is None:
        return scope in path
    return roster.answering(scope, day) in path and _lay_in(scope, place, roster, ending.since - ONE_DAY)


def _lay_in(scope: str, place: str, roster: Roster, last: date) -> bool:
    """A place that has a new code since lay where it did under the one that it follows."""
    paths = (roster.path(code, last) for code in _as_called_on(last, place, roster))
    return any(scope in path.split("/") for path in paths)


def _as_called_on(day: date, place: str, roster: Roster) -> set[str]:
    """Itself, if it stood on that day; else whoever it follows that did."""
    found, seen, next_ones = set[str](), set[str](), [place]
    while next_ones:
        code = next_ones.pop()
        seen.add(code)
        if roster.standing(code, day):
            found.add(code)
        else:
            next_ones += [before for before in roster.forerunners(code) if before not in seen]
    return found
