"""What a form on the local page is made of: finished values for the template, and how entries are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.station.desk import Desk
from shared.hundredths import in_hundredths
from shared.pages.chinese import PHOTOS

Values = Mapping[str, str]
"""What was entered, by field."""


class Unfit(Exception):
    """An entry that cannot be taken; the message is a sentence for whoever entered it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One entry: `kind` is text, number, time, long, choice, suggested, photos, or told for a remark."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = True
    hint: str = ""
    limits: tuple[str, str, str] = ("", "", "")
    """Least, most and step of a number."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together; a folded one is opened by who needs it."""

    title: str
    fields: Sequence[Field]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of submission: which fields it shows, and what data they become."""

    key: str
    name: str
    lead: str
    type: str
    groups: Callable[[Desk, Values], list[Group]]
    data: Callable[[Desk, Values, Sequence[str]], dict[str, Any]]
    """From what was entered and the SHA-256 of its photos."""
    values: Callable[[Mapping[str, Any]], dict[str, str]]
    """What was entered, from the data of a submission that is to be corrected."""


def choice(name: str, label: str, among: Mapping[str, str], values: Values, **more: Any) -> Field:
    """One of several, by value and name; what was entered before is chosen, and nothing before a person chooses."""
    chosen = values.get(name, "")
    named = among if chosen in among else {chosen: chosen or "请选择", **among}
    options = tuple(Option(value, text, value == chosen) for value, text in named.items())
    return Field(name, label, "choice", options=options, **more)


def number(name: str, label: str, values: Values, least: str, most: str, step: str = "1", **more: Any) -> Field:
    """A number within limits."""
    return Field(name, label, "number", values.get(name, ""), limits=(least, most, step), **more)


def long(name: str, label: str, values: Values, **more: Any) -> Field:
    """Several lines of text, not required."""
    return Field(name, label, "long", values.get(name, ""), required=False, **more)


def photos() -> Field:
    """As many as one submission may have."""
    return Field("photos", "照片", "photos", required=False, hint=f"{PHOTOS}。")


def whole(values: Values, name: str, label: str) -> int:
    """An entry that is a whole number."""
    try:
        return int(values.get(name, "").strip())
    except ValueError as error:
        raise Unfit(f"“{label}”应当填写整数。") from error


def hundredths(values: Values, name: str, label: str) -> int:
    """An entry with up to two decimals, in hundredths: 95.5 is 9550, 12.30 yuan are 1230 fen."""
    try:
        return in_hundredths(values.get(name, ""))
    except ValueError as error:
        raise Unfit(f"“{label}”{error}。") from error
