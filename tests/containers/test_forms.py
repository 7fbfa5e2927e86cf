"""Forms in a container's memory: what many send at once waits on the disk, whoever sends it."""

from __future__ import annotations

import asyncio
import ssl

import httpx
import pytest

from tests.containers.compose import Compose

pytestmark = pytest.mark.containers
FORM = "/inspection/patrol/windows-daily/150424-D02"
AT_ONCE = 8
BITS = [("photos", (f"{n}.jpg", bytes(1_000_000), "image/jpeg")) for n in range(58)]
"""As large, of files that a form's reader keeps in memory."""
PHOTOS = [("photos", (f"{n}.jpg", bytes(6_000_000), "image/jpeg")) for n in range(9)]
"""54 MB, nearly what a form may have."""


async def _sent(county: Compose, files: list[tuple[str, tuple[str, bytes, str]]]) -> list[int]:
    gateway = f"https://127.0.0.1:{county.ports['gateway_tls']}"
    known = ssl.create_default_context(cafile=str(county.secrets / "ca.pem"))
    async with httpx.AsyncClient(base_url=gateway, verify=known, trust_env=False, timeout=120) as somebody:
        forms = (somebody.post(FORM, data={"score": "98"}, files=files) for _ in range(AT_ONCE))
        return [answer.status_code for answer in await asyncio.gather(*forms)]


@pytest.mark.parametrize("files", [PHOTOS, BITS], ids=["photos", "bits"])
async def test_what_several_people_send_at_once_finds_room_and_ends_no_service(
    county: Compose, files: list[tuple[str, tuple[str, bytes, str]]]
) -> None:
    assert await _sent(county, files) == [401] * AT_ONCE  # nobody has signed in: it is read all the same, and kept
    assert county.container("inspection")["RestartCount"] == 0
