"""A record as a page shows it, finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from shared.dates import time_text
from shared.events.labels import TYPES
from shared.forms import Form, values_of
from shared.forms.layout import sections
from shared.forms.readout import read_out
from shared.pages.boards import Cell
from shared.pages.cells import Cells, time_cell
from shared.pages.chinese import VERDICTS
from shared.pages.words import acting_name, name_of
from shared.pipeline.ledger import Entry
from shared.roster.organisations import Roster
from shared.web.records.correctable import Reported
from shared.web.records.lookup import Found

OTHER_TYPE = "其他报送"
AddressOf = Callable[[str], str]
"""Where a record is by its key; empty for whoever may not read it."""


@dataclass(frozen=True, slots=True)
class BecameOfIt:
    """A word and its colour."""

    word: str
    level: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list; what is another's to read has no address."""

    name: str
    happened: str
    submitter: str
    state: BecameOfIt
    url: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Another record that this one has to do with; without an address it is another's to read."""

    label: str
    words: str
    url: str


def called(type_name: str) -> str:
    """What a type of submission is called; what the county has no word for it did not take."""
    return TYPES.get(type_name, OTHER_TYPE)


def state_of(it: Found) -> BecameOfIt:
    """What became of it."""
    if it.entry["verdict"] == "refused":
        return BecameOfIt(VERDICTS["refused"], "bad")
    if it.correction is None:
        return BecameOfIt(VERDICTS["accepted"], "good")
    return BecameOfIt("已撤回" if it.correction.withdrawn else "已更正", "")


def line(it: Found, roster: Roster, today: date, at: AddressOf, actor: str = "") -> Line:
    """One record in words."""
    entry = it.entry
    submitter = acting_name(entry["submitter"], roster, today)
    return Line(called(entry["type"]), time_text(entry["time"]), submitter, state_of(it), at(entry["_id"]), actor)


HEADS = {"事项": "", "发生时间": "", "收到时间": "", "报送单位": "", "办理人": "", "状态": ""}


def cells(it: Found, roster: Roster, today: date, actor: str = "") -> Cells:
    """One record as a table has it."""
    entry, state = it.entry, state_of(it)
    times = time_cell(datetime.fromisoformat(entry["time"])), time_cell(entry["received"])
    by = Cell(acting_name(entry["submitter"], roster, today))
    return (Cell(called(entry["type"])), *times, by, Cell(actor), Cell(state.word))


def links(it: Found, at: AddressOf) -> list[Related]:
    """What it corrects or takes back, and what has taken its own place."""
    entry, found = it.entry, []
    if before := entry.get("replaces") or entry.get("corrects"):
        label = "撤回的是" if entry["type"].startswith("withdraw-from-") else "更正自"
        found.append(Related(label, "原报送", at(before)))
    if it.correction:
        label = "已由以下报送撤回" if it.correction.withdrawn else "已由以下报送更正"
        found.append(Related(label, "查看", at(it.correction.by)))
    return found


def facts_of(entry: Entry, roster: Roster, today: date, actor: str) -> list[tuple[str, str]]:
    """Who reported what about whom, when, and what was said about it; `actor` is called as whoever looks may know."""
    lines = [
        ("事项", called(entry["type"])),
        ("报送单位", acting_name(entry["submitter"], roster, today)),
        ("所涉单位", name_of(entry["organisation"], roster, today)),
        ("发生时间", time_text(entry["time"])),
        ("收到时间", time_text(entry["received"])),
        ("办理人", actor),
        ("更正（撤回）理由", entry.get("reason", "")),
        ("退回原因", "".join(one["zh"] for one in entry["reasons"])),
    ]
    return [(name, value) for name, value in lines if value]


def content(form: Form, read: Reported) -> Sequence[tuple[str, str]]:
    """What it reported, in the words of the form that corrects it; of several rows each says which it is."""
    values = values_of(form, read.body)
    found = (one for one in sections(form, read.context, values) if one.is_touched(values) or not one.row)
    said = ((one.title if one.row else "", *line) for one in found for line in read_out(one, values).lines)
    return [(f"{row}：{label}" if row else label, value) for row, label, value in said]


def in_json(it: Found) -> dict[str, Any]:
    """The entry for programs."""
    entry = it.entry
    answer = {name: entry[name] for name in ("type", "organisation", "time", "verdict", "reasons", "facts")}
    return {
        "submission": entry["_id"].split("/")[1],
        "submitter": entry["submitter"],
        **answer,
        "received": entry["received"].isoformat(),
        **{name: entry.get(name) for name in ("actor", "corrects", "replaces", "reason")},
        "corrected_by": it.correction.by if it.correction else None,
        "withdrawn": bool(it.correction and it.correction.withdrawn),
    }
