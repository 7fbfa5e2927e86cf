"""What may be said of an exception where others read it: its kind and where it arose, never its words.

An exception quotes what it stumbled over, a whole body or document, and its local values are somebody's data.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[1]
INSTALLED = "site-packages/"
MOST_CAUSES = 5

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def brief(error: BaseException) -> dict[str, str]:
    """For a line of a log: the kind, and the last place in this program's own code."""
    return {"error": type(error).__name__, "at": place(error)}


def in_one_line(error: BaseException) -> str:
    """`KeyError at services/roster/web.py:12 in turns`."""
    return " at ".join(filter(None, brief(error).values()))


def place(error: BaseException) -> str:
    """Where it was raised in this program's own code or, if that was nowhere in it, at all; empty without a trace."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_own(frame.filename)]
    return _at((own or frames)[-1]) if frames else ""


def steps(exc_info: ExcInfo) -> list[dict[str, Any]]:
    """The exception and what it came of, each with its kind and the frames that led to it, the last ones last."""
    return [
        {"type": type(error).__name__, "at": [_at(frame) for frame in traceback.extract_tb(error.__traceback__)]}
        | ({"of": [type(one).__name__ for one in error.exceptions]} if isinstance(error, BaseExceptionGroup) else {})
        for error in _chain(exc_info[1])
    ]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    for _ in range(MOST_CAUSES):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _is_own(file: str) -> bool:
    return file.startswith(str(ROOT)) and INSTALLED not in file


def _at(frame: traceback.FrameSummary) -> str:
    file = frame.filename.rpartition(INSTALLED)[2] if INSTALLED in frame.filename else frame.filename
    return f"{file.removeprefix(f'{ROOT}/')}:{frame.lineno} in {frame.name}"
