"""Whoever guesses waits, is noted and counted; nobody else is shut out, and memory stays within its bounds."""

from __future__ import annotations

import asyncio
import json
import time
from base64 import b64encode
from collections.abc import Callable

import pytest
from httpx import AsyncClient
from prometheus_client import REGISTRY

from shared.identity import attempts
from shared.identity.attempts import FORGET, FREE, LONGEST, MOST, Attempts, late_by, wait_after
from shared.identity.tokens import token_of
from shared.process.log import Level
from shared.web.failing import address_of
from tests.asking import NEIGHBOUR, STATION
from tests.shared.signing import OURS, SECRET, TOKEN, browser_of
from tests.shared.signing import application as signing

GUESSED = "a token that somebody guessed"


def at(address: str) -> dict[str, str]:
    """As the gateway hands on who asks."""
    return {**OURS, "x-forwarded-for": f"198.51.100.1, {address}"}


async def tries(browser: AsyncClient, code: str, token: str, address: str) -> int:
    answer = await browser.post("/inspection/sign-in", data={"code": code, "token": token}, headers=at(address))
    return answer.status_code


def counted(way: str) -> float:
    return REGISTRY.get_sample_value("lianban_not_let_in_total", {"service": "inspection", "way": way}) or 0.0


async def test_who_guesses_waits_and_nobody_else_is_shut_out(
    capsys: pytest.CaptureFixture[str],
    logs_as_json: Callable[[str, Level], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logs_as_json("inspection", "info")
    before, late = counted("page"), list[int]()
    kept_back = Attempts.kept_back

    async def noted(self: Attempts, failures: int) -> None:
        late.append(failures)
        await kept_back(self, failures)

    monkeypatch.setattr(Attempts, "kept_back", noted)
    monkeypatch.setattr(attempts, "wait_after", lambda failures: 60 * wait_after(failures))
    async with browser_of(signing()) as browser:
        statuses = [await tries(browser, STATION, GUESSED, "203.0.113.9") for _ in range(FREE + 20)]
        assert (set(statuses[:FREE]), set(statuses[FREE:])) == ({401}, {429})
        assert await tries(browser, STATION, TOKEN, "203.0.113.9") == 429
        late.clear()
        assert await tries(browser, STATION, TOKEN, "203.0.113.10") == 303
        assert await tries(browser, NEIGHBOUR, token_of(NEIGHBOUR, SECRET), "203.0.113.9") == 303
        assert late == []
        shown = await browser.post(
            "/inspection/sign-in", data={"code": STATION, "token": GUESSED}, headers=at("203.0.113.9")
        )
        assert ("秒后重新登录" in shown.text, GUESSED in shown.text) == (True, False)
        assert 0 < int(shown.headers["retry-after"]) <= LONGEST
    assert counted("page") - before == FREE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    failed = [one for one in lines if one["event"] == "not let in"]
    assert [(one["code"], one["address"], one["way"]) for one in failed] == [(STATION, "203.0.113.9", "page")] * FREE
    assert [one["code"] for one in lines if one["event"] == "signed in"] == [STATION, NEIGHBOUR]
    assert not any(GUESSED in json.dumps(one) or TOKEN in json.dumps(one) for one in lines)


async def test_a_token_typed_where_the_code_belongs_is_in_no_log(
    capsys: pytest.CaptureFixture[str], logs_as_json: Callable[[str, Level], None]
) -> None:
    logs_as_json("inspection", "info")
    async with browser_of(signing()) as browser:
        assert await tries(browser, TOKEN, TOKEN, "203.0.113.9") == 401
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (line["event"], line["code"], TOKEN in str(line)) == ("not let in", "-", False)


async def test_a_program_that_guesses_is_answered_ever_later_and_the_right_one_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attempts, "LATEST", 0.3)
    before = counted("program")

    async def asks(token: str) -> float:
        since = time.monotonic()
        basic = {"authorization": f"Basic {b64encode(f'{STATION}:{token}'.encode()).decode()}"}
        assert (await browser.get("/inspection/who", headers=basic)).text == (STATION if token == TOKEN else "nobody")
        return time.monotonic() - since

    async with browser_of(signing()) as browser:
        for _ in range(FREE + 2):
            await asks(GUESSED)
        assert await asks(GUESSED) >= 0.3
        assert await asks(TOKEN) < 0.3
    assert counted("program") - before == FREE + 3


def test_a_wait_doubles_up_to_a_minute_and_is_forgotten() -> None:
    now = [0.0]
    held = Attempts(lambda: now[0])
    waits = []
    for _ in range(FREE + 8):
        held.failed(STATION, "a")
        waits.append(held.wait(STATION, "a"))
        now[0] += waits[-1]
    assert waits == [0, 0, 0, 0, *(2.0**n for n in range(6)), 60, 60, 60]
    held.failed(STATION, "a")
    assert (held.wait(STATION, "b"), held.wait(NEIGHBOUR, "a")) == (0, 0)
    held.succeeded(STATION, "a")
    assert held.wait(STATION, "a") == 0
    now[0] += FORGET
    assert held.failed(STATION, "a") == 1
    assert wait_after(10**6) == LONGEST
    assert late_by(10**6) == attempts.LATEST


def test_however_many_guess_what_is_remembered_is_bounded() -> None:
    held = Attempts()
    for n in range(MOST * 2):
        held.failed(f"{n:012d}", f"address {n}")
    assert len(held) == 3 * MOST


async def test_no_more_than_some_answers_are_kept_back_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "LATEST", 2)
    held = Attempts()
    since = time.monotonic()
    kept = [asyncio.create_task(held.kept_back(100)) for _ in range(attempts.AT_ONCE)]
    await asyncio.sleep(0)
    await held.kept_back(100)
    assert time.monotonic() - since < 2
    await asyncio.gather(*kept)
    assert time.monotonic() - since >= 2


@pytest.mark.parametrize(
    ("brought", "address"),
    [
        (b"203.0.113.9", "203.0.113.9"),
        (b"made up, 203.0.113.9", "203.0.113.9"),
        (b"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (b"nonsense", "-"),
        (b"", "192.0.2.1"),
    ],
)
def test_where_somebody_comes_from_is_what_the_gateway_saw(brought: bytes, address: str) -> None:
    headers = [(b"x-forwarded-for", brought)] if brought else []
    assert address_of({"type": "http", "headers": headers, "client": ("192.0.2.1", 1)}) == address
