"""How fast figures are made anew: the running service's own rebuild, of a ledger to which many facts are copied."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deploy.linxi.county import COUNTY
from shared.identity.tokens import token_of
from shared.pipeline.ledger import FACTS
from tests.bench.ground import SECRET, Ground
from tests.bench.scale import PATIENCE

MONTHS = ("2017-10", "2017-11", "2017-12")
"""In which nothing has happened."""
AT_ONCE = 5_000
LOOK = 0.2


@dataclass(frozen=True)
class Rebuilt:
    """Facts a second from the first that was read to the last, and what a page took meanwhile at p95, in ms."""

    facts: int = 0
    seconds: float = 0.0
    put_right: int = 0
    page_ms: float = 0.0

    @property
    def rate(self) -> float:
        """Facts a second."""
        return self.facts / self.seconds if self.seconds else 0.0


async def rebuilding(here: Ground, count: int) -> Rebuilt:
    """So many facts lie in months of which no sum is kept; all are added up by one rebuild."""
    await _copied(here, count)
    county = COUNTY, token_of(COUNTY, SECRET)
    url = f"{here.urls['feedback']}/api/rebuilds"
    begun = (await here.http.post(url, auth=county)).raise_for_status().json()["rebuild"]
    took, until = list[float](), time.monotonic() + PATIENCE
    while True:
        one = (await here.http.get(f"{url}/{begun}", auth=county)).raise_for_status().json()
        if not one["is_running"]:
            break
        if time.monotonic() > until:
            raise TimeoutError("the rebuild has not ended")
        at = time.perf_counter()
        (await here.http.get(f"{here.urls['feedback']}/", auth=county)).raise_for_status()
        took.append((time.perf_counter() - at) * 1000)
        await asyncio.sleep(LOOK)
    seconds = (datetime.fromisoformat(one["ended"]) - datetime.fromisoformat(one["read_from"])).total_seconds()
    return Rebuilt(one["facts"], seconds, one["count"], sorted(took)[int(len(took) * 0.95)] if took else 0.0)


async def _copied(here: Ground, count: int) -> None:
    """Of facts that the run itself has made, in their own proportion, each under an id of its own."""
    ledger, n = here.db("feedback")[FACTS], 0
    while n < count:
        more = list[dict[str, Any]]()
        async for fact in _facts(here, min(AT_ONCE, count - n)):
            month = MONTHS[n % len(MONTHS)]
            more.append({**fact, "_id": f"{fact['_id']}-{n}", "month": month})
            n += 1
        await ledger.insert_many(more, ordered=False)


async def _facts(here: Ground, count: int) -> AsyncIterator[dict[str, Any]]:
    async for fact in here.db("feedback")[FACTS].find({"month": {"$nin": MONTHS}}).limit(count):
        yield fact
