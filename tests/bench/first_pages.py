"""How long the first pages take in quiet, and while submissions go in at `GOING_IN` a second."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.linxi.year.days import peopling
from shared.bus.publishing import publish_by_shares
from shared.identity.sealing import PublicSealKey
from tests.bench.companions import companion
from tests.bench.ground import SECRET, Ground
from tests.bench.looking import SECRET as SECRET_VARIABLE
from tests.bench.looking import WHERE, Looked
from tests.bench.scale import GOING_IN
from tests.bench.workload import Days


@dataclass(frozen=True)
class FirstPages:
    """By page, with the load average when each was measured: other work on the machine makes every figure larger."""

    quiet: Mapping[str, Looked] = field(default_factory=dict)
    busy: Mapping[str, Looked] = field(default_factory=dict)
    load: tuple[float, float] = (0.0, 0.0)
    submitted: int = 0


async def first_pages(here: Ground, days: Days, seconds: int) -> FirstPages:
    """The county's people are entered first; what each looks at has been opened once before it is measured."""
    await _people(here)
    await _looked(here, seconds / 4)
    before, quiet = os.getloadavg()[0], await _looked(here, seconds)
    count = seconds * GOING_IN
    async with companion("generator", here.env, "paced", days.for_patrols(count), count) as generator:
        await generator.ready()
        generator.go()
        during, busy = os.getloadavg()[0], await _looked(here, seconds)
        await generator.figures()
    await here.settles()
    return FirstPages(quiet, busy, (before, during), count)


async def _looked(here: Ground, seconds: float) -> dict[str, Looked]:
    env = {**here.env, SECRET_VARIABLE: SECRET, WHERE: here.urls["feedback"]}
    async with companion("looking", env, seconds) as people:
        await people.ready()
        people.go()
        found: dict[str, dict[str, Any]] = await people.said()
    return {kind: Looked(**took) for kind, took in found.items()}


async def _people(here: Ground) -> None:
    """All of them with their posts, as every service knows from the bus."""
    said = (await here.http.get(f"{here.urls['roster']}/api/people/seal-key")).raise_for_status().json()
    key = PublicSealKey(said["id"], urlsafe_b64decode(said["key"] + "="))
    await publish_by_shares(here.bus.client, list(peopling(key).messages), timeout=30)
    await here.settles()
