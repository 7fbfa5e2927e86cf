"""`python -m deploy.linxi.figures`: every figure of the source beside what the running system answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from deploy.embedded.trouble import Trouble
from deploy.linxi.asking import System, SystemAsked, gateway_url
from deploy.linxi.county import rows

NOT_LET_IN = "HTTP 401"
WIDE = 220
"""Columns of a table that goes into a file."""

Read = Callable[[SystemAsked, str], int]


def count(system: SystemAsked, path: str) -> int:
    """How many items a list has."""
    return sum(1 for _ in system.items(path))


def length(name: str) -> Read:
    """How many entries a field of one answer has."""
    return lambda system, path: len(system.one(path)[name])


def measure(name: str) -> Read:
    """A measure of the county's year; what never happened is 0."""
    return lambda system, path: int(system.one(path)["measures"].get(name, 0))


def limit(place: int) -> Read:
    """The days of a process's first (0) or last (-1) limit."""
    return lambda system, path: int(system.one(path)["limits"][place]["days"])


def of_turn(turn: str, read: Callable[[dict[str, Any]], int]) -> Read:
    """Something of one turn."""
    return lambda system, path: read(next(one for one in system.items(path) if one["turn"] == turn))


def term(system: SystemAsked, path: str) -> int:
    """The months that every turn lasts; turns of several lengths have no one term."""
    terms = {int(one["months"]) for one in system.items(path)}
    return terms.pop() if len(terms) == 1 else -1


def stationed_rate(system: SystemAsked, path: str) -> int:
    """Percent of the organisations due in the hall that are stationed there."""
    due = list(system.items(path))
    return round(100 * sum(one["stationed"] is not None for one in due) / len(due)) if due else 0


ROSTER = "/roster/api/organisations?on=2018-12-31"
REPORTS = "/feedback/api/reports?period_year=2018"
TOTALS = "/feedback/api/totals?period=2018&organisation=150424"
TURNS = "/roster/api/turns"
PROPERTY = "/roster/api/processes/property-registration"


@dataclass(frozen=True)
class Question:
    """Where a figure is asked and how it is read from the answer."""

    path: str
    read: Read = count


QUESTIONS = {
    "member-departments": Question(f"{ROSTER}&kind=department&committee_member=true"),
    "member-state-enterprises": Question(f"{ROSTER}&kind=state-enterprise&committee_member=true"),
    "member-townships": Question(f"{ROSTER}&kind=township&committee_member=true"),
    "villages": Question(f"{ROSTER}&kind=village"),
    "feedback-recipients": Question(f"{ROSTER}&feedback_recipient=true"),
    "monthly-feedback": Question(f"{REPORTS}&kind=monthly"),
    "quarterly-feedback": Question(f"{REPORTS}&kind=quarterly"),
    "annual-feedback": Question(f"{REPORTS}&kind=annual"),
    "departments-due-in-hall": Question(f"{ROSTER}&due_in_hall=true"),
    "departments-stationed": Question(f"{ROSTER}&stationed=true"),
    "stationed-rate": Question(f"{ROSTER}&due_in_hall=true", stationed_rate),
    "subplans": Question("/roster/api/subplans"),
    "first-aid-certificates": Question("/roster/api/certificates?certificate=first-aid"),
    "duty-term-months": Question(TURNS, term),
    "civil-affairs-banners": Question(TURNS, of_turn("2018-1", lambda turn: int(turn["work"]["banner"]))),
    "civil-affairs-home-visits": Question(TURNS, of_turn("2018-1", lambda turn: int(turn["work"]["home-visit"]))),
    "joint-turn-members": Question(TURNS, of_turn("2018-4", lambda turn: len(turn["holders"]))),
    "property-registration-before": Question(PROPERTY, limit(0)),
    "property-registration-after": Question(PROPERTY, limit(-1)),
    "property-registration-departments": Question("/roster/api/issues/property-registration", length("consulted")),
    "enterprise-holiday-appointment": Question(TOTALS, measure("enterprise-appointment-cases")),
    "enterprise-after-hours": Question(TOTALS, measure("enterprise-after-hours-cases")),
    "enterprise-on-site": Question(TOTALS, measure("enterprise-on-site-cases")),
    "enterprise-agency": Question(TOTALS, measure("enterprise-agency-cases")),
    "vulnerable-on-site": Question(TOTALS, measure("vulnerable-on-site-person-times")),
    "vulnerable-appointment": Question(TOTALS, measure("vulnerable-appointment-person-times")),
    "vulnerable-after-hours": Question(TOTALS, measure("vulnerable-after-hours-person-times")),
    "award-county-service-model": Question(TOTALS, measure("award-county-service-model")),
    "award-chifeng-good-person": Question(TOTALS, measure("award-chifeng-good-person")),
    "award-lei-feng-pacesetter": Question(TOTALS, measure("award-lei-feng-pacesetter")),
    "guide-lists": Question("/roster/api/guide-lists"),
}


@dataclass(frozen=True)
class Compared:
    """A figure of the source and what the system says to it."""

    figure: dict[str, str]
    asked: str
    answer: str

    @property
    def agrees(self) -> bool:
        """Equal, to the last digit."""
        return self.answer == self.figure["value"]


def compare(system: SystemAsked) -> list[Compared]:
    """Every row of figures-2018.csv, asked anew."""
    return [_compared(system, row) for row in rows("figures-2018.csv")]


def _compared(system: SystemAsked, row: dict[str, str]) -> Compared:
    """What cannot be asked or read does not agree, and says why."""
    question = QUESTIONS[row["key"]]
    try:
        answer = str(question.read(system, question.path))
    except httpx.HTTPStatusError as error:
        answer = f"HTTP {error.response.status_code}"
    except Trouble as no:
        answer = str(no)
    except (LookupError, StopIteration) as error:
        answer = f"no {error}" if str(error) else "nothing"
    return Compared(row, question.path, answer)


def table(compared: Iterable[Compared]) -> Table:
    """One line for each figure."""
    made = Table(title="林西县2018年数据核对 Linxi County 2018")
    for heading in ("figure", "source", "system", "unit", "", "meaning", "asked at"):
        made.add_column(heading, justify="right" if heading in ("source", "system") else "left", overflow="fold")
    for one in compared:
        row, says = one.figure, "[green]相符" if one.agrees else "[red]不符"
        made.add_row(row["key"], row["value"], one.answer, row["unit"], says, row["meaning"], one.asked)
    return made


def show(compared: Sequence[Compared]) -> int:
    """All of them, and how many agree; the status is 0 only when every one does."""
    Console(width=None if sys.stdout.isatty() else WIDE).print(table(compared))
    agree = sum(one.agrees for one in compared)
    print(f"{agree} of {len(compared)} figures agree. {agree}/{len(compared)} 项相符。")
    return int(agree != len(compared))


def main() -> None:
    """Status 0 only when every figure agrees."""
    gateway = gateway_url()
    if gateway is None:
        sys.exit("No county runs here: type `make run` first, or set GATEWAY_URL.")
    try:
        compared = compare(System(gateway))
    except httpx.HTTPError as error:
        sys.exit(f"The system does not answer at {gateway}: {error!r}")
    status = show(compared)
    if any(one.answer == NOT_LET_IN for one in compared):
        print(f"{gateway} does not know this county's token: set COUNTY_TOKEN.")
    sys.exit(status)


if __name__ == "__main__":
    main()
