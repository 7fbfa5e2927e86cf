"""Every line that a process writes is JSON: its own, those of libraries, and the tracebacks of what nobody caught.

Of a library's line the first line is kept, for what follows quotes what it was about, and of an exception its kind and
place. A person at a terminal reads sentences instead. Needs no more than Python: a station's agent writes so too.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from shared.failures import steps

encode = json.JSONEncoder(ensure_ascii=False, default=lambda value: type(value).__name__).encode
FOREIGN = logging.getLogger("lianban")
BEYOND_WORDS = re.compile("[^A-Za-z ].*")
"""What an event loop says behind its first words: a callback with its arguments."""


class JsonLine(logging.Formatter):
    """A line of a library, in the form of our own."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self._program = program

    def format(self, record: logging.LogRecord) -> str:
        """Without what it quotes of an exception."""
        at = datetime.fromtimestamp(record.created, UTC)
        more = {**_failure(record), "logger": record.name}
        return line(self._program, record.levelname.lower(), _message(record), at, **more)


def _message(record: logging.LogRecord) -> str:
    args = record.args
    if isinstance(args, tuple):
        record.args = tuple(type(one).__name__ if isinstance(one, BaseException) else one for one in args)
    first, *_ = record.getMessage().split("\n")
    return BEYOND_WORDS.sub("", first).strip() if record.name == "asyncio" else first


def _failure(record: logging.LogRecord) -> dict[str, Any]:
    info = record.exc_info
    return {"exception": steps(info)} if info and info[1] is not None else {}


def line(program: str, level: str, event: str, at: datetime | None = None, **more: Any) -> str:
    """One line, without its end."""
    at = at or datetime.now(UTC)
    said = {"event": event, "level": level, "service": program, "timestamp": at.isoformat().replace("+00:00", "Z")}
    return encode({**said, **more})


def only_json(program: str, out: TextIO, level: int = logging.WARNING) -> None:
    """From here on whatever a library says, a warning, and what nobody caught is a line of JSON on `out`."""
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLine(program))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda of: _uncaught(of.exc_type, of.exc_value, of.exc_traceback)
    sys.unraisablehook = lambda of: _uncaught(of.exc_type, of.exc_value, of.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, SystemExit):
        return
    FOREIGN.critical("uncaught", exc_info=(kind, error or kind(), trace))


def in_words(program: str, sentence: str, out: TextIO, level: str = "info") -> str:
    """A sentence as it stands for a person at a terminal, as a line for everybody else."""
    return sentence if out.isatty() else line(program, level, sentence)


def say(program: str, sentence: str) -> None:
    """On standard output, at once."""
    print(in_words(program, sentence, sys.stdout), flush=True)


def ending(program: str, sentence: str) -> str:
    """What a process ends with that cannot go on: for `sys.exit`."""
    return in_words(program, sentence, sys.stderr, "critical")
