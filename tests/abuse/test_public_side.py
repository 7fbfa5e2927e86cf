"""What the public side is told of a service's condition, and what it can make a service write into its log."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.types import Message

from shared.process.log import Level
from shared.web.reading import BROUGHT
from tests.abuse.test_answers import sent_to
from tests.browsing import browsing
from tests.county import County
from tests.processes_here import application


@pytest.mark.parametrize("service", ["roster", "feedback"])
async def test_readiness_is_told_the_public_without_what_is_behind_it(county: County, service: str) -> None:
    async with browsing(county, service) as client:
        own = await client.get(f"/{service}/readyz")
        assert own.json().keys() == {"bus", "database"}
        for name in BROUGHT:
            public = await client.get(f"/{service}/readyz", headers={name: "203.0.113.9"})
            assert public.json().keys() == {"ready"}
            assert public.json()["ready"] == (public.status_code == 200) == all(own.json().values())


async def left_half_way(service: str, path: str) -> list[Message]:
    """What is answered to who sends one byte of a body and goes away."""
    came: Iterator[Message] = iter(
        [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    )
    answered: list[Message] = []

    async def receive() -> Message:
        return next(came, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        answered.append(message)

    headers = [(b"content-type", b"application/cloudevents+json"), (b"host", b"county")]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode()}
    scope |= {"query_string": b"", "headers": headers, "http_version": "1.1", "scheme": "http", "root_path": ""}
    await application(service)({**scope, "client": ("203.0.113.9", 1), "server": ("county", 80)}, receive, send)
    return answered


@pytest.mark.parametrize("service", ["roster", "inspection", "feedback"])
async def test_who_leaves_half_way_is_no_failure_of_ours(
    service: str, capsys: pytest.CaptureFixture[str], logs_as_json: Callable[[str, Level], None]
) -> None:
    """Nobody is to look at an error that anybody can make."""
    logs_as_json(service, "info")
    for path in [*sent_to(service), f"/{service}/sign-in"]:
        answered = await left_half_way(service, path)
        assert [one["status"] for one in answered if one["type"] == "http.response.start"] != [500], path
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one for one in lines if one["level"] in ("error", "critical")] == []
