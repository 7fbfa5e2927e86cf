"""What ledgers hold is what `Entry` says: nothing more, nothing less, and each kind of ledger what is its alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, get_args, get_origin, get_type_hints

import pytest

from shared.pipeline.ledger import FACTS, SUBMISSIONS, Entry, KeptFact, ledger
from shared.services import SERVICES
from tests.county import County
from tests.submitters import just_now, office, station

HINTS = get_type_hints(Entry, include_extras=True)
ALWAYS = {name for name, hint in HINTS.items() if get_origin(hint) is not NotRequired}
OF_EACH = {SUBMISSIONS: {"submitter"}, FACTS: {"path", "month", "body"}}
OF_SOME = {SUBMISSIONS: {"actor", "corrects", "reason", "replaces", "undone"}, FACTS: set[str]()}


async def entries(county: County, name: str) -> list[Mapping[str, Any]]:
    """All of one kind of ledger, over all services."""
    return [one for service in SERVICES for one in await ledger(county.db(service), name).find().to_list(None)]


@pytest.mark.parametrize("name", [SUBMISSIONS, FACTS])
async def test_entries_hold_what_their_type_says(county: County, name: str) -> None:
    signed, refused = station.serves().heading(actor="%E5%BC%A0"), station.completes(office.opens())
    wrong = station.serves(at=just_now())
    again = station.instead_of(wrong, station.serves(2, wrong.time), "人次有误")
    async with county.working():
        await county.hears(station.logs(findings=1), signed, refused, wrong, again)
        await county.settles()
    found = await entries(county, name)
    assert all(one.keys() >= ALWAYS | OF_EACH[name] for one in found)
    assert {key for one in found for key in one} == ALWAYS | OF_EACH[name] | OF_SOME[name]
    assert all(isinstance(value, _kind(HINTS[key])) for one in found for key, value in one.items())
    of_a_fact = frozenset(KeptFact.__annotations__)
    kept = {frozenset(fact) for one in found for fact in one["facts"]}
    assert kept <= {of_a_fact, of_a_fact - {"undoes"}}
    assert {one["verdict"] for one in found} == ({"accepted", "refused"} if name == SUBMISSIONS else {"accepted"})


def _kind(hint: Any) -> type[object]:
    """What `isinstance` is asked."""
    bare = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
    kind: type[object] = {Literal: str, list: list}.get(get_origin(bare), bare)
    return kind
