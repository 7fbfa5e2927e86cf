"""One station that floods, in a process of its own: `python -m tests.abuse.floods.flooding <kind>`.

Says `ready`, begins at the first line it is sent and ends at the second; then says how much it sent. It gives way
to the county: what it costs to flood is paid elsewhere.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys

import uvloop

from shared.identity.access import Access, enter
from shared.process.open_files import may_open_many
from tests.abuse.floods.kinds import OVER_THE_BUS, Flooding, without_end
from tests.abuse.floods.over_http import OVER_HTTP, Asking, client_of

NICER = 10


async def flood(kind: str, over: asyncio.Event) -> int:
    """Until it is over; messages, or requests."""
    code = os.environ["STATION"]
    if kind in OVER_HTTP:
        async with client_of() as client:
            return await OVER_HTTP[kind](Asking(code, os.environ["TOKEN"], client), over)
    line = await enter(os.environ["NATS_URL"], Access.of(os.environ))
    sent = await without_end(OVER_THE_BUS[kind], Flooding(code, line), over)
    await line.close()
    return sent


async def until_asked(kind: str) -> None:
    """By lines on its input."""
    over = asyncio.Event()
    print("ready", flush=True)
    if not await asyncio.to_thread(sys.stdin.readline):
        return
    flooding = asyncio.create_task(flood(kind, over))
    await asyncio.to_thread(sys.stdin.readline)
    over.set()
    print(json.dumps({"sent": await flooding}), flush=True)


if __name__ == "__main__":
    os.nice(NICER)
    may_open_many()
    uvloop.run(until_asked(sys.argv[1]))
