"""People look at their first pages while submissions go in, a process of its own that says how long each page took.

`python -m tests.bench.looking <seconds>`: each of `PEOPLE` is signed in and opens 待办 and 总览 by turns, one every
`EACH` seconds; when all are due is spread over that time, so that nobody waits for another.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from statistics import quantiles
from typing import NamedTuple

import httpx
import uvloop

from deploy.linxi.people import people
from shared.identity.sessions import SignIn, sealed
from shared.web.cookie import AT_HOME
from shared.web.signing_in import sealing_key
from tests.bench.scale import EACH, PATIENCE, PEOPLE

FIRST_PAGES = {"todo": "/todo", "overview": "/"}
"""待办, and 总览: the county's, or for whoever does not see all of it the page of its own unit."""
SECRET, WHERE = "BENCH_TOKEN_SECRET", "BENCH_PAGES"


class Looked(NamedTuple):
    """Milliseconds until a page was there whole."""

    pages: int
    p50: float
    p95: float
    max: float

    @classmethod
    def of(cls, took: list[float]) -> Looked:
        """Of so many pages."""
        cuts = quantiles(took, n=100, method="inclusive")
        return cls(len(took), cuts[49], cuts[94], max(took))


def cookies(secret: str) -> list[str]:
    """Of the first so many persons of the county who hold a post."""
    held = [one.tenures[0] for one in people() if one.tenures and one.tenures[0].until is None]
    key = sealing_key(secret)
    return [sealed(SignIn.begun(one.organisation, "k0", one.person), key) for one in held[:PEOPLE]]


async def _looks(client: httpx.AsyncClient, n: int, cookie: str, until: float, took: dict[str, list[float]]) -> None:
    begun, kinds = time.perf_counter(), [*FIRST_PAGES]
    for turn in range(1_000_000):
        due = begun + (n / PEOPLE + turn) * EACH
        if due > until:
            return
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        kind = kinds[(n + turn) % 2]
        asked = time.perf_counter()
        answer = await client.get(FIRST_PAGES[kind], headers={"cookie": f"{AT_HOME}={cookie}"}, follow_redirects=True)
        took[kind].append(1000 * (time.perf_counter() - asked))
        assert (answer.status_code, "退出" in answer.text) == (200, True), kind


async def look(seconds: float) -> dict[str, Looked]:
    """What each kind of page took."""
    took: dict[str, list[float]] = {kind: [] for kind in FIRST_PAGES}
    limits = httpx.Limits(max_connections=PEOPLE, max_keepalive_connections=PEOPLE)
    async with httpx.AsyncClient(
        base_url=os.environ[WHERE], trust_env=False, timeout=PATIENCE, limits=limits
    ) as client:
        until = time.perf_counter() + seconds
        theirs = enumerate(cookies(os.environ[SECRET]))
        await asyncio.gather(*(_looks(client, n, cookie, until, took) for n, cookie in theirs))
    return {kind: Looked.of(found) for kind, found in took.items()}


async def looking(seconds: float) -> None:
    """Begins when it is told to."""
    print("ready", flush=True)
    if sys.stdin.readline():
        print(json.dumps({kind: found._asdict() for kind, found in (await look(seconds)).items()}), flush=True)


if __name__ == "__main__":
    uvloop.run(looking(float(sys.argv[1])))
