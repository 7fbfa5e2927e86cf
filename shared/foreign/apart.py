"""Has foreign bytes looked at by a process of its own, and says which limit they went beyond.

photos = Apart("services.inspection.photos.work", Limits(processor=10, time=45, memory=160 * MIB))
answer = await photos.ask({"photo": data})
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import bson
import structlog

from shared.foreign.child import LENGTH

Limit = Literal["processor", "memory", "time", "ended"]
LONGEST_ANSWER = 16 * 1024 * 1024
"""Bytes; what is longer counts as none."""
IDLE = 60.0
"""Seconds without a question after which the process is ended, with the memory it has."""
ENDING = 5
"""Seconds within which a process that closed its side has ended."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limits:
    """For one question: `processor` and `time` in seconds, `memory` in bytes beside what the process has at first."""

    processor: int
    time: int
    memory: int


class Exhausted(Exception):
    """What was asked went beyond a limit; `ended` is a process that ended without one, for whatever reason."""

    def __init__(self, beyond: Limit) -> None:
        super().__init__(beyond)
        self.beyond = beyond

    @property
    def is_certain(self) -> bool:
        """Whether the same again would come to the same; a machine that was busy may be to blame for the others."""
        return self.beyond in {"processor", "memory"}


class Apart:
    """A module whose `work` is done apart; one question at a time, the process is kept for the next."""

    def __init__(self, module: str, limits: Limits) -> None:
        self._module, self._limits = module, limits
        self._process: Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None
        self.spent = 0.0
        """Seconds of processor that its questions took; one that was cut short counts as all that it may take."""

    @property
    def process(self) -> int | None:
        """Its process's id, as long as there is one."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def ask(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What `work(given)` returns; raises `Exhausted`, and then the next question has a new process."""
        async with self._one_at_a_time:
            if self._idle:
                self._idle.cancel()
            try:
                answer = await self._asked(given)
            except BaseException:
                await self.close()
                raise
            self._idle = asyncio.get_running_loop().call_later(IDLE, self._end)
        return answer

    async def close(self) -> None:
        """Ends the process, if there is one."""
        self._end()
        if process := self._process:
            await process.wait()
            self._process = None

    def _end(self) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def _asked(self, given: Mapping[str, Any]) -> dict[str, Any]:
        request = bson.encode({"seconds": self._limits.processor, "given": given})
        process = await self._running()
        try:
            async with asyncio.timeout(self._limits.time):
                answer = await _exchanged(process, request)
        except TimeoutError:
            self.spent += self._limits.processor
            raise Exhausted("time") from None
        except (OSError, asyncio.IncompleteReadError):
            self.spent += self._limits.processor
            raise Exhausted(await _why(process)) from None
        self.spent += max(0.0, answer["spent"])
        if "exhausted" in answer:
            raise Exhausted("memory")
        done: dict[str, Any] = answer["done"]
        return done

    async def _running(self) -> Process:
        """The process, started when there is none; it is told nothing of this one's environment."""
        if self._process is None or self._process.returncode is not None:
            command = ("-m", "shared.foreign.child", self._module, str(self._limits.memory), str(os.getpid()))
            environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)) or "."}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, limit=LONGEST_ANSWER
            )
        return self._process


async def _exchanged(process: Process, request: bytes) -> dict[str, Any]:
    """The answer; whatever is none counts as an end of the process, which may be another's by now."""
    asked, answers = process.stdin, process.stdout
    assert asked is not None
    assert answers is not None
    asked.write(request)
    await asked.drain()
    head = await answers.readexactly(LENGTH)
    length = int.from_bytes(head, "little") - LENGTH
    if not 0 < length <= LONGEST_ANSWER:
        raise BrokenPipeError
    try:
        answer: dict[str, Any] = bson.decode(head + await answers.readexactly(length))
    except bson.errors.InvalidBSON:
        raise BrokenPipeError from None
    return answer


async def _why(process: Process) -> Limit:
    """By the signal that ended it: of the processor's limit the kernel sends one of its own."""
    with suppress(TimeoutError):
        async with asyncio.timeout(ENDING):
            await process.wait()
    return "processor" if process.returncode == -signal.SIGXCPU else "ended"
