"""A service: one process decides, another answers, so that whoever reads, and however much, delays no verdict.

`serve` is what every `services/<name>/app.py` ends in; what is built there is handed over, nothing is constructed
elsewhere. Both processes are made of the same imports and end together; `keeping.py` says how.
"""

from __future__ import annotations

import gc
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
from shared.process.config import Settings
from shared.process.deciding import deciding
from shared.process.keeping import Keeper
from shared.process.lines import ending
from shared.process.log import log_as_json
from shared.process.open_files import may_open_many
from shared.process.parts import Service

YOUNG = 10_000
"""New objects after which garbage is looked for: about a batch's; a batch leaves few cycles behind."""
NOT_LET_IN = 78
"""The exit status when settings keep the process out of the bus (EX_CONFIG)."""
INCOMPLETE = 69
"""The exit status when something would reach the service that no handler decides, or be read without a rule
(EX_UNAVAILABLE)."""


def leave_alone_what_stays() -> None:
    """Modules and schemas are never garbage: going through them over and over took a tenth of a busy service's time.

    Frozen before the process parts in two, they stay in memory that both share.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


def serve(settings: Settings, service: Service) -> None:
    """The process's main: ends it with the code of what decides, leaving nothing behind that could hold it."""
    log_as_json(service.name, settings.log_level)
    may_open_many()
    code = _ended(settings, service)
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
    keeper = Keeper.of(partial(_answers, settings, service, port, door), {INCOMPLETE, NOT_LET_IN})
    port.close()
    try:
        return uvloop.run(deciding(settings, service, keeper, door))
    except NoEntry as why:
        return _not_started(service.name, str(why), NOT_LET_IN)


def _answers(settings: Settings, service: Service, port: socket.socket, door: socket.socket) -> int:
    """The other process; that the bus does not let it in is said by the one that decides."""
    name = door.getsockname()
    door.close()
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
