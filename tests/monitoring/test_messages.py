"""What people read of alerts, and how each way wants it: pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from deploy.alerts import heart
from deploy.alerts.channels import DINGTALK_BYTES, WECOM_BYTES, dingtalk, refused, sms, wecom
from deploy.alerts.group import AlertGroup
from deploy.alerts.heart import Heart
from deploy.alerts.message import PAGES, QUOTED, Notice, Places, in_words, notice
from deploy.embedded.settings import ROOT
from tests.monitoring.test_rules import alerts

AT, OVER = "2026-11-28T00:41:00Z", "2026-11-28T01:12:00Z"
STOCK = {"summary": "feedback服务得不到数据库的应答。", "action": "请查看“系统状况”页面，并检查磁盘。"}
NEVER = "0001-01-01T00:00:00Z"


def alert(n: int = 0, status: str = "firing", **more: str) -> dict[str, Any]:
    labels = {"alertname": "LianbanDatabaseAway", "severity": "critical", "county": "123456", "service": f"s{n}"}
    ends = NEVER if status == "firing" else OVER
    annotations = {**STOCK, **more}
    return {"status": status, "labels": labels, "annotations": annotations, "startsAt": AT, "endsAt": ends}


def group(*alerts: dict[str, Any], status: str = "firing", left_out: int = 0) -> AlertGroup:
    body = {
        "version": "4",
        "status": status,
        "alerts": alerts,
        "commonLabels": {"county": "123456"},
        "truncatedAlerts": left_out,
    }
    return AlertGroup.model_validate_json(json.dumps(body))


def test_a_message_says_how_grave_what_since_when_what_to_do_and_where() -> None:
    read = notice(group(alert()), Places("https://county.example:8443/"))
    assert read.text.splitlines() == [
        "【紧急】联办（123456）：数据库没有应答",
        "feedback服务得不到数据库的应答。（自2026年11月28日 08:41起）",
        "处理：请查看“系统状况”页面，并检查磁盘。",
        "页面：系统状况 https://county.example:8443/feedback/health",
        "手册：deploy/runbooks/LianbanDatabaseAway.md",
    ]
    elsewhere = notice(group(alert()), Places(runbooks="https://wiki.example/runbooks"))
    assert elsewhere.lines[-1] == "手册：https://wiki.example/runbooks/LianbanDatabaseAway.md"


def test_a_hundred_of_a_kind_are_one_message_that_names_five() -> None:
    read = notice(group(*(alert(n, summary=f"站点{n}失联。") for n in range(50)), left_out=54), Places())
    assert read.title == "【紧急】联办（123456）：数据库没有应答，共104项"
    assert [line for line in read.lines if line.startswith("站点")] == [
        f"站点{n}失联。（自2026年11月28日 08:41起）" for n in range(5)
    ]
    assert "……另有99项相同的告警。" in read.lines
    assert sum(line.startswith("处理：") for line in read.lines) == 1


def test_what_is_over_is_said_with_its_times_and_asks_for_nothing() -> None:
    read = notice(group(alert(status="resolved"), status="resolved"), Places("https://county.example"))
    assert read.text.splitlines() == [
        "【已恢复】联办（123456）：数据库没有应答",
        "feedback服务得不到数据库的应答。（2026年11月28日 08:41起，2026年11月28日 09:12恢复）",
    ]


def test_of_a_group_that_still_fires_what_is_over_is_not_said_to_fire() -> None:
    read = notice(group(alert(1), alert(2, "resolved", summary="roster恢复。")), Places())
    assert ("roster" in read.text, read.title) == (False, "【紧急】联办（123456）：数据库没有应答")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("已等待1d 2h 30m 0s。", "已等待1天2小时。"),
        ("已等待6m 0s未能送达", "已等待6分钟未能送达"),
        ("已等待12.3s", "已等待12.3秒"),
        ("剩余30%", "剩余30%"),
    ],
)
def test_how_long_something_lasts_is_read_in_chinese(said: str, read: str) -> None:
    assert in_words(said) == read


def test_whatever_page_an_alert_names_is_one_that_there_is() -> None:
    named = {page for one in alerts() for page in QUOTED.findall(one["annotations"]["action"])}
    assert named & PAGES.keys()
    assert named - PAGES.keys() == {"not in", "not let in", "Rules", "Alerts", "Slow Consumer", "Photos"} & named


@pytest.mark.parametrize(
    ("way", "most"), [(wecom("https://robot"), WECOM_BYTES), (dingtalk("https://robot"), DINGTALK_BYTES)]
)
def test_a_robot_is_sent_no_more_than_it_takes(way: Any, most: int) -> None:
    body = json.loads(way(Notice("标题", ("很长的一行。" * 30,) * 200), 0).body)
    said = body["markdown"].get("content") or body["markdown"]["text"]
    assert most // 2 < len(said.encode()) <= most
    assert said.endswith("\n……")


def test_dingtalk_is_signed_with_its_secret_at_the_moment() -> None:
    asked = parse_qs(urlsplit(dingtalk("https://robot/send?access_token=x", "SEC1")(Notice("甲", ()), 1700).url).query)
    sign = base64.b64encode(hmac.new(b"SEC1", b"1700\nSEC1", hashlib.sha256).digest()).decode()
    assert asked == {"access_token": ["x"], "timestamp": ["1700"], "sign": [sign]}


def test_a_gateway_of_sms_is_asked_as_it_wants_it() -> None:
    said = Notice("【紧急】联办", ('"一"&二', "三"))
    asked = sms("https://sms.example/send?to=$to&text=$text", "13800000000")(said, 0)
    assert (asked.method, parse_qs(urlsplit(asked.url).query)) == (
        "GET",
        {"to": ["13800000000"], "text": ['【紧急】联办"一"&二']},
    )
    form = sms("https://sms.example", "1", "mobile=$to&content=$text")(said, 0)
    assert parse_qs(form.body.decode()) == {"mobile": ["1"], "content": ['【紧急】联办"一"&二']}
    sent = sms("https://sms.example", "1", '{"phone": "$to", "params": ["$text"]}')(said, 0)
    assert (sent.method, json.loads(sent.body)) == ("POST", {"phone": "1", "params": ['【紧急】联办"一"&二']})


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, b'{"errcode":0,"errmsg":"ok"}', ""),
        (200, b"sent", ""),
        (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', "errcode 45009: api freq out of limit"),
        (302, b"", "HTTP 302"),
        (500, b"", "HTTP 500"),
    ],
)
def test_a_robot_says_no_with_a_code_and_status_200(status: int, body: bytes, why: str) -> None:
    assert refused(status, body) == why


def test_beats_that_cease_are_told_once_and_that_they_are_back_once() -> None:
    beats = Heart(missed_after=900)
    now = beats._heard
    assert [beats.news(now + after) is not None for after in (0, 899, 901, 2000)] == [False, False, True, False]
    beats.beat()
    back = beats.news(beats._heard)
    assert back is not None
    assert back.title == heart.BACK
    assert beats.news(beats._heard) is None


def test_the_watchdog_beats_more_often_than_it_is_missed() -> None:
    beats = yaml.safe_load((ROOT / "deploy" / "alertmanager" / "alertmanager.yml").read_text())["route"]["routes"][0]
    minutes = int(beats["repeat_interval"].removesuffix("m")) + int(beats["group_interval"].removesuffix("m"))
    assert minutes * 60 * 3 <= heart.MISSED_AFTER


def test_a_moment_is_told_in_the_countys_time() -> None:
    assert group(alert()).alerts[0].starts_at == datetime(2026, 11, 28, 0, 41, tzinfo=UTC)
