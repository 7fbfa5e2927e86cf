"""How the text of one field becomes a value of the event, and back; or the sentence that says why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.events.text import as_meant, number_as_meant
from shared.forms.declared import Kind
from shared.forms.entered import Values
from shared.forms.layout import FormEntry
from shared.forms.sentences import (
    Wrong,
    count_wrong,
    length_wrong,
    missing,
    no_day,
    no_whole_number,
    not_as_it_should_be,
    out_of_range,
)
from shared.forms.ticked import TicksEntry
from shared.hundredths import decimal, in_hundredths
from shared.pages.chinese import grouped

CHOSEN = (Kind.CHOICE, Kind.RADIOS)
IS_WHOLE = re.compile(r"[+-]?[0-9]{1,12}").fullmatch


@dataclass(frozen=True, slots=True)
class Taken:
    """What an entry is in the event's JSON."""

    value: Any


EntryOutcome = Taken | Wrong | None
"""Nothing when nothing was entered where nothing has to be."""


def taken(entry: FormEntry, text: str) -> EntryOutcome:
    """Text as it is meant, as the model counts it."""
    text = str(as_meant(text))
    if not text:
        return Wrong(_missing(entry), entry.name) if entry.is_needed else None
    if entry.kind in CHOSEN and not entry.is_open and text not in entry.choices:
        return Wrong(missing(entry.named, is_chosen=True), entry.name)
    outcome = READERS[_reader_of(entry)](entry, text)
    return Wrong(outcome.sentence, entry.name) if isinstance(outcome, Wrong) else outcome


def _missing(entry: FormEntry) -> str:
    if entry.lack is not None:
        return entry.lack.refusal
    return missing(entry.named, entry.kind in CHOSEN)


def taken_of_many(entry: TicksEntry, values: Values) -> EntryOutcome:
    """The list of what was ticked, as the model counts it; whether each is still to be had its rule says."""
    chosen = entry.ticked(values)
    if not chosen and not entry.bounds.required:
        return None
    no = count_wrong(entry.named, len(chosen), entry.bounds)
    return Wrong(no, entry.name) if no else Taken(chosen)


def _reader_of(entry: FormEntry) -> str:
    if entry.kind is Kind.HUNDREDTHS:
        return "hundredths"
    return "date" if entry.bounds.format == "date" else entry.bounds.type


def _whole(entry: FormEntry, text: str) -> Taken | Wrong:
    text = number_as_meant(text)
    return _within(entry, int(text), grouped) if IS_WHOLE(text) else Wrong(no_whole_number(entry.named))


def _hundredths(entry: FormEntry, text: str) -> Taken | Wrong:
    try:
        return _within(entry, in_hundredths(number_as_meant(text)), shortened)
    except ValueError as no:
        return Wrong(f"{entry.named}{no}。")


def _within(entry: FormEntry, value: int, said: Callable[[int], str]) -> Taken | Wrong:
    least, most = entry.bounds.least, entry.bounds.most
    if (least is None or value >= least) and (most is None or value <= most):
        return Taken(value)
    ends = ["" if end is None else said(end) for end in (least, most)]
    return Wrong(out_of_range(entry.named, *ends))


def shortened(value: int) -> str:
    """Hundredths as short as they can be said: 100, 97.5."""
    whole, _, part = decimal(value).partition(".")
    return f"{int(whole):,}{f'.{part}'.rstrip('0').rstrip('.')}"


def _yes_or_no(entry: FormEntry, text: str) -> Taken | Wrong:
    return Taken(text == "yes")


def _day(entry: FormEntry, text: str) -> Taken | Wrong:
    try:
        date.fromisoformat(text)
    except ValueError:
        return Wrong(no_day(entry.named))
    return _text(entry, text)


def _text(entry: FormEntry, text: str) -> Taken | Wrong:
    if entry.bounds.among and text not in entry.bounds.among:
        return Wrong(missing(entry.named, is_chosen=True))
    if no := length_wrong(entry.named, text, entry.bounds):
        return Wrong(no)
    if entry.bounds.pattern and not re.search(entry.bounds.pattern, text):
        return _in_narrow_letters(entry, text)
    return Taken(text)


def _in_narrow_letters(entry: FormEntry, text: str) -> Taken | Wrong:
    """１５：００ as 15:00, LX-001 as lx-001: what has a pattern comes wide from a Chinese keyboard, or in capitals."""
    narrow = number_as_meant(text)
    for meant in (narrow, narrow.lower()):
        if re.search(entry.bounds.pattern or "", meant):
            return Taken(meant)
    return Wrong(entry.field.sentence or not_as_it_should_be(entry.named))


READERS: Mapping[str, Callable[[FormEntry, str], Taken | Wrong]] = {
    "hundredths": _hundredths,
    "integer": _whole,
    "boolean": _yes_or_no,
    "date": _day,
    "string": _text,
}
"""By what the value is in the event."""


def text_of(kind: Kind, value: Any) -> str:
    """What a person would have entered."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return decimal(value) if kind is Kind.HUNDREDTHS else str(value)
