"""From a figure to a message: the real Prometheus with the county's rules, the real Alertmanager, the relay, robots."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import yaml

from deploy.embedded.ports import HOST, any_free
from deploy.embedded.settings import ROOT
from tests.wants import ALERTMANAGER, ALERTS, wants

CONFIGURATION = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"
PATIENCE = 120.0
FIGURES = "lianban_differences 2\n"
SILENT = 104


class Robots(BaseHTTPRequestHandler):
    """The groups' robots and the gateway of SMS; the first message of 企业微信 is refused, as one too many."""

    heard: list[tuple[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        way = self.path.split("?")[0]
        is_first = way == "/wecom" and not any(one[0] == way for one in self.heard)
        self.heard.append((way, body if way != "/dingtalk" else f"{self.path}\n{body}"))
        self._say(b'{"errcode":45009,"errmsg":"too many"}' if is_first else b'{"errcode":0}')

    def do_GET(self) -> None:
        if self.path == "/metrics":
            return self._say(FIGURES.encode(), "text/plain")
        self.heard.append(("/sms", self.path))
        return self._say(b"ok")

    def _say(self, body: bytes, kind: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


class Chain(NamedTuple):
    """Where each is, and what the robots heard."""

    alertmanager: str
    relay: str
    heard: list[tuple[str, str]]

    def said(self, way: str) -> list[str]:
        """By one way."""
        return [body for name, body in self.heard if name == way]


def until(found: Callable[[], Any], log: Path) -> Any:
    """What is found at last."""
    end = time.monotonic() + PATIENCE
    while not (one := found()):
        assert time.monotonic() < end, "\n".join(at.read_text()[-1500:] for at in log.glob("*.log"))
        time.sleep(0.1)
    return one


@contextmanager
def program(log: Path, *command: str, **environment: str) -> Iterator[None]:
    with log.open("w") as said:
        started = subprocess.Popen(
            command, cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}, stdout=said, stderr=said
        )
        try:
            yield
        finally:
            started.terminate()
            started.wait(30)


def alertmanager(relay: int) -> dict[str, Any]:
    """As compose has it, but at once and at any hour."""
    settings: dict[str, Any] = yaml.safe_load(CONFIGURATION.read_text().replace("alerts:8100", f"{HOST}:{relay}"))
    for route in (settings["route"], *settings["route"]["routes"]):
        route.pop("mute_time_intervals", None)
        route.pop("active_time_intervals", None)
        route |= {"group_wait": "1s", "group_interval": "1s"}
    return settings


def prometheus(figures: int, of: int) -> dict[str, Any]:
    """As compose has it, but often; it asks the robots for the county's figures."""
    settings: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text())
    settings["global"] |= {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
    settings["global"]["external_labels"] = {"county": "123456"}
    settings["rule_files"] = [str(ROOT / "deploy" / "prometheus" / "rules" / "*.yml")]
    settings["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] = [f"{HOST}:{of}"]
    settings["scrape_configs"] = [{"job_name": "lianban", "static_configs": [{"targets": [f"{HOST}:{figures}"]}]}]
    return settings


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """All of it, on ports of its own."""
    wants(ALERTS)
    wants(ALERTMANAGER)
    folder = tmp_path_factory.mktemp("alerting")
    relay, managed, watched = any_free(), any_free(), any_free()
    Robots.heard = []
    robots = ThreadingHTTPServer((HOST, 0), Robots)
    robot = f"http://{HOST}:{robots.server_port}"
    secrets = {
        "wecom_url": f"{robot}/wecom?key=k",
        "dingtalk_url": f"{robot}/dingtalk?access_token=t",
        "dingtalk_secret": "SEC",
        "sms_url": f"{robot}/sms?to=$to&text=$text",
        "sms_to": "13800000000",
    }
    (folder / "secrets").mkdir()
    for name, value in secrets.items():
        (folder / "secrets" / name).write_text(f"{value}\n")
    for name, settings in (
        ("alertmanager", alertmanager(relay)),
        ("prometheus", prometheus(robots.server_port, managed)),
    ):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(settings, allow_unicode=True))
    threading.Thread(target=robots.serve_forever, daemon=True).start()
    with ExitStack() as stack:
        stack.callback(robots.server_close)
        stack.callback(robots.shutdown)
        stack.enter_context(
            program(
                folder / "relay.log",
                *(sys.executable, "-m", "deploy.alerts"),
                HTTP_PORT=str(relay),
                ALERTS_SECRETS=str(folder / "secrets"),
                PUBLIC_URL="https://county.example",
            )
        )
        stack.enter_context(
            program(
                folder / "alertmanager.log",
                *("prometheus-alertmanager", f"--config.file={folder / 'alertmanager.yml'}"),
                *(f"--storage.path={folder / 'managed'}", f"--web.listen-address={HOST}:{managed}"),
                "--cluster.listen-address=",
            )
        )
        stack.enter_context(
            program(
                folder / "prometheus.log",
                *("prometheus", f"--config.file={folder / 'prometheus.yml'}"),
                *(f"--storage.tsdb.path={folder / 'data'}", f"--web.listen-address={HOST}:{watched}"),
            )
        )
        made = Chain(f"http://{HOST}:{managed}", f"http://{HOST}:{relay}", Robots.heard)
        until(lambda: len(made.said("/wecom")) > 1 and made.said("/dingtalk") and made.said("/sms"), folder)
        yield made


def test_an_alert_reaches_everybody_in_chinese_and_is_sent_again_where_it_was_refused(chain: Chain) -> None:
    refused, sent = (json.loads(one)["markdown"]["content"] for one in chain.said("/wecom")[:2])
    assert refused == sent
    for part in (
        "【紧急】联办（123456）：汇总与底账不符",
        "有2份月度数据与办理底账不一致。",
        "起）",
        "处理：请勿对外发布报告",
        "https://county.example/feedback/rebuilds",
        "deploy/runbooks/LianbanLedgerDifference.md",
    ):
        assert part in sent
    assert "&sign=" in chain.said("/dingtalk")[0]
    assert "to=13800000000&text=%E3%80%90%E7%B4%A7%E6%80%A5" in chain.said("/sms")[0]


def test_a_hundred_silent_stations_are_one_message_and_the_watchdog_is_heard(chain: Chain, tmp_path: Path) -> None:
    at = datetime.now(UTC).isoformat()
    labels = {"alertname": "LianbanStationSilent", "severity": "warning", "county": "123456"}
    alerts = [
        {
            "labels": {**labels, "station": f"{n:012}"},
            "annotations": {"summary": f"站点{n}失联。", "action": "请联系。"},
            "startsAt": at,
        }
        for n in range(SILENT)
    ]
    assert (
        httpx.post(f"{chain.alertmanager}/api/v2/alerts", json=alerts, timeout=30, trust_env=False).status_code == 200
    )
    said = until(lambda: [one for one in chain.said("/dingtalk") if "站点0失联" in one], tmp_path)
    assert len(said) == 1
    assert f"站点失联，共{SILENT}项" in said[0]
    assert not any("失联" in one for one in chain.said("/sms"))
    counted = httpx.get(f"{chain.relay}/metrics", timeout=30, trust_env=False).text
    assert 'lianban_alert_messages_total{outcome="failed",way="wecom"} 1.0' in counted
    assert "lianban_watchdog_timestamp_seconds" in counted


def test_no_key_of_a_robot_stands_in_the_log(chain: Chain, tmp_path_factory: pytest.TempPathFactory) -> None:
    said = "".join(at.read_text() for at in tmp_path_factory.getbasetemp().glob("alerting*/relay.log"))
    assert "not sent" in said
    assert "key=k" not in said


def test_alertmanagers_configuration_is_valid_and_leads_each_grade_where_it_should() -> None:
    wants(ALERTMANAGER)
    for labels, to in (
        (("severity=critical",), "everybody"),
        (("severity=warning",), "groups"),
        (("severity=info",), "groups"),
        (("severity=none", "alertname=LianbanWatchdog"), "heartbeat"),
    ):
        ran = subprocess.run(
            ("amtool", "config", "routes", "test", f"--config.file={CONFIGURATION}", *labels),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stdout.strip()) == (0, to), ran.stderr
    checked = subprocess.run(("amtool", "check-config", CONFIGURATION), capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
