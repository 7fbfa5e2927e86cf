"""The provider is away, slow, or answers anything: a person reads a sentence, and signs in otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest
import pytest_asyncio
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from services.roster.unified import asked as asking_it
from services.roster.unified.asked import LONGEST
from tests.county import County
from tests.entrants import PASSWORD, WANG, enters, first_time, given_code, registered
from tests.roster.identities import Identities, providing
from tests.roster.unified import (
    START,
    audit_says,
    comes_back_by,
    leads_to,
    unified_browsing,
)
from tests.submitters import township


@pytest_asyncio.fixture
async def identities(tmp_path: Path) -> AsyncIterator[Identities]:
    async with providing(tmp_path) as identities:
        yield identities


def junk(body: str, status: int = 200) -> Callable[[str], Response | None]:
    return lambda _: PlainTextResponse(body, status)


def at(path: str, body: str, status: int = 200) -> Callable[[str], Response | None]:
    return lambda asked: PlainTextResponse(body, status) if asked == path else None


AWAY: Mapping[str, Callable[[str], Response | None]] = {
    "junk": junk("<html>"),
    "a list": junk("[]"),
    "deep": junk("[" * 100_000),
    "nothing": junk(""),
    "no bytes of ours": junk("\ufeff\x00"),
    "endless": junk("{" + " " * (LONGEST + 1)),
    "failing": junk("{}", 500),
    "elsewhere": lambda _: RedirectResponse("https://elsewhere.example/", 302),
    "no keys": at("/keys", '{"keys": 3}'),
    "keys of nobody": at("/keys", '{"keys": [{"kty": "RSA"}]}'),
    "another's description": at("/.well-known/openid-configuration", '{"issuer": "https://elsewhere.example"}'),
}


@pytest.mark.parametrize("answer", AWAY)
async def test_whatever_the_provider_answers_a_person_reads_a_sentence_and_signs_in_otherwise(
    county: County, identities: Identities, answer: str
) -> None:
    await registered(county, WANG)
    identities.answers = AWAY[answer]
    async with unified_browsing(county, identities) as client:
        await first_time(client, WANG, await given_code(client, WANG, by=township.code))
        client.cookies.clear()
        page = await client.get(START)
        if page.status_code == 200:
            page = await client.get(await comes_back_by(identities, leads_to(page)))
        assert (page.status_code, "暂时没有应答" in page.text) == (503, True)
        await audit_says(county, "away")
        assert (await enters(client, WANG, PASSWORD)).status_code == 303


async def test_one_that_is_away_or_slow_is_given_up_and_holds_nobody_else_up(
    county: County, identities: Identities, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_it, "PATIENCE", 2.0)
    await registered(county, WANG)
    identities.slowly = 600.0
    async with unified_browsing(county, identities) as client, unified_browsing(county, identities) as other:
        await first_time(other, WANG, await given_code(other, WANG, by=township.code))
        async with asyncio.timeout(60):
            slow = asyncio.create_task(client.get(START))
            assert (await enters(other, WANG, PASSWORD)).status_code == 303
            assert (await slow).status_code == 503
    gone = identities.issuer
    identities.issuer = "https://localhost:9"
    async with unified_browsing(county, identities) as client:
        assert (await client.get(START)).status_code == 503
    identities.issuer = gone


async def test_a_provider_whose_certificate_nobody_vouches_for_is_not_asked(
    county: County, identities: Identities, tmp_path: Path
) -> None:
    async with providing(tmp_path / "another") as another:
        identities.ca = another.ca
        async with unified_browsing(county, identities) as client:
            assert (await client.get(START)).status_code == 503
    assert identities.asked == []
