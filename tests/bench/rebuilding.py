"""How fast figures are made anew: the running service's own rebuild, of a ledger to which many facts are copied."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import datetime

from deploy.linxi.county import COUNTY
from shared.identity.tokens import token_of
from tests.bench.copying import copied
from tests.bench.ground import SECRET, Ground
from tests.bench.scale import PATIENCE

MONTHS = ("2025-10", "2025-11", "2025-12")
"""In which nothing has happened."""
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
    await copied(here, count, MONTHS)
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
