"""A service: one process decides, another answers, so that whoever reads, and however much, delays no verdict.

`serve` is what every `services/<name>/app.py` ends in; what is built there is handed over, nothing is constructed
elsewhere. Both processes are made of the same imports and end together; `keeping.py` says how.
"""

from __future__ import annotations

import gc
import linecache
import os
import socket
import sys
from functools import partial

import uvloop

from shared.identity.access import NoEntry
from shared.identity.reading import WithoutRule
from shared.pipeline.loops import gaps
from shared.process import condition
from shared.process.answering import answering, listening
from shared.process.config import NOT_LET_IN, Settings
from shared.process.deciding import deciding
from shared.process.handed import Handed, started
from shared.process.keeping import Keeper
from shared.process.lines import ending
from shared.process.log import log_as_json
from shared.process.open_files import may_open_many
from shared.process.parts import Service
from shared.process.release import LaterRelease
from shared.process.tied import end_with
from shared.process.whose import AnotherCounty

YOUNG = 10_000
"""New objects after which garbage is looked for: about a batch's; a batch leaves few cycles behind."""
INCOMPLETE = 69
"""The exit status when something would reach the service that no handler decides, or be read without a rule
(EX_UNAVAILABLE)."""


def leave_alone_what_stays() -> None:
    """Modules and schemas are never garbage: going through them over and over took a tenth of a busy service's time.

    Frozen before the process parts in two, they stay in memory that both share. The text of modules that were looked
    into while they were loaded is not needed any more.
    """
    linecache.clearcache()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


def serve(settings: Settings, service: Service) -> None:
    """The process's main: ends it with the code of what decides, leaving nothing behind that could hold it."""
    log_as_json(service.name, settings.log_level)
    may_open_many()
    handed = Handed.here()
    code = _answers_alone(settings, service, handed) if handed else _ended(settings, service)
    sys.stdout.flush()
    os._exit(code)


def _ended(settings: Settings, service: Service) -> int:
    if missing := "; ".join(gaps(service.name, service.loops)):
        return _not_started(service.name, missing, INCOMPLETE)
    try:
        port, door = listening(settings), condition.door()
    except OSError as error:
        return _not_started(service.name, f"HTTP_PORT {settings.http_port}: {error.strerror}", 1)
    leave_alone_what_stays()
    name = door.getsockname()

    def answers() -> int:
        door.close()
        return _answers(settings, service, port, name)

    keeper = Keeper.of(answers, partial(started, port, name), {INCOMPLETE, NOT_LET_IN})
    try:
        return uvloop.run(deciding(settings, service, keeper, door))
    except (NoEntry, AnotherCounty, LaterRelease) as why:
        return _not_started(service.name, str(why), NOT_LET_IN)


def _answers_alone(settings: Settings, service: Service, handed: Handed) -> int:
    """As one that the process that decides has started, because the one before it has ended."""
    end_with(handed.parent)
    leave_alone_what_stays()
    return _answers(settings, service, handed.listening, handed.door)


def _answers(settings: Settings, service: Service, port: socket.socket, name: bytes) -> int:
    """The other process; that the bus does not let it in is said by the one that decides."""
    try:
        return uvloop.run(answering(settings, service, port, condition.OtherProcess(name)))
    except NoEntry:
        return NOT_LET_IN
    except WithoutRule as why:
        return _not_started(service.name, str(why), INCOMPLETE)


def _not_started(service: str, why: str, status: int) -> int:
    print(ending(service, f"The service does not start: {why}"), file=sys.stderr, flush=True)
    return status


__all__ = ["INCOMPLETE", "NOT_LET_IN", "Service", "serve"]
