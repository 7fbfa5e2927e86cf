"""What a person types: enrolment over HTTP, a submission with its verdict, and the state of things."""

from __future__ import annotations

import asyncio
import io
import stat
import sys
from pathlib import Path

import pytest

from services.station.folder import Folder
from shared.identity.nats_jwt import KeyKind, is_public_key, jwt_in
from tests.county import County
from tests.station.agents import STATION, Agent
from tests.station.commands import ENROLLED, roster, types

SERVED = '{"client": "vulnerable", "mode": "agency", "persons": 2}'


def test_enrolling_makes_a_key_that_stays_here_and_survives_a_lost_answer(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    with roster((503, {"reasons": []}), (200, ENROLLED)) as (url, asked):
        assert types(folder, "enrol", "--hub", url, "ABCD-EFGH") == 1
        assert folder.hub() is None
        assert types(folder, "enrol", "--hub", f"{url}/", "ABCD-EFGH") == 0
    assert asked[0] == asked[1]
    assert (asked[0]["path"], asked[0]["code"]) == ("/roster/api/enrolments", "ABCD-EFGH")
    assert is_public_key(asked[0]["public_key"], KeyKind.USER)
    hub = folder.hub()
    assert hub
    assert (hub.station, hub.bus, hub.token) == (STATION, ("tls://127.0.0.1:4222",), "a token")
    assert jwt_in(folder.creds.read_text()) == "a.b.c"
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.path.iterdir() if file.suffix != ".lock"} == {0o600}
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    assert "登记成功：测试村" in capsys.readouterr().out


def test_who_enrols_a_second_pc_reads_before_and_after_that_it_replaces_the_first(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    since = "2018-03-01T09:00:00+08:00"
    with roster((200, ENROLLED | {"replaced": since}), replaces=since) as (url, _):
        assert types(folder, "enrol", "--hub", url, "ABCD-EFGH") == 0
    before, after = capsys.readouterr().out.splitlines()
    assert before.startswith("测试村已有一台电脑（2018年3月1日登记）。本机登记后，那台电脑将停用")
    assert "原来的电脑（2018年3月1日登记）已停用" in after
    assert "station bring" in after


def test_a_code_that_is_refused_is_told_in_the_countys_words(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    with roster((422, {"reasons": [{"slug": "unknown-code", "zh": "登记码无效。", "en": "Unknown code."}]})) as (
        url,
        _,
    ):
        assert types(folder, "enrol", "--hub", url, "ABCD") == 1
    assert capsys.readouterr().err == "登记码无效。\n"
    assert folder.hub() is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((200, "<html>"), "没有按县服务器的方式应答"),
        ((200, b'INFO {"server_name": "bus"}\r\n'), "县服务器没有应答"),
        (None, "没有按县服务器的方式应答"),
    ],
    ids=["another page", "not HTTP", "no address"],
)
def test_what_is_no_countys_answer_is_told_in_words(
    folder: Folder, capsys: pytest.CaptureFixture[str], answer: tuple[int, object] | None, words: str
) -> None:
    with roster(*[answer] if answer else []) as (url, _):
        assert types(folder, "enrol", "--hub", url if answer else "lianban.example.org", "ABCD") == 1
    assert words in capsys.readouterr().err
    assert folder.hub() is None


def test_a_certificate_file_that_is_not_there_is_told_in_words(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert types(folder, "enrol", "--hub", "https://127.0.0.1:1", "--ca", "nowhere.pem", "ABCD") == 1
    assert "文件nowhere.pem无法读取" in capsys.readouterr().err


async def test_a_submission_is_typed_and_its_verdict_waited_for(
    folder: Folder, county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Agent.enrolled(folder, [county.nats_url]).close()
    data = tmp_path / "data.json"
    data.write_text('{"client": "vulnerable", "mode": "agency", "persons": 2}')
    async with county.working():
        done = await asyncio.to_thread(types, folder, "submit", "record-green-service", "--data", str(data), "--wait")
    printed = capsys.readouterr().out.split()
    assert len(printed) == 2, printed
    id, word = printed
    assert (done, word) == (0, "已受理")
    assert f"{STATION}/{id}" in (await county.ledger())["greenchannel/ledger"]


async def test_a_refused_submission_is_told_with_its_reason(
    folder: Folder, county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Agent.enrolled(folder, [county.nats_url]).close()
    data = tmp_path / "data.json"
    data.write_text(SERVED, encoding="utf-8-sig")
    words = ("submit", "record-green-service", "--about", "150424100203", "--data", str(data), "--wait", "20")
    async with county.working():
        assert await asyncio.to_thread(types, folder, *words) == 1
    assert "退回更正 组织150424100202无权代组织150424100203报送" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("type_name", "body", "sentence"),
    [
        ("record-green-service", b'{"persons": 0}', "缺少“服务对象”，本次内容没有保存。"),
        ("record-green-service", SERVED.replace("2", "2.5").encode("utf-16"), "“人次”应当是整数，本次内容没有保存。"),
        ("record-green-service", f"{SERVED}站长".encode("gbk"), "内容是GBK（ANSI）编码"),
        ("record-green-services", b"{}", "没有名为“record-green-services”的报送类型"),
    ],
)
def test_what_does_not_fit_is_not_saved(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    type_name: str,
    body: bytes,
    sentence: str,
) -> None:
    Agent.enrolled(folder, []).close()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))
    assert types(folder, "submit", type_name, "--data", "-") == 1
    assert sentence in capsys.readouterr().err
    assert types(folder, "status") == 0
    assert "待发送0件" in capsys.readouterr().out


def test_without_a_line_it_is_saved_and_the_status_says_so(
    folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Agent.enrolled(folder, ["nats://127.0.0.1:1"]).close()
    data = tmp_path / "data.json"
    data.write_text('{"client": "enterprise", "mode": "on-site"}')
    assert types(folder, "submit", "record-green-service", "--data", str(data)) == 0
    assert types(folder, "status") == 0
    printed = capsys.readouterr().out
    assert "待发送1件，已送达0件，已受理0件，退回更正0件" in printed
    assert "最近联系：从未" in printed


def test_before_enrolment_it_is_said_how_to_enrol(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    assert types(folder, "run") == 1
    assert "station enrol" in capsys.readouterr().err
