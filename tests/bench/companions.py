"""Processes that work beside the bench and say in lines of JSON what they measured."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from deploy.embedded.settings import ROOT
from tests.bench.scale import PATIENCE


class Ended(Exception):
    """A companion ended before it had said what it was to say."""


class Companion:
    """One such process."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def line(self) -> str:
        """The next line it says."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            said = await self._process.stdout.readline()
        if not said:
            raise Ended(f"a companion of the bench ended with {await self._process.wait()}")
        return said.decode().strip()

    async def ready(self) -> None:
        """It waits for `go`."""
        while await self.line() != "ready":
            pass

    def go(self) -> None:
        """It begins now."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")

    async def figures(self) -> dict[str, float]:
        """What it measured."""
        measured: dict[str, float] = await self.said()
        return measured

    async def said(self) -> Any:
        """Its next line, which is JSON."""
        return json.loads(await self.line())


@asynccontextmanager
async def companion(
    module: str, env: Mapping[str, str], *arguments: Any, room: str = "tests.bench"
) -> AsyncIterator[Companion]:
    """A module of this folder as a process, ended with the block; its pipe closes when the bench itself ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"{room}.{module}", *map(str, arguments)),
        cwd=ROOT,
        env=env,
        stdin=PIPE,
        stdout=PIPE,
    )
    try:
        yield Companion(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
