"""The real gateway with its Caddyfile, in front of services that only say what they were asked."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers import gateway
from deploy.embedded.servers.readiness import listening
from shared.services import SERVICES
from shared.web.reading import BROUGHT
from tests.embedded.fronts import front_at


class Echo(BaseHTTPRequestHandler):
    """Answers with its own port and the path it was asked for, and in its headers as whose bringer it was asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        for name in BROUGHT:
            if name in self.headers:
                self.send_header(f"was-{name}", self.headers[name])
        self.end_headers()
        self.wfile.write(f"{self.connection.getsockname()[1]}{self.path}".encode())

    def do_POST(self) -> None:
        """Tells how much it was sent, in one piece or in chunks."""
        length = self.headers["content-length"]
        size = len(self.rfile.read(int(length))) if length else sum(self._chunks())
        with suppress(ConnectionError):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(str(size).encode())

    def _chunks(self) -> Iterator[int]:
        while line := self.rfile.readline():
            size = int(line, 16)
            self.rfile.read(size + 2)
            yield size
            if size == 0:
                return

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def echo(port: int = 0) -> Iterator[int]:
    with ThreadingHTTPServer((HOST, port), Echo) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def services() -> Iterator[Mapping[str, int]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(echo()) for name in SERVICES}


@pytest.fixture
async def front(tmp_path: Path, services: Mapping[str, int]) -> AsyncIterator[httpx.AsyncClient]:
    port = any_free()
    caddy = Child(gateway.command(tmp_path, front_at(port, tmp_path), services), tmp_path / "gateway.log")
    caddy.start()
    await listening(port)
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}", trust_env=False) as client:
        yield client
    await caddy.stop()


async def test_each_service_is_asked_for_the_whole_path(front: httpx.AsyncClient, services: Mapping[str, int]) -> None:
    for name, port in services.items():
        assert (await front.get(f"/{name}/api/x?period=2018-03")).text == f"{port}/{name}/api/x?period=2018-03"


async def test_of_several_copies_the_first_that_lives_answers(tmp_path: Path, services: Mapping[str, int]) -> None:
    """A form as well that the dead one was not sent; one that it was sent reads that it may have been lost."""
    port, first = any_free(), any_free()
    with echo() as other, ExitStack() as lives:
        lives.enter_context(echo(first))
        alone = gateway.command(tmp_path, front_at(port, tmp_path), services)
        both = {"ROSTER_ADDRESS": f"{HOST}:{first} {HOST}:{other}", "GATEWAY_COPIES": "several"}
        caddy = Child(Command(alone.name, alone.argv, {**alone.env, **both}), tmp_path / "gateway.log")
        caddy.start()
        try:
            await listening(port)
            async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}", trust_env=False, timeout=60) as client:
                for _ in range(4):
                    assert (await client.get("/roster/x")).text == f"{first}/roster/x"
                lives.close()
                assert (await client.post("/roster/y", content=b"four")).text == "4"
                for _ in range(4):
                    assert (await client.get("/roster/x")).text == f"{other}/roster/x"
                lives.enter_context(echo(first))
                async with asyncio.timeout(60):
                    while (await client.get("/roster/x")).text != f"{first}/roster/x":
                        await asyncio.sleep(0.1)
        finally:
            await caddy.stop()


async def test_the_first_page_is_the_feedback(front: httpx.AsyncClient) -> None:
    answer = await front.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/feedback/")


async def test_a_service_without_its_slash_is_sent_to_it(front: httpx.AsyncClient) -> None:
    answer = await front.get("/roster")
    assert (answer.status_code, answer.headers["location"]) == (308, "/roster/")


async def test_a_service_is_told_of_everybody_whom_the_gateway_brings(front: httpx.AsyncClient) -> None:
    """By which a service knows that it is not asked at its own port; nobody can leave it out."""
    for said in ({}, dict.fromkeys(BROUGHT, ""), {"connection": "close, x-forwarded-for, x-forwarded-host"}):
        brought = {
            name for name in (await front.get("/roster/metrics", headers=said)).headers if name.startswith("was-")
        }
        assert brought & {f"was-{name}" for name in BROUGHT}, said


async def test_anything_else_is_no_page(front: httpx.AsyncClient) -> None:
    assert (await front.get("/rosters")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "path", ["/", "/roster", "/rosters", "/rosters/api/x", "/ca.pem", "/gateway.css", "/favicon.ico", "/feedback/"]
)
async def test_the_gateway_says_of_each_answer_what_a_service_has_not(
    front: httpx.AsyncClient, path: str, method: str
) -> None:
    answer = await front.request(method, path)
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    kept = "max-age=3600" if path == "/gateway.css" else "no-store"
    assert answer.headers.get_list("cache-control") == [kept]


