"""`station run`: sender, refreshing and local page in one process, until it is told to stop."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import uvicorn

from services.station.desk import refresh, refreshing
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
    asks = partial(refresh, notes, hub, folder)
    return Parts(hub, outbox, pictures, notes, sender, asks, former_senders(folder, outbox, pictures, notes))


class PortTaken(Exception):
    """Another program has the port of the page; the message says what to do."""


def listening(host: str, port: int) -> socket.socket:
    """The page's own, before anybody is told its address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        one.bind((host, port))
    except OSError as error:
        one.close()
        raise PortTaken(_why(host, port, error)) from error
    return one


def _why(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"本机的{port}端口已被其他程序占用，报送页面没有启动。请关闭那个程序后再启动，"
            f"或者换一个端口：station run --port {port + 1}。"
        )
    return f"报送页面不能在{host}的{port}端口打开（{error.strerror}），没有启动。请核对--host和--port后再启动。"


async def serve(parts: Parts, folder: Folder, own: socket.socket, names: list[str]) -> None:
    """Until Ctrl-C or SIGTERM; what was being sent then is sent again, under its id, after the next start."""
    host, port = own.getsockname()[:2]
    app = application(parts, names)
    config = uvicorn.Config(
        app, host, port, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    beside = (until_nothing_waits(one, parts.outbox, folder) for one in parts.former)
    asking = (refreshing(parts.refresh, parts.sender.decided), watching(parts.sender, parts.notes, parts.hub, folder))
    await first_to_end(server.serve([own]), parts.sender.run(), *asking, *beside)
