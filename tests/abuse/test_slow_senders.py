"""A stranger with many connections that say hardly anything keeps nobody else from the pages."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from httpx import ASGITransport, AsyncClient

from deploy.embedded.ports import HOST
from deploy.embedded.settings import ROOT
from services.roster.places import PAGES
from shared.pages.error_pages import answer_errors, crowded
from shared.process.open_files import may_open_many
from shared.web.crowd import Crowd
from shared.web.senders import Senders
from tests.abuse.behind import behind_the_gateway

MANY, PLACES = 300, 100
SECONDS = 2
"""After which the gateway of these tests lets go whoever has not sent all."""
PATIENCE = 60.0


def serving() -> FastAPI:
    """A service with a page and a form, guarded as every service is."""
    app = FastAPI(openapi_url=None)
    answer_errors(app, PAGES)

    @app.post("/{service}/form")
    async def form(service: str, request: Request) -> int:
        return len(await request.body())

    @app.get("/{service}/page")
    async def page(service: str) -> str:
        return service

    app.add_middleware(Senders, most=PLACES)
    return app


@asynccontextmanager
async def impatient(app: FastAPI, folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, int]]:
    """Behind a gateway that is less patient than it is; and its port."""
    async with (
        behind_the_gateway(app, folder, {"GATEWAY_HEADERS": f"{SECONDS}s"}) as behind,
        httpx.AsyncClient(base_url=f"http://{HOST}:{behind.port}", trust_env=False, timeout=PATIENCE) as client,
    ):
        yield client, behind.port


HEAD = "POST /roster/form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
NOWHERE = HEAD.replace("/form", "/nowhere/to/be/found")
SLOWLY = {
    "headers": HEAD[:40],
    "a form": f"{HEAD}Content-Length: 900\r\n\r\na",
    "a form that nobody waits for": f"{NOWHERE}Content-Length: 900\r\n\r\na",
}


async def let_go(reader: asyncio.StreamReader) -> None:
    """Hung up on, or answered that the connection ends: of hundreds the gateway leaves one to its sender."""
    head = b""
    with suppress(asyncio.IncompleteReadError):
        head = await reader.readuntil(b"\r\n\r\n")
    assert not head or b"\r\nConnection: close\r\n" in head


@pytest.mark.parametrize("what", SLOWLY)
async def test_who_sends_hardly_anything_keeps_nobody_waiting_and_is_let_go(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.web.senders.STALLED", SECONDS)
    async with impatient(serving(), tmp_path) as (client, port), asyncio.timeout(PATIENCE):
        slow = [await asyncio.open_connection(HOST, port) for _ in range(MANY)]
        for _, writer in slow:
            writer.write(SLOWLY[what].encode())
        pages = [await client.get("/roster/page") for _ in range(20)]
        forms = [await client.post("/roster/form", content=b"x" * 100_000) for _ in range(20)]
        assert {(one.status_code, one.text) for one in pages} == {(200, '"roster"')}
        assert {(one.status_code, one.text) for one in forms} == {(200, "100000")}
        await asyncio.gather(*(let_go(reader) for reader, _ in slow))
        for _, writer in slow:
            writer.close()


class Coming:
    """A body that comes a byte at a time, when it is told to."""

    def __init__(self, client: AsyncClient) -> None:
        self._more: asyncio.Queue[bytes] = asyncio.Queue()
        self._taken = asyncio.Event()
        self.answer = asyncio.create_task(client.post("/roster/form", content=self._pieces()))

    async def _pieces(self) -> AsyncIterator[bytes]:
        while piece := await self._more.get():
            yield piece
            self._taken.set()

    async def brings(self, piece: bytes) -> None:
        """Returns when it was taken; nothing ends it."""
        self._taken.clear()
        await self._more.put(piece)
        if piece:
            await self._taken.wait()


async def test_who_has_been_silent_longest_gives_its_place_up(tmp_path: Path) -> None:
    """For whoever comes: one that goes on sending, however long already, is never the one."""
    app = FastAPI(openapi_url=None)
    answer_errors(app, PAGES)

    @app.post("/{service}/form")
    async def form(service: str, request: Request) -> int:
        return len(await request.body())

    app.add_middleware(Senders, most=2)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://county") as client:
        goes_on, silent = Coming(client), Coming(client)
        for one in (goes_on, silent, goes_on):
            await one.brings(b"a")
        newcomer = Coming(client)
        await newcomer.brings(b"a")
        assert (await silent.answer).status_code == 408
        assert (await client.post("/roster/form", content=b"abc")).text == "3"
        assert (await goes_on.answer).status_code == 408
        await newcomer.brings(b"")
        assert (await newcomer.answer).text == "1"


@pytest.mark.parametrize(("pieces", "every", "status"), [(900, 0.1, 408), (900, 0.001, 200), (1, 100.0, 200)])
async def test_a_body_is_waited_for_by_how_it_comes_on_the_whole(pieces: int, every: float, status: int) -> None:
    """A hundred bytes a piece, by a clock that is set by hand; the last piece is never too late."""
    app, now = FastAPI(openapi_url=None), 0.0
    answer_errors(app, PAGES)

    @app.post("/{service}/form")
    async def form(service: str, request: Request) -> int:
        return len(await request.body())

    app.add_middleware(Senders, clock=lambda: now)

    async def coming() -> AsyncIterator[bytes]:
        nonlocal now
        for _ in range(pieces):
            yield b"x" * 100
            now += every

    async with AsyncClient(transport=ASGITransport(app), base_url="http://county") as client:
        assert (await client.post("/roster/form", content=coming())).status_code == status


async def test_one_too_many_is_told_at_once_to_come_again(tmp_path: Path) -> None:
    app, there, go = FastAPI(openapi_url=None), asyncio.Semaphore(0), asyncio.Event()
    answer_errors(app, PAGES)

    @app.get("/roster/waits")
    async def waits() -> str:
        there.release()
        await go.wait()
        return "done"

    @app.get("/roster/healthz")
    async def healthz() -> str:
        return "ok"

    app.add_middleware(Crowd, otherwise=crowded, most=2)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://county") as client:
        waiting = [asyncio.create_task(client.get("/roster/waits")) for _ in range(2)]
        for _ in waiting:
            await there.acquire()
        page, program, well = [await client.get(f"/roster/{one}") for one in ("waits", "api/waits", "healthz")]
        go.set()
        done = await asyncio.gather(*waiting)
        after = await client.get("/roster/waits")
    assert (page.status_code, page.headers["retry-after"], "系统正忙" in page.text) == (503, "2", True)
    assert (program.status_code, program.json()) == (503, {"detail": "too many at once"})
    assert [one.status_code for one in (well, *done, after)] == [200] * 4


def test_a_process_may_have_as_many_files_open_as_it_is_allowed_to_ask_for() -> None:
    tells = (
        "import resource\n"
        "from shared.process.open_files import may_open_many\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, 4096))\n"
        "may_open_many()\n"
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE))\n"
    )
    ran = subprocess.run((sys.executable, "-c", tells), cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["4096", "4096"]


def test_what_is_already_allowed_is_left() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    may_open_many()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) >= before
