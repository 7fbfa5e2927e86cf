"""Linxi County as its csv files have it: the committee's members, other organisations, townships, villages."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "data"
COUNTY = "150424"
"""The county's code (GB/T 2260); the committee and its clock submit under it."""
HALL = "150424-D01"
"""The service hall, which patrols every window."""
RED_CROSS = "150424-D06"
"""It issues first-aid certificates."""
PERSONNEL = "150424-D37"
"""The Party's organisation department, to which the year's results are reported; no member of the committee."""
START = date(2018, 1, 1)
"""The county's start: the services refuse what happened before it."""


class Organisation(NamedTuple):
    """A row of organisations.csv; `stationed_in` is hall, branch-hall or none."""

    code: str
    name: str
    kind: str
    committee_member: bool
    due_in_hall: bool
    stationed_in: str
    feedback_recipient: bool
    named_in_source: bool


class Village(NamedTuple):
    """A village and its station."""

    code: str
    name: str
    township: str


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a csv file beside this module; a line that begins with # says something about the file."""
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@lru_cache
def organisations() -> tuple[Organisation, ...]:
    """Departments, enterprises, townships and the ranch, in the file's order."""
    return tuple(_organisation(row) for row in rows("organisations.csv"))


def _organisation(row: dict[str, str]) -> Organisation:
    return Organisation(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        committee_member=row["committee_member"] == "yes",
        due_in_hall=row["due_in_hall"] == "yes",
        stationed_in=row["stationed_in"],
        feedback_recipient=row["feedback_recipient"] == "yes",
        named_in_source=row["basis"] == "seed",
    )


@lru_cache
def villages() -> tuple[Village, ...]:
    """The 104 villages, in the file's order."""
    return tuple(Village(row["code"], row["name"], row["township_code"]) for row in rows("villages.csv"))


@lru_cache
def windows() -> tuple[Organisation, ...]:
    """The 34 organisations with a window in the hall or a branch hall."""
    return tuple(one for one in organisations() if one.stationed_in != "none")


@lru_cache
def name_of(code: str) -> str:
    """An organisation's name without the county's, as people say it."""
    names = {one.code: one.name for one in organisations()}
    return names[code].removeprefix("林西县")


def department(number: int) -> str:
    """7 -> 150424-D07."""
    return f"{COUNTY}-D{number:02}"
