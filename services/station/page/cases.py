"""The cases that a completion is of: taken in from this PC, or elsewhere as the county tells, each by its name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from services.station.desk import Listed
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from shared.calendar import china_day
from shared.events.withdrawals import WithdrawFromGreenchannel
from shared.hundredths import decimal
from shared.pages.chinese import day_text, second_text


class Cases(NamedTuple):
    """By id, as they are called."""

    open: dict[str, str]
    known: dict[str, str]
    """Whether open or completed."""


def open_cases(outbox: Outbox, processes: Mapping[str, str]) -> dict[str, str]:
    """Those taken in here that nobody has completed here, newest first."""
    return cases_of(outbox, processes).open


def cases_of(outbox: Outbox, processes: Mapping[str, str], elsewhere: Sequence[Listed] = ()) -> Cases:
    """Cases taken in here that the county has accepted, open while nobody has completed them here, newest first.

    What was taken back or replaced was neither taken in nor completed. Then those that the county told of and that were
    taken in elsewhere, as from the PC before this one, due first first. `processes` are called so.
    """
    kept = (State.PENDING, State.DELIVERED, State.ACCEPTED)
    rows = outbox.of_types(("open-case", "complete-case", WithdrawFromGreenchannel.type), kept)
    gone = {row.corrects for row in rows if row.corrects}
    standing = [row for row in rows if row.id not in gone]
    done = {json.loads(row.body)["case"] for row in standing if row.type == "complete-case"}
    opened = [row for row in standing if row.type == "open-case"]
    number = _numbers(opened)
    own = {row.id: _case(row, processes, number[row.id]) for row in opened}
    every = own | {one["case"]: _elsewhere(one, processes) for one in elsewhere if one["case"] not in {*own, *gone}}
    charges = {one["case"]: _charge(one.get("standard")) for one in elsewhere}
    return Cases({case: name + charges.get(case, "") for case, name in every.items() if case not in done}, every)


def _charge(standard: int | None) -> str:
    """What may be charged of it, where the county says so."""
    if standard is None:
        return ""
    return f"，收费不超过{decimal(standard)}元" if standard else "，不收费"


def _elsewhere(one: Listed, processes: Mapping[str, str]) -> str:
    """Two of one day are told apart by the end of their number, as the record of who took them in shows it."""
    due = ("暂定" if one["provisional"] else "") + day_text(one["due"])
    name = processes.get(one["process"], one["process"])
    return f"{name}（{day_text(one['opened'])}受理，{due}到期，编号末四位{one['case'][-4:]}）"


def _numbers(opened: Iterable[Saved]) -> dict[str, int]:
    """Which of its day each case is, in the order in which they were taken in: two of one minute are told apart."""
    numbers: dict[str, int] = {}
    taken = Counter[date]()
    for row in sorted(opened, key=lambda row: (_taken_in(row), row.n)):
        taken[china_day(_taken_in(row))] += 1
        numbers[row.id] = taken[china_day(_taken_in(row))]
    return numbers


def _taken_in(row: Saved) -> datetime:
    return datetime.fromisoformat(row.headers["ce-time"])


def _case(row: Saved, processes: Mapping[str, str], number: int) -> str:
    process, at = json.loads(row.body)["process"], _taken_in(row)
    return f"{processes.get(process, process)}（{day_text(china_day(at))} {second_text(at)}受理，当日第{number}件）"
