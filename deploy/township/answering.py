"""What a township's stations ask the county: is it there, and what did it decide; and what it says unasked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

import nats.errors
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.bus.leaf import LOOK_UP
from shared.bus.streams import VERDICTS

ANSWER = 5.0
"""Seconds that the county may take."""
LOOKED_UP = f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict"
NO_LINE = {"Status": "408", "Description": "No Line"}
"""To whoever looks a verdict up while there is none: he asks again later, and goes on submitting."""
SAID = ("ce-", "content-type", "Status", "Description", "Nats-S", "Nats-T")
"""How the headers begin that go along: what it is, where it lay, or that there is none."""


class Answering:
    """At the township's bus, in the county's place; over the line as long as there is one."""

    def __init__(self, here: Client) -> None:
        self._here = here
        self._county: Client | None = None
        self._asking = set[asyncio.Task[None]]()

    async def listens(self) -> None:
        """From now on."""
        for subject in ("heartbeat.*", f"{LOOK_UP}.*.*"):
            await self._here.subscribe(subject, cb=self._asked)

    @asynccontextmanager
    async def over(self, county: Client, stations: Sequence[str]) -> AsyncIterator[None]:
        """This line, until the block is left; what the county decides of its stations is told on here."""
        for code in stations:
            await county.subscribe(f"verdict.{code}.*", cb=self._tells)
        self._county = county
        try:
            yield
        finally:
            self._county = None

    async def _tells(self, message: Msg) -> None:
        await self._here.publish(message.subject, message.data, headers=_said(message.headers))

    async def _asked(self, message: Msg) -> None:
        """Beside what else is asked: the county may take a while."""
        if message.reply:
            task = asyncio.create_task(self._answers(message))
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)

    async def _answers(self, message: Msg) -> None:
        """Without a line a heartbeat is not answered, as it is not without a county."""
        what, *tokens = message.subject.split(".")
        subject = (
            message.subject if what != LOOK_UP else f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{'.'.join(tokens)}"
        )
        answer = await self._from_county(subject, message.data)
        if answer is not None:
            await self._here.publish(message.reply, answer.data, headers=_said(answer.headers))
        elif what == LOOK_UP:
            await self._here.publish(message.reply, b"", headers=NO_LINE)

    async def _from_county(self, subject: str, body: bytes) -> Msg | None:
        if self._county is not None:
            with suppress(nats.errors.Error, TimeoutError):
                return await self._county.request(subject, body, timeout=ANSWER)
        return None


def _said(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {name: value for name, value in (headers or {}).items() if name.startswith(SAID)}
