"""Every trouble of a station is made for real, and the doctor says what it is and what to do."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest

from services.station.cli import main
from services.station.commands.doctor import examine
from services.station.folder import Folder, Hub
from services.station.line.troubles import SENTENCES
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State
from tests.identity.conftest import Gate
from tests.station.agents import STATION, Agent, drafts, room_of, until
from tests.station.certificates import Authority
from tests.station.troubles import county_pages, enrolled, revokes, slugs
from tests.submitters import A_MONDAY


async def test_a_station_in_order_has_nothing_wrong(folder: Folder, gate: Gate) -> None:
    with county_pages() as url:
        enrolled(folder, gate, url)
        assert slugs(await examine(folder)) == []


async def test_a_revoked_key_is_said_and_the_sender_says_so_and_waits(folder: Folder, gate: Gate) -> None:
    with county_pages() as url:
        hub = enrolled(folder, gate, url)
        agent = Agent.enrolled(folder, hub.bus, url)
        agent.saves(*drafts(2))
        async with agent.sending():
            await until(lambda: agent.outbox.counts()[State.DELIVERED] == 2)
            await revokes(gate, folder)
            await until(lambda: trouble_of(agent) == "not-permitted")
            agent.saves(*drafts(1))
        assert agent.outbox.counts()[State.PENDING] == 1
        agent.close()
        for _ in range(10):
            # Over TLS the bus's word of why comes through or is lost, as it happens.
            assert slugs(await examine(folder)) == ["not-permitted"]


def trouble_of(agent: Agent) -> str:
    """What the page says of the line."""
    trouble = agent.parts.sender.condition.trouble
    return trouble.slug if trouble else ""


async def test_a_station_of_another_code_may_not_ask(folder: Folder, gate: Gate) -> None:
    """Its key is good, but for another station: what the bus will not do it says nowhere but in its own errors."""
    with county_pages() as url:
        hub = enrolled(folder, gate, url)
        folder.keep_hub(replace(hub, station="150424100203"))
        assert slugs(await examine(folder)) == ["not-permitted"]


async def test_a_bus_of_another_authority_is_not_trusted(folder: Folder, gate: Gate) -> None:
    with county_pages() as url:
        enrolled(folder, gate, url)
        folder.ca.write_text(Authority().pem)
        assert slugs(await examine(folder)) == ["certificate-unknown"]


@pytest.mark.parametrize(
    ("made", "slug"),
    [
        ({"trusted": False}, "certificate-unknown"),
        ({"days": -1}, "certificate-expired"),
        ({"name": "elsewhere.example.org"}, "certificate-name"),
        ({}, ""),
    ],
)
async def test_a_certificate_that_is_not_right_is_told_by_what_is_wrong_with_it(
    folder: Folder, tmp_path: Path, made: dict[str, object], slug: str
) -> None:
    ours, others = Authority(), Authority()
    signer = ours if made.pop("trusted", True) else others
    folder.ca.write_text(ours.pem)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(signer.certifies(tmp_path, **made))  # type: ignore[arg-type]
    with county_pages(context) as url:
        folder.keep_hub(Hub(STATION, "测试村", url, ("nats://127.0.0.1:1",), "token"))
        assert slugs(await examine(folder)) == [*([slug] if slug else []), "refused"]


@pytest.mark.parametrize(
    ("url", "slug"),
    [("http://127.0.0.1:1", "refused"), ("http://nowhere.invalid", "name-not-resolved")],
)
async def test_a_county_that_cannot_be_reached_is_told_by_what_is_in_the_way(
    folder: Folder, url: str, slug: str
) -> None:
    folder.keep_hub(Hub(STATION, "测试村", url, (f"nats://{url.removeprefix('http://')}",), "token"))
    assert slugs(await examine(folder)) == [slug]


@asynccontextmanager
async def silent() -> AsyncIterator[int]:
    """A port behind which nobody says anything."""

    async def nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(nothing, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


async def test_a_county_that_does_not_answer_is_said(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.station.line.county.TIMEOUT", 0.2)
    monkeypatch.setattr("services.station.line.line.CONNECT", 0.2)
    async with silent() as port:
        folder.keep_hub(Hub(STATION, "测试村", f"http://127.0.0.1:{port}", (f"nats://127.0.0.1:{port}",), "token"))
        assert slugs(await examine(folder)) == ["no-answer"]


@pytest.mark.parametrize(
    ("ahead", "status", "slug"),
    [
        (90, 200, ["clock-off"]),
        (-90, 200, ["clock-off"]),
        (30, 200, []),
        (0, 401, ["token-refused"]),
        (0, 503, ["county-ill"]),
    ],
)
async def test_the_countys_answer_tells_clock_and_token(
    folder: Folder, gate: Gate, ahead: int, status: int, slug: list[str]
) -> None:
    with county_pages(ahead=timedelta(seconds=ahead), status=status) as url:
        enrolled(folder, gate, url)
        assert slugs(await examine(folder)) == slug


async def test_a_station_that_is_not_enrolled_is_told_how_to(folder: Folder) -> None:
    (found,) = await examine(folder)
    assert "station enrol" in found.chinese()
    assert "station enrol" in found.english()


async def test_a_damaged_outbox_is_repaired_and_said(folder: Folder) -> None:
    outbox = Outbox(folder.outbox)
    outbox.save(drafts(200), A_MONDAY)
    outbox.close()
    with folder.outbox.open("r+b") as file:
        file.seek(-3 * 4096, os.SEEK_END)
        file.write(b"\xa5" * 4096)
    found = await examine(folder)
    assert slugs(found) == ["outbox-damaged", "not-enrolled"]
    assert "已读出" in found[0].chinese()
    assert slugs(await examine(folder)) == ["not-enrolled"]


async def test_a_damaged_outbox_that_is_in_use_is_left_alone(folder: Folder) -> None:
    outbox = Outbox(folder.outbox)
    outbox.save(drafts(200), A_MONDAY)
    outbox.close()
    with folder.outbox.open("r+b") as file:
        file.write(b"\xa5" * 200)
    with folder.alone():
        assert slugs(await examine(folder)) == ["outbox-damaged-in-use", "not-enrolled"]


async def test_a_full_disk_is_said_and_what_was_saved_is_still_there(small_disk: Path) -> None:
    folder = Folder(small_disk / "station")
    outbox = Outbox(folder.outbox)
    outbox.save(drafts(3), A_MONDAY)
    outbox.close()
    with room_of(small_disk, 0):
        assert slugs(await examine(folder)) == ["disk-full", "not-enrolled"]
    again = Outbox(folder.outbox)
    assert again.counts()[State.PENDING] == 3
    again.close()


async def test_the_command_says_it_in_both_languages_and_by_its_status(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--data", str(folder.path), "doctor"]
    assert await asyncio.to_thread(main, at) == 1
    assert "【问题】本机尚未登记。" in capsys.readouterr().out
    assert await asyncio.to_thread(main, [*at, "--en"]) == 1
    assert "[do] Ask the township" in capsys.readouterr().out


def test_every_trouble_says_what_to_do_in_both_languages() -> None:
    assert all(words.what and words.do for both in SENTENCES.values() for words in both)
