"""Whatever goes wrong, a process writes lines of JSON, and nothing in them was sent by anybody."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from deploy.embedded.settings import ROOT
from shared.events.masked import id_known, subject_known, submission_known, submitter_known
from shared.failures import in_one_line
from tests.submitters import station

SECRET = "150424199001011234"
GOES_WRONG = """
import asyncio, gc, logging, socket, sys, threading, warnings
import httpx, structlog, uvloop
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from shared.process.config import Settings
from shared.process.answering import _server
from shared.pages.error_pages import answer_errors
{prepared}
SECRET = "150424199001011234"

class Quoting(Exception):
    pass

def fails(_=None):
    raise Quoting(f"cannot read {{SECRET}}\\nand its second line {{SECRET}}")

async def task():
    fails()

async def pieces():
    yield b"a"
    fails()

def breaks_off():
    return StreamingResponse(pieces())

async def main():
    app = FastAPI()
    answer_errors(app, None)
    app.add_api_route("/feedback/breaks-off", breaks_off)
    app.add_api_route("/feedback/api/{{name}}", fails)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(county="150424", nats_url="nats://x", mongo_url="mongodb://x", http_port=port, instance="one")
    server = _server(app, settings)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{{port}}/feedback/api/{{SECRET}}")
        assert answer.status_code == 500
        assert SECRET not in answer.text
        try:
            await client.get(f"http://127.0.0.1:{{port}}/feedback/breaks-off")
        except httpx.RemoteProtocolError:
            pass
    server.should_exit = True
    await serving
    left = asyncio.create_task(task())
    await asyncio.sleep(0)
    del left
    gc.collect()
    asyncio.get_running_loop().call_soon(fails, SECRET)
    await asyncio.sleep(0.05)
    try:
        try:
            fails()
        except Quoting as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        logging.getLogger("nats").error("lost: %s", error, exc_info=True)
        structlog.get_logger().error("service error", exc_info=True)

uvloop.run(main())
thread = threading.Thread(target=fails)
thread.start()
thread.join()
warnings.warn("something is old")

class Unraisable:
    def __del__(self):
        fails()

Unraisable()
fails()
"""
EVENTS = {
    "page failed",
    "Exception in ASGI application",
    "Task exception was never retrieved",
    "Exception in callback",
    "lost: ValueError",
    "service error",
    "uncaught",
}


def written(prepared: str) -> list[str]:
    program = GOES_WRONG.format(prepared=prepared)
    ran = subprocess.run((sys.executable, "-c", program), cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 1
    return [*ran.stdout.splitlines(), *ran.stderr.splitlines()]


def test_whatever_fails_every_line_is_json_and_quotes_nothing() -> None:
    said = written('from shared.process.log import log_as_json; log_as_json("feedback")')
    lines: list[dict[str, Any]] = [json.loads(line) for line in said]
    events = {line["event"].split("(")[0].strip() for line in lines}
    assert events >= EVENTS, events
    assert all(line["service"] == "feedback" and line["timestamp"] and line["level"] for line in lines)
    assert SECRET not in "\n".join(said)
    assert [line["event"] for line in lines].count("uncaught") == 3


def test_where_it_failed_is_said_of_each_error_and_of_what_it_came_of() -> None:
    said = written('from shared.process.log import log_as_json; log_as_json("feedback")')
    (failed,) = [line for line in map(json.loads, said) if line["event"] == "service error"]
    assert [one["type"] for one in failed["exception"]] == ["ValueError", "Quoting"]
    assert failed["exception"][1]["at"][-1].endswith("in fails")
    assert str(ROOT) not in "\n".join(said)


def test_a_process_without_its_log_writes_what_is_no_json_and_quotes_the_secret() -> None:
    """The control."""
    said = written("")
    assert SECRET in "\n".join(said)
    with pytest.raises(json.JSONDecodeError):
        [json.loads(line) for line in said]


def test_of_an_error_its_kind_and_its_place_in_this_program_are_told() -> None:
    with pytest.raises(UnicodeEncodeError) as caught:
        "\ud800".encode()
    said = in_one_line(caught.value)
    assert said.startswith("UnicodeEncodeError at tests/abuse/test_logs.py:")
    assert "ud800" not in said
    assert in_one_line(KeyError("张三")) == "KeyError"


def test_what_a_message_names_itself_is_shown_as_far_as_the_contract_knows_it() -> None:
    id = "0196f7f0-0000-7000-8000-000000000001"
    known = f"submit.inspection.log-inspection.{station.code}"
    assert subject_known(known) == known
    assert subject_known(f"photo.{station.code}.{'0' * 64}.3") == f"photo.{station.code}.?.3"
    assert subject_known("submit.inspection.zhang-san.张三") == "submit.inspection.?.?"
    assert id_known({"ce-id": id}) == id
    assert id_known({"ce-id": "张三"}) == ""
    assert submission_known({"ce-source": station.code, "ce-id": id}) == f"{station.code}/{id}"
    assert submission_known({"ce-source": station.code, "ce-id": "zhang-san"}) == ""
    assert submission_known({"ce-cause": "张三/1"}) == ""
    assert submitter_known(station.code) == station.code
    assert submitter_known("zhang-san") == "unknown"
