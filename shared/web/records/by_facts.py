"""What a record reported that no form here reads: what its facts say of it, under the names that its fields have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from shared.countys_own import CountysOwn
from shared.events import Submission
from shared.events.labels import FIELDS
from shared.events.refusals.filling import in_chinese
from shared.events.vocabulary import Catalogue
from shared.forms.declared import YES_OR_NO
from shared.hundredths import decimal
from shared.pages.words import name_of
from shared.pipeline.decisions import Original
from shared.roster.committees import own_of
from shared.roster.organisations import Roster

LabelledText = tuple[str, str]
FOLLOWS: Mapping[str, str] = {"deadline": "整改期限"}
"""What a submission does not say itself, and whoever sent it wants to read."""
ORGANISATIONS = frozenset({"followed_by", "parent", "shared_with"})
HUNDREDTHS = frozenset({"scores"})
CATALOGUES: Mapping[str, Catalogue] = {"award": Catalogue.AWARD, "work": Catalogue.WORK}
"""Fields that hold an entry of one of the county's own."""
UNITS: Mapping[str, str] = {"year": "年", "party_members": "名"}


def by_facts(original: Original, roster: Roster, on: date) -> list[LabelledText]:
    """In the order of the first fact that says anything of it; what only programs call by its name is left out."""
    kind = Submission.registry.get(original.type)
    named = {*(kind.model_fields if kind else ()), *FOLLOWS}
    called = partial(name_of, roster=roster, day=on)
    own = own_of(roster, original.organisation, on)
    for one in original.facts:
        values = {name: value for name, value in dict(one.fact).items() if name in named}
        if lines := [line for name, value in values.items() for line in _lines(name, value, called, own)]:
            return lines
    return []


def _lines(name: str, value: Any, called: Callable[[str], str], own: CountysOwn) -> Iterator[LabelledText]:
    if name in CATALOGUES:
        value = own.entry(CATALOGUES[name], value).name
    if name in HUNDREDTHS:
        yield from ((FIELDS[key], decimal(part)) for key, part in dict(value).items())
    elif text := _said(name, value, called):
        yield FIELDS.get(name) or FOLLOWS[name], text


def _said(name: str, value: Any, called: Callable[[str], str]) -> str:
    match value:
        case bool():
            return YES_OR_NO["yes" if value else "no"]
        case int():
            return f"{value}{UNITS[name]}" if name in UNITS else ""
        case date():
            return in_chinese(name, value, called)
        case str() if name == "code":
            return value
        case str() if name in ORGANISATIONS:
            return called(value)
        case str():
            said = in_chinese(name, str(value), called)
            return "" if said.isascii() else said
        case list() | tuple() if name in ORGANISATIONS:
            return "、".join(map(called, value))
    return ""