async def test_what_the_gateway_says_for_a_service_is_no_less(front: httpx.AsyncClient) -> None:
    too_much = await front.post("/roster/api/submissions", content=b"x" * 300_000)
    assert too_much.status_code == 413
    assert too_much.headers["x-content-type-options"] == "nosniff"
    assert too_much.headers["cache-control"] == "no-store"


async def test_the_gateway_writes_nothing_outside_its_folder(front: httpx.AsyncClient, tmp_path: Path) -> None:
    assert (await front.get("/roster/")).status_code == 200
    assert (tmp_path / "caddy").is_dir()


def reads(answer: httpx.Response, status: int, title: str, link: str) -> bool:
    """Whether a person reads it as a page, on a phone too, that leads on."""
    page = answer.text
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8"), page
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    is_page = page.startswith("<!doctype html>") and 'name="viewport"' in page and "<style" not in page
    return is_page and f"<h1>{title}</h1>" in page and link in page


async def test_what_the_gateway_answers_itself_is_a_page_that_leads_on(
    tmp_path: Path, services: Mapping[str, int]
) -> None:
    port, gone = any_free(), dict.fromkeys(services, any_free())
    caddy = Child(gateway.command(tmp_path, front_at(port, tmp_path), gone), tmp_path / "gateway.log")
    caddy.start()
    await listening(port)
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}", trust_env=False, timeout=60) as client:
        assert reads(await client.get("/rosters"), 404, "没有找到这一页", '<a href="/">返回首页</a>')
        assert (await client.get("/rosters/api/x")).text.startswith("没有这个页面")
        away, sent, program = await asyncio.gather(
            client.get("/inspection/patrol"),
            client.post("/inspection/patrol/a/b", data={"score": "1"}),
            client.post("/inspection/api/submissions", json={}),
        )
        assert reads(away, 503, "系统暂时没有应答", '<a href="">重试</a>')
        assert reads(sent, 503, "本次提交没有得到答复", '<a href="">返回填写</a>')
        assert ("已报送的内容不受影响" in away.text, "不受影响" in sent.text) == (True, False)
        assert (program.status_code, program.text[:6], away.headers["retry-after"]) == (503, "服务正在启动", "5")
        assert "font" in (await client.get("/gateway.css")).text
    await caddy.stop()


async def test_a_service_that_stands_still_is_given_up_and_said_to_be(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as still:
        addresses = dict.fromkeys(SERVICES, still.getsockname()[1])
        made = gateway.command(tmp_path, front_at(port := any_free(), tmp_path), addresses)
        caddy = Child(replace(made, env={**made.env, "GATEWAY_PATIENCE": "1s"}), tmp_path / "gateway.log")
        caddy.start()
        await listening(port)
        async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}", trust_env=False, timeout=60) as client:
            sent = await client.post("/inspection/patrol/a/b", data={"score": "1"})
        await caddy.stop()
    assert reads(sent, 503, "本次提交没有得到答复", '<a href="">返回填写</a>')


@pytest.mark.parametrize(
    "said", [b"", b"G", b"GET /feedback/ HTTP/1.1\r\nHost: x\r\nA: "], ids=["nothing", "little", "half"]
)
async def test_who_connects_and_does_not_say_what_for_is_let_go(tmp_path: Path, said: bytes) -> None:
    made = gateway.command(tmp_path, front_at(port := any_free(), tmp_path), dict.fromkeys(SERVICES, any_free()))
    caddy = Child(replace(made, env={**made.env, "GATEWAY_HEADERS": "1s"}), tmp_path / "gateway.log")
    caddy.start()
    await listening(port)
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(said)
    async with asyncio.timeout(20):
        await reader.read()
    writer.close()
    await caddy.stop()


FORM, PHOTOS = "/inspection/patrol/windows-daily/150424-D02", 9 * 5 * 1024 * 1024
"""The page that sends most, and the bytes of all photos that it may bring."""
SENT = {
    (FORM, PHOTOS + 64 * 1024): 200,
    (FORM, 64_100_000): 413,
    ("/inspection/api/submissions", 100_000): 200,
    ("/inspection/api/submissions", 260_000): 413,
    ("/roster/api/enrolments", 260_000): 413,
    ("/feedback/sign-in", 200_000): 200,
    ("/feedback/sign-in", 260_000): 413,
    ("/roster/organisations/150424-D02/rename", 1_100_000): 200,
    ("/greenchannel/cases", 2_100_000): 413,
}


@pytest.mark.parametrize("is_announced", [True, False])
async def test_more_than_a_service_would_take_does_not_get_through(
    front: httpx.AsyncClient, is_announced: bool
) -> None:
    async def pieces(size: int) -> AsyncIterator[bytes]:
        for first in range(0, size, 1 << 20):
            yield bytes(min(1 << 20, size - first))

    for (path, size), status in SENT.items():
        answer = await front.post(path, content=bytes(size) if is_announced else pieces(size))
        assert (path, size, answer.status_code) == (path, size, status)
        assert answer.text == str(size) if status == 200 else "报送内容过大" in answer.text
