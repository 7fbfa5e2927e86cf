"""`station run`: sender, refreshing and local page in one process, until it is told to stop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import uvicorn

from services.station.desk import refreshing
from services.station.folder import Folder, Hub
from services.station.line.former import former_senders, until_nothing_waits
from services.station.line.line import to_county
from services.station.line.replaced import watching
from services.station.line.sender import Sender, first_to_end
from services.station.outbox.notes import Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.repair import Salvage, opened
from services.station.page.parts import Parts
from services.station.page.web import application
from shared.calendar import CHINA


@contextmanager
def parts_of(folder: Folder, hub: Hub) -> Iterator[tuple[Parts, Salvage | None]]:
    """The agent put together over its folder, which nobody else may be sending from; repaired where it must be."""
    with folder.alone():
        outbox, salvage = opened(folder.outbox, datetime.now(CHINA))
        try:
            yield put_together(folder, hub, outbox), salvage
        finally:
            outbox.close()


def put_together(folder: Folder, hub: Hub, outbox: Outbox) -> Parts:
    """Nothing is asked of anybody yet."""
    pictures, notes = Pictures(outbox, folder.photos), Notes(outbox)
    sender = Sender(hub.station, outbox, pictures, notes, to_county(hub, folder))
    return Parts(hub, outbox, pictures, notes, sender, former_senders(folder, outbox, pictures, notes))


async def serve(parts: Parts, folder: Folder, host: str, port: int, names: list[str]) -> None:
    """Until Ctrl-C or SIGTERM; what was being sent then is sent again, under its id, after the next start."""
    app = application(parts, [host, *names])
    config = uvicorn.Config(
        app, host, port, loop="asyncio", http="h11", ws="none", lifespan="off", log_level="warning", access_log=False
    )
    server = uvicorn.Server(config)
    beside = (until_nothing_waits(one, parts.outbox, folder) for one in parts.former)
    asking = (refreshing(parts.notes, parts.hub, folder), watching(parts.sender, parts.notes, parts.hub, folder))
    await first_to_end(server.serve(), parts.sender.run(), *asking, *beside)
