"""Figures count only if they are right: everything accepted, nothing dead, every month equal to its recomputation."""

from __future__ import annotations

from tests.bench.ground import Ground


async def faults(here: Ground, submitted: int) -> list[str]:
    """What is wrong, in sentences; nothing when all is well."""
    return [*await _not_accepted(here, submitted), *await _dead(here), *await _different(here)]


async def _not_accepted(here: Ground, submitted: int) -> list[str]:
    ledger = here.db("inspection")["ledger"]
    counts = {one["_id"]: one["n"] async for one in ledger.aggregate([{"$sortByCount": "$verdict"}, _AS_N])}
    return [] if counts == {"accepted": submitted} else [f"of {submitted} submissions the ledger has {counts}"]


_AS_N = {"$project": {"n": "$count"}}


async def _dead(here: Ground) -> list[str]:
    info = await here.bus.api("STREAM.INFO.DEAD")
    letters = info["state"]["messages"]
    return [f"{letters} messages lie in DEAD"] if letters else []


async def _different(here: Ground) -> list[str]:
    answer = await here.http.get(f"{here.urls['feedback']}/api/differences")
    found = answer.raise_for_status().json()
    wrong = [f"{one['month']} {one['path']} differs from its recomputation" for one in found["items"]]
    return wrong if found["months"] else ["feedback has no month at all"]
