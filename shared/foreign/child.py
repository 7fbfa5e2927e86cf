"""The process that looks at foreign bytes: `python -m shared.foreign.child <module> <bytes of memory> <parent's pid>`.

A request is a BSON document of `seconds` and `given`, each with its length before it as BSON has it; the answer is what
`work(given)` of the module returns, or that memory did not suffice, and beside it the seconds of processor that were
`spent`. Documents hold bytes, numbers and text only: whoever takes over this process cannot make its
parent run anything.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, BinaryIO

import bson

from shared.foreign.confined import allow_processor, confine, processor

Work = Callable[[Mapping[str, Any]], Mapping[str, Any]]
OUT_OF_MEMORY = {"exhausted": "memory"}
LENGTH = 4
"""Bytes of the length with which a BSON document begins; it counts them too."""


def main() -> None:
    """Answers until nothing is asked any more."""
    module, memory, parent = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    work: Work = import_module(module).work
    asked, answers = sys.stdin.buffer, _answers()
    confine(memory, parent)
    while (request := _next(asked)) is not None:
        allow_processor(request["seconds"])
        before = processor()
        answer = _answer(work, request["given"])
        answers.write(bson.encode({**answer, "spent": processor() - before}))
        answers.flush()


def _answers() -> BinaryIO:
    """Where answers go; what a library prints goes where errors go."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _next(asked: BinaryIO) -> dict[str, Any] | None:
    head = asked.read(LENGTH)
    if len(head) < LENGTH:
        return None
    request: dict[str, Any] = bson.decode(head + asked.read(int.from_bytes(head, "little") - LENGTH))
    return request


def _answer(work: Work, given: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return {"done": work(given)}
    except MemoryError:
        return OUT_OF_MEMORY


if __name__ == "__main__":
    main()
