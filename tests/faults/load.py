"""Submissions in numbers: patrols, rectifications and their verification, services and cases whose order matters."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import nats.errors

from shared.bus.publishing import PublishRefused
from tests.county import County
from tests.submitters import A_MONDAY, Said, office, stations, township

PORTION = 25


def load(rounds: int, first: int = 0) -> list[Said]:
    """Seven submissions a round: a patrol, its work and the verification, a case, its completion, a service twice."""
    said: list[Said] = []
    for n in range(first, first + rounds):
        one, at = stations[n % len(stations)], A_MONDAY + timedelta(minutes=n)
        log, case, served = one.logs(at, findings=1, n=n), office.opens(at=at, n=n), one.serves(n % 7 + 1, at, n=n)
        done, seen = one.rectifies(log, at=at), township.verifies(log, at=at)
        said += [log, case, done, seen, office.completes(case, at), served, served.repeated()]
    return said


async def hears_all(county: County, said: Sequence[Said], pause: float = 0) -> None:
    """Portion by portion, each published until the bus has stored it: a station's outbox does no less."""
    for start in range(0, len(said), PORTION):
        await _stored(county, said[start : start + PORTION])
        await asyncio.sleep(pause)


async def _stored(county: County, portion: Sequence[Said]) -> None:
    while True:
        try:
            return await county.hears(*portion)
        except (TimeoutError, nats.errors.Error, PublishRefused, OSError):
            await asyncio.sleep(0.1)
