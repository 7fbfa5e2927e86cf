"""A county is upgraded, goes back to the release that it came from, and is upgraded again: nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from deploy.embedded.county.folder import token_secret
from deploy.embedded.settings import ROOT
from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.photos import cut, digest_of
from shared.bus.publishing import publish_by_shares, publish_each
from shared.bus.streams import VERDICTS
from shared.events.tokens import IssueToken, RevokeToken
from shared.identity.tokens import issued_token
from tests.journeys.releases import RELEASES, source_of
from tests.journeys.running import PATIENCE, Supervised, supervised_by
from tests.photographs import photograph
from tests.submitters import Said, committee, founding, just_now, office, station

LASTING, REVOKED = "a0", "b1"
"""Serials of two tokens: one stays, one is made void by the later release."""
EACH = 5
"""Patrols that are logged under each release."""
PHOTOS = [photograph(seed=n) for n in range(4)]
"""One is taken under each."""


async def hears(county: Supervised, *said: Said) -> None:
    """Everything is decided and followed."""
    async with county.bus() as client:
        await publish_by_shares(client, [one.message for one in said], timeout=10, patience=60)
        async with asyncio.timeout(PATIENCE):
            while not await drained(Bus(client)):
                await asyncio.sleep(0.05)


def answered(county: Supervised, serial: str, path: str = "inspections") -> int:
    """What a program hears that comes with a token of the office's."""
    token = issued_token(office.code, serial, token_secret(county.data))
    with httpx.Client(base_url=county.gateway, timeout=60, trust_env=False, auth=(office.code, token)) as client:
        return client.get(f"/inspection/api/{path}").status_code


async def takes_photo(county: Supervised, photo: bytes) -> None:
    """It is kept when this returns."""
    async with county.bus() as client:
        await publish_each(client, [*cut(office.code, photo)], 10)
        async with asyncio.timeout(PATIENCE):
            while not await Bus(client).last(VERDICTS.name, f"verdict.{office.code}.{digest_of(photo)}"):
                await asyncio.sleep(0.05)


def shown(county: Supervised, photos: Sequence[bytes]) -> list[int]:
    """What the office, which sent them, hears of each photo."""
    return [answered(county, LASTING, f"photos/{office.code}/{digest_of(one)}") for one in photos]


def logged(release: int) -> list[Said]:
    return [station.logs(at=just_now(), n=10 * release + n) for n in range(EACH)]


async def looked_at(county: Supervised, patrols: int, revoked: int) -> None:
    """All patrols so far are in the ledger and in the figures, once each; a void token stays void."""
    found = county.asks(f"/inspection/api/inspections?organisation={station.code}&limit=100")["items"]
    assert len(found) == patrols
    assert county.asks("/feedback/api/differences")["items"] == []
    assert (answered(county, LASTING), answered(county, REVOKED)) == (200, revoked)
    await county.stops()


@pytest.mark.parametrize("release", RELEASES)
async def test_an_upgrade_a_way_back_and_the_next_upgrade_lose_nothing(release: str, tmp_path: Path) -> None:
    former, data = source_of(release, tmp_path / "former"), tmp_path / "county"
    async with supervised_by(former, data, "--no-year") as county:
        await county.reaches("running")
        await hears(county, *founding())
        until = just_now().date() + timedelta(days=30)
        issued = [IssueToken(serial=one, holder="对接程序", expires=until) for one in (LASTING, REVOKED)]
        await takes_photo(county, PHOTOS[0])
        await hears(county, *logged(1), *(committee.says(one, just_now(), about=office.code) for one in issued))
        await looked_at(county, EACH, 200)
    for n, (root, revokes) in enumerate(((ROOT, True), (former, False), (ROOT, False)), 2):
        async with supervised_by(root, data, "--no-year") as county:
            await county.reaches("running")
            void = committee.says(RevokeToken(serial=REVOKED, reason=""), just_now(), about=office.code)
            await hears(county, *logged(n), *((void,) if revokes else ()))
            await takes_photo(county, PHOTOS[n - 1])
            seen = shown(county, PHOTOS[:n])
            assert set(seen) <= ({200} if root == ROOT else {200, 404}), "what lies elsewhere is no fault of before"
            await looked_at(county, EACH * n, 401)
