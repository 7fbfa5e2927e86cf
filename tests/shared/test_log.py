"""Logs: JSON, a line an event, and one submission's id in every service that its facts reach."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from deploy.embedded.settings import ROOT
from shared import patience
from shared.bus.publishing import PublishRefused
from shared.pipeline.ledger import FACTS, ledger
from shared.process.log import Level, submission_of
from tests.county import County
from tests.submitters import station

SPEAKS = """
import logging, structlog
from shared.process.log import log_as_json
log_as_json("inspection", "info")
structlog.get_logger().debug("accepted", submission="150424100202/1")
structlog.get_logger().info("refused", submission="150424100202/2")
logging.getLogger("nats").warning('said "so"')
def asks(name):
    secret = "a person's name: " + name
    raise ValueError("no such thing")
try:
    asks("somebody")
except ValueError:
    structlog.get_logger().error("service error", exc_info=True)
"""


def lines() -> list[dict[str, Any]]:
    ran = subprocess.run((sys.executable, "-c", SPEAKS), cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_line_is_json_with_its_service_level_and_time() -> None:
    logged = lines()
    assert [one["level"] for one in logged] == ["info", "warning", "error"]
    assert {one["service"] for one in logged} == {"inspection"}
    assert all(one["timestamp"] for one in logged)
    assert logged[1]["event"] == 'said "so"'


def test_a_traceback_holds_kind_and_place_and_no_values() -> None:
    failed = lines()[-1]
    (error,) = failed["exception"]
    assert (error["type"], len(error["at"])) == ("ValueError", 2)
    assert "no such thing" not in json.dumps(failed)
    assert "somebody" not in json.dumps(failed)


async def test_a_submission_is_named_alike_in_the_service_that_decides_and_in_the_one_that_adds_up(
    county: County,
) -> None:
    said = station.logs(findings=1)
    async with county.working():
        await county.hears(said)
        await county.settles()
    decided = {submission_of(entry) async for entry in ledger(county.db("inspection")).find()}
    followed = {submission_of(entry) async for entry in ledger(county.db("feedback"), FACTS).find()}
    assert f"{said.submitter}/{said.id}" in decided & followed


async def test_what_is_waited_for_is_said_once_and_once_more_where_the_reason_is_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], logs_as_json: Callable[[str, Level], None]
) -> None:
    monkeypatch.setattr(patience, "FIRST", 0.0)
    logs_as_json("inspection", "info")
    full, moving = (PublishRefused("fact.x.y", {"description": why, "err_code": 1}) for why in ("full", "moving"))
    faults = [full, full, full, moving, moving]

    async def published() -> str:
        if faults:
            raise faults.pop(0)
        return "stored"

    assert await patience.again(published, lambda: None, "publish") == "stored"
    said = [json.loads(line)["why"] for line in capsys.readouterr().out.splitlines()]
    assert said == ["fact.x.y: full (1)", "fact.x.y: moving (1)"]
