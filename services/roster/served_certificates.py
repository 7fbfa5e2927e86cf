"""When the certificates end that bus and gateway show: asked of themselves, whose files may be newer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from prometheus_client import Gauge

from services.roster.enrolment.settings import RosterSettings
from shared.identity.shown import ends_at, shown
from shared.process.gauges import Look

ENDS = Gauge(
    "lianban_certificate_expiry_timestamp_seconds",
    "When the certificate that is shown now is believed no more.",
    ["name"],
)
EVERY, AGAIN = 3600.0, 60.0
"""Seconds between two looks, and after one that saw nothing."""
PATIENCE = 2.0
"""Seconds for each: all are asked at once, within what a look may take."""


class Place(NamedTuple):
    """Where a certificate is shown; a bus greets before."""

    host: str
    port: int
    greets: bool = False


def places(settings: RosterSettings) -> dict[str, list[Place]]:
    """The bus's servers, where they speak TLS, and the gateway, where it is known."""
    urls = [urlsplit(url if "//" in url else f"//{url}") for url in settings.nats_url.split(",")]
    speaks_tls = settings.nats_ca is not None or urls[0].scheme == "tls"
    found = {"bus": [Place(url.hostname or "", url.port or 4222, True) for url in urls] if speaks_tls else []}
    if settings.gateway_address:
        host, _, port = settings.gateway_address.rpartition(":")
        found["gateway"] = [Place(host, int(port))]
    return {name: of for name, of in found.items() if of}


def certificates(asked: Mapping[str, Sequence[Place]]) -> Look:
    """Of several servers the one that ends first; no sample where none of them shows any."""
    looked_at = -EVERY

    async def look() -> None:
        nonlocal looked_at
        if time.monotonic() - looked_at < EVERY:
            return
        ends = await asyncio.gather(*(_first_end(of) for of in asked.values()))
        for name, end in zip(asked, ends, strict=True):
            if end is None:
                with suppress(KeyError):
                    ENDS.remove(name)
            else:
                ENDS.labels(name).set(end)
        looked_at = time.monotonic() - (EVERY - AGAIN if None in ends else 0)

    return look


async def _first_end(of: Sequence[Place]) -> float | None:
    ends = await asyncio.gather(*map(_end, of))
    return min((end for end in ends if end is not None), default=None)


async def _end(at: Place) -> float | None:
    with suppress(OSError):
        async with asyncio.timeout(PATIENCE):
            return ends_at(await shown(at.host, at.port, greets=at.greets)).timestamp()
    return None
