"""However records, corrections and withdrawals follow one another, what counts is what the survivors alone give."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest

from shared.pipeline.ledger import ledger
from tests.county import County
from tests.submitters import Said, Submitter, committee, just_now, office, station, stations, township

SUBMISSIONS = 80
RUNS = 30 if os.environ.get("LIANBAN_LONG") == "1" else 6
TYPES = ("record-green-service", "open-case", "complete-case")
BY = (station, stations[1], office, township, committee)


def story(luck: Random, at: datetime) -> Iterator[Said]:
    """Somebody records something, or corrects or takes back anything that was said before, or says it again."""
    said: list[Said] = []
    for n in range(SUBMISSIONS):
        if said and luck.random() < 0.6:
            said.append(_about(luck, luck.choice(said[-8:]), at, n, said))
        else:
            said.append(_new(luck, luck.choice(TYPES), at, n, said))
        yield said[-1]


def type_of(said: Said) -> str:
    return said.message.subject.split(".")[2]


def _new(luck: Random, kind: str, at: datetime, n: int, said: list[Said]) -> Said:
    cases = [one for one in said if type_of(one) == "open-case"]
    if kind == "complete-case" and cases:
        return office.completes(luck.choice(cases), at, luck.randint(0, 3), n=n)
    if kind == "open-case":
        return office.opens(luck.choice(("licence", "licence", "unheard-of")), at, n)
    return luck.choice((station, stations[1])).serves(luck.randint(1, 9), at, n)


def _about(luck: Random, wrong: Said, at: datetime, n: int, said: list[Said]) -> Said:
    """Mostly as it may be: by its own submitter, and of its type."""
    is_fit = luck.random() < 0.85
    by = Submitter(wrong.submitter) if is_fit else luck.choice(BY)
    match luck.randrange(6):
        case 0:
            return wrong.repeated(n + 100)
        case 1:
            return by.takes_back(wrong, n=n)
    right = _new(luck, type_of(wrong) if is_fit else luck.choice(TYPES), at, n, said)
    return by.instead_of(wrong, by.says_for(right) if is_fit else right, luck.choice(("", "有误")), n)


def alone(said: Said) -> Said:
    """As if it had never been a correction."""
    headers = {name: value for name, value in said.message.headers.items() if name not in ("ce-corrects", "ce-reason")}
    return said._replace(message=said.message._replace(headers=headers))


async def surviving(county: County, said: list[Said]) -> list[Said]:
    """What was accepted, is no withdrawal, and nothing accepted has taken the place of."""
    entries = await ledger(county.db("greenchannel")).find({"verdict": "accepted"}).to_list(None)
    gone = {entry[name] for entry in entries for name in ("corrects", "replaces") if name in entry}
    kept = {entry["_id"] for entry in entries if not entry["type"].startswith("withdraw-")} - gone
    by_key = {f"{one.submitter}/{one.id}": one for one in said}
    return [alone(one) for key, one in by_key.items() if key in kept]


async def counts(county: County) -> dict[str, Any]:
    """Monthly documents without what is nothing."""
    assert await county.differences() == []
    kept = {id: _some(one.get("add", {})) for id, one in (await county.monthly()).items()}
    return {id: one for id, one in kept.items() if one}


def _some(value: dict[str, Any]) -> dict[str, Any]:
    found = {name: _some(one) if isinstance(one, dict) else one for name, one in value.items()}
    return {name: one for name, one in found.items() if one}


@pytest.mark.parametrize("seed", range(RUNS))
async def test_what_counts_is_what_survives(empty_county: County, seed: int) -> None:
    luck, county = Random(seed), empty_county
    said = list(story(luck, just_now()))
    county.batch = luck.choice((2, 5, 17, 800))
    await county.is_founded()
    async with county.working():
        for one in said if luck.random() < 0.5 else ():
            await county.hears(one)
            if luck.random() < 0.2:
                await county.settles()
        await county.hears(*(one.repeated(1000 + n) for n, one in enumerate(said)))
        await county.settles()
    after, left = await counts(county), await surviving(county, said)
    corrected = await county.db("greenchannel")["corrections"].count_documents({})
    await county.begins_anew()
    await county.is_founded()
    async with county.working():
        await county.hears(*left)
        await county.settles()
    assert after == await counts(county)
    assert corrected > 5
