"""The alert rules as promtool sees them: valid, tested, and each with a sentence and what to do."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.embedded.settings import ROOT
from shared.bus.streams import DAY, STREAMS, SUBMISSIONS
from tests.wants import ALERTS, wants

PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = sorted((PROMETHEUS / "rules").glob("*.yml"))
HEADS = ["含义", "影响", "先看什么", "怎么办", "何时升级"]
ELSEWHERE = "不在容器中"
"""Where containers are spoken of: what is typed under `make run`, systemd, Kubernetes."""
TESTS = sorted((PROMETHEUS / "tests").glob("*.yml"))


def promtool(*arguments: str | Path) -> None:
    """Fails with what it said."""
    wants(ALERTS)
    ran = subprocess.run(("promtool", *arguments), cwd=PROMETHEUS, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def rules() -> list[dict[str, Any]]:
    """Alerts, and what is recorded for them."""
    return [rule for file in RULES for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]


def covered() -> set[str]:
    """The alerts that some test expects to fire."""
    cases = [case for file in TESTS for case in yaml.safe_load(file.read_text())["tests"]]
    return {one["alertname"] for case in cases for one in case["alert_rule_test"] if one.get("exp_alerts")}


def test_the_configuration_is_valid() -> None:
    promtool("check", "config", "prometheus.yml")


@pytest.mark.parametrize("tests", TESTS, ids=lambda path: path.stem)
def test_the_rules_do_as_their_tests_say(tests: Path) -> None:
    promtool("test", "rules", tests)


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert["alert"])
def test_an_alert_says_how_bad_it_is_what_is_wrong_and_what_to_do(alert: dict[str, Any]) -> None:
    assert alert["labels"]["severity"] in ("critical", "warning", "info") or alert["alert"] == "LianbanWatchdog"
    assert alert["alert"] in covered()
    for sentence in (alert["annotations"]["summary"], alert["annotations"]["action"]):
        assert sentence.endswith("。")


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert["alert"])
def test_an_alert_has_a_runbook_that_says_all_that_whoever_is_called_wants_to_know(alert: dict[str, Any]) -> None:
    name = f"deploy/runbooks/{alert['alert']}.md"
    assert alert["annotations"]["runbook"] == name
    heading, *sections = (ROOT / name).read_text(encoding="utf-8").strip().split("\n\n")
    assert re.fullmatch(rf"# {alert['alert']}：\S+", heading)
    heads = [one.partition("　")[0].strip("*") for one in sections]
    assert heads in (HEADS, [*HEADS, ELSEWHERE])
    assert all(one.endswith("。") for one in sections)


def test_no_runbook_is_left_of_an_alert_that_is_none() -> None:
    assert {at.stem for at in (ROOT / "deploy" / "runbooks").iterdir()} == {alert["alert"] for alert in alerts()}


def test_what_is_recorded_is_asked_by_alerts_and_what_is_asked_of_it_is_recorded() -> None:
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    asked = {name for alert in alerts() for name in re.findall(r"lianban:[a-z_:]+", alert["expr"])}
    assert recorded == asked


def test_the_readme_says_how_many_there_are() -> None:
    assert f"has {len(alerts())} alerts" in (ROOT / "README.md").read_text()


def test_streams_that_forget_their_oldest_never_are_too_full() -> None:
    (filling,) = [one for one in alerts() if one["alert"] == "LianbanStreamFilling"]
    forgetting = {stream.name for stream in STREAMS if stream.config()["discard"] == "old"}
    (excepted,) = re.findall(r'stream!~"([A-Za-z|_]+)"', filling["expr"])
    assert set(excepted.split("|")) == {*forgetting, SUBMISSIONS.name}


def test_submissions_that_wait_are_told_at_half_of_the_time_for_which_they_are_kept() -> None:
    (expiring,) = [one for one in alerts() if one["alert"] == "LianbanSubmissionsExpiring"]
    kept, otherwise = 'max(lianban_stream_kept_seconds{stream="SUBMISSIONS"})', SUBMISSIONS.max_age // DAY
    assert expiring["expr"].endswith(f"> scalar({kept} or vector({otherwise} * {DAY})) / 2")
    assert f"默认{otherwise}" in expiring["annotations"]["action"]
