"""Every process is killed at some moment of the year, then the supervisor: the year ends as if nothing had happened."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random

import pytest

from deploy.linxi.year.days import MESSAGES
from shared.services import SERVICES
from tests.journeys.running import Supervised, figures, supervised, year_of_kills

KILLED = (*SERVICES, "nats", "mongod", "gateway")
HOW_FAR = re.compile(r"^2018.+?([\d,]+)/[\d,]+件", re.MULTILINE)
"""As `deploy/progress.py` says it where nobody watches."""
SEEDS = range(1, 6) if os.environ.get("LIANBAN_LONG") == "1" else range(1, 2)


def moments(luck: Random) -> list[tuple[float, str]]:
    """When each process is killed, as a share of the year's submissions; the supervisor goes after them."""
    names = luck.sample(KILLED, len(KILLED))
    shares = sorted(luck.uniform(0.02, 0.6) for _ in names)
    return list(zip(shares, names, strict=True))


def share(county: Supervised) -> float:
    """How much of the year has reached the services, by what their supervisor's loader last said."""
    said = HOW_FAR.findall(county.said)
    return int(said[-1].replace(",", "")) / MESSAGES if said else 0.0


async def kills(county: Supervised, luck: Random) -> None:
    """Each by the pid it has then; what was killed comes back."""
    for moment, name in moments(luck):
        await county.until(lambda moment=moment: share(county) >= moment or county.running.stage == "running")
        await county.until(lambda name=name: name in county.running.pids)
        assert county.running.stage == "loading", f"the year was over before {name} was killed"
        before = county.kills(name)
        await county.until(lambda name=name, before=before: county.running.pids.get(name, before) != before)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_year_full_of_kills_ends_like_any_other(quick_folder: Path, seed: int) -> None:
    luck, data = Random(seed), year_of_kills(quick_folder, seed)
    async with supervised(data) as county:
        await county.reaches("loading")
        await kills(county, luck)
        county.process.kill()
        await county.process.wait()
    async with supervised(data) as county:
        await county.reaches("running")
        status, said = await figures(data)
        assert status == 0, said
        assert county.asks("/feedback/api/differences")["items"] == []
        await county.stops()
