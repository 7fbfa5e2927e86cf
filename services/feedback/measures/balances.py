"""Stocks that facts add to and take from: how much an organisation and all below it held when a day was over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from services.feedback.measures.model import Balance
from shared.roster.organisations import Roster

Held = Mapping[str, Mapping[str, int]]
"""What is held, by organisation and measure."""


def held_on(balances: Iterable[Balance], roster: Roster, last: date, under: str = "") -> Held:
    """By every organisation when a month was over, each with all that stood below it on its last day.

    With `under` by that one and those below it alone: of the others nothing is added up.

    So what an organisation that moved has not settled is answered for where it stands now, and what one that ended left
    open by whoever answers for it.
    """
    month, found = last.isoformat()[:7], dict[str, dict[str, int]]()
    for one in balances:
        path = (roster.place(one.id, last) or f"{one.county}/{one.id}").split("/")
        if under and under not in path:
            continue
        sums = {name: _until(month, by_month) for name, by_month in one.add.items()}
        for code in path:
            _add(found.setdefault(code, {}), sums)
    return found


def _until(month: str, by_month: Mapping[str, int]) -> int:
    return sum(amount for at, amount in by_month.items() if at <= month)


def _add(total: dict[str, int], more: Mapping[str, int]) -> None:
    for name, amount in more.items():
        total[name] = total.get(name, 0) + amount
