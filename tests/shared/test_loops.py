"""A service whose events nobody decides does not start: it would bury every one of them without a verdict."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from deploy.embedded.settings import ROOT
from services.feedback.app import LOOPS as FEEDBACK
from services.greenchannel.app import LOOPS as GREEN
from services.greenchannel.handlers import FOLLOWED, HANDLERS
from services.inspection.handlers import FOLLOWED as OPINIONS
from services.inspection.handlers import HANDLERS as INSPECTING
from shared import services
from shared.events import Fact, Submission
from shared.events.greenchannel import OpenCase
from shared.events.inspection import CloseDay
from shared.events.roster import GuideItemPublished
from shared.pipeline.decisions import Handlers
from shared.pipeline.loops import gaps, loops
from shared.process.service import INCOMPLETE, NOT_LET_IN
from shared.services import SERVICES
from tests.county import loops_of

MAIN = "from services.greenchannel.app import main; main()"
DANCE = f"""
from shared.events import Submission
class Dance(Submission, service="greenchannel"):
    "Nobody decides it."
{MAIN}
"""


@pytest.fixture
def dance() -> Iterator[None]:
    """A submission of the green channel that no handler decides."""

    class Dance(Submission, service="greenchannel"):
        """Gone again after the test."""

    yield
    del Submission.registry[Dance.type]


@pytest.fixture
def danced() -> Iterator[None]:
    """A fact that has come since feedback was written."""

    class Danced(Fact, service="greenchannel"):
        """Gone again after the test."""

    yield
    del Fact.registry[Danced.type]


@pytest.mark.parametrize("service", SERVICES)
def test_everything_that_reaches_a_service_is_decided(service: str) -> None:
    assert list(gaps(service, loops_of(service))) == []


@pytest.mark.usefixtures("dance")
def test_a_submission_that_no_handler_decides_is_named() -> None:
    assert list(gaps("greenchannel", GREEN)) == ["greenchannel-submissions brings dance, which no handler decides"]
    assert list(gaps("feedback", FEEDBACK)) == []


@pytest.mark.usefixtures("danced")
def test_a_fact_that_no_handler_follows_is_named() -> None:
    assert list(gaps("feedback", FEEDBACK)) == ["feedback-facts brings danced, which no handler decides"]
    assert list(gaps("greenchannel", GREEN)) == []


def test_all_that_is_forgotten_is_named_in_one_sentence() -> None:
    few: Handlers = {kind: handler for kind, handler in HANDLERS.items() if kind is OpenCase}
    forgotten = ", ".join(sorted(kind.type for kind in HANDLERS if kind is not OpenCase))
    assert forgotten.startswith("complete-case, ")
    (sentence,) = gaps("greenchannel", loops("greenchannel", few, FOLLOWED))
    assert sentence == f"greenchannel-submissions brings {forgotten}, which no handler decides"


def test_a_handler_for_what_never_comes_is_named() -> None:
    strange: Handlers = {**HANDLERS, CloseDay: INSPECTING[CloseDay], GuideItemPublished: FOLLOWED[GuideItemPublished]}
    (sentence,) = gaps("greenchannel", loops("greenchannel", strange, FOLLOWED))
    assert sentence == "greenchannel-submissions never brings close-day, guide-item-published, which a handler decides"


def test_a_service_that_follows_facts_and_has_no_loop_for_them_is_named() -> None:
    assert list(gaps("greenchannel", loops("greenchannel", HANDLERS))) == [
        "greenchannel takes nothing from greenchannel-facts"
    ]


def test_facts_that_the_table_does_not_say_are_followed_are_named() -> None:
    (sentence,) = gaps("inspection", loops("inspection", INSPECTING, {**OPINIONS, **FOLLOWED}))
    assert sentence.startswith("inspection-facts never brings guide-item-published, guide-item-withdrawn, process-")


def test_a_followed_fact_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    follows = ("guide-item-published", "process-limit-changed", "dance")
    table = [replace(one, follows=follows) if one.name == "greenchannel" else one for one in services.TABLE]
    monkeypatch.setattr(services, "TABLE", table)
    assert list(gaps("greenchannel", GREEN)) == ["greenchannel follows dance, which no fact is called"]


def started(program: str, bus: socket.socket) -> subprocess.Popen[str]:
    """The green channel's process on such a bus."""
    env = {
        "PATH": os.environ["PATH"],
        "NATS_URL": f"nats://127.0.0.1:{bus.getsockname()[1]}",
        "MONGO_URL": "mongodb://127.0.0.1:1",
        "HTTP_PORT": "8100",
        "COUNTY": "150424",
        "INSTANCE": "test-1",
    }
    return subprocess.Popen((sys.executable, "-c", program), cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True)


def test_a_process_that_would_leave_something_undecided_ends_before_it_connects() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bus:
        process = started(DANCE, bus)
        _, said = process.communicate(timeout=60)
        bus.setblocking(False)
        with pytest.raises(BlockingIOError):
            bus.accept()
    sentence = "The service does not start: greenchannel-submissions brings dance, which no handler decides"
    assert (process.returncode, json.loads(said)["event"]) == (INCOMPLETE, sentence)
    assert INCOMPLETE not in (0, 1, NOT_LET_IN)


def test_a_process_that_decides_everything_connects() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bus:
        process = started(MAIN, bus)
        bus.settimeout(60)
        bus.accept()[0].close()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
