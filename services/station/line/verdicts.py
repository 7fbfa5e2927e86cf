"""What the county decided: heard as it is said, and looked up where it was said while nobody listened."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from nats.aio.client import Client
from nats.aio.msg import Msg

from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import Answer, Saved, State
from shared.bus.requests import request
from shared.bus.round_trip import round_trip
from shared.bus.streams import VERDICTS
from shared.events.refusals import reason
from shared.events.verdict import REUSED, is_in_ledger, is_own_verdict, verdict_subject

ANSWER = 10.0
AT_ONCE = 32
"""Verdicts looked up at a time."""
PAGE = 500
ASK_AGAIN = timedelta(days=30)
"""After so long without a verdict a submission is sent once more: its ledger still knows the answer."""
SEND_AGAIN = timedelta(days=8)
"""After so long without an answer a picture is sent once more: the county has dropped its chunks by then."""
DIGEST = 64
"""Characters that name a picture; a submission's id has 36."""


class Verdicts:
    """The verdicts of one connection: what was heard waits until `noting` has it on the disk."""

    def __init__(
        self,
        client: Client,
        outbox: Outbox,
        pictures: Pictures,
        submitter: str = "",
        decided: asyncio.Event | None = None,
    ) -> None:
        self._client = client
        self._decided = decided or asyncio.Event()
        self._submitter = submitter
        self._outbox = outbox
        self._pictures = pictures
        self._heard: list[Answer] = []
        self._new = asyncio.Event()

    async def listen(self, subject: str) -> None:
        """From now on, to what is said under this subject."""
        await self._client.subscribe(subject, cb=self._hear)
        await round_trip(self._client)

    async def _hear(self, message: Msg) -> None:
        """What the county has said; an answer to another station can be led here, but bears another's id."""
        own = is_own_verdict(message.subject, message.headers)
        if own and (answer := answer_in(message.subject, message.data, message.headers)):
            self._heard.append(answer)
            self._new.set()

    async def noting(self) -> None:
        """As many as have come together go to the disk at once."""
        while True:
            await self._new.wait()
            self._new.clear()
            self.note()
            await asyncio.sleep(0)

    def note(self) -> None:
        """Everything heard so far."""
        heard, self._heard = self._heard, []
        if heard:
            self._noted(heard)

    def _noted(self, answers: Sequence[Answer]) -> None:
        photos = [answer for answer in answers if len(answer.id) == DIGEST]
        others = [mine for answer in answers if len(answer.id) != DIGEST and (mine := self._on_ours(answer))]
        if others:
            self._outbox.decided(others, datetime.now(UTC))
            self._decided.set()
        for answer in photos:
            if _is_put_off(answer):
                self._pictures.send_again(answer.id)
        self._pictures.decided(answer for answer in photos if not _is_put_off(answer))

    def _on_ours(self, answer: Answer) -> Answer | None:
        """What it means for what was submitted from here under its id; None when it was said of another content."""
        row = self._outbox.sent_as(answer.submitter, answer.id) if answer.digest else None
        if row is None or row.content == answer.digest:
            return answer
        if row.subject.split(".")[1] != answer.service:
            return None
        if not is_in_ledger({"reasons": answer.reasons}):
            return None
        return answer._replace(state=State.REFUSED, reasons=[reason(REUSED)])

    async def look_up(self, delivered_before: datetime) -> int:
        """Asks for the verdict of everything delivered before and not decided; says how many had one."""
        after, found = 0, 0
        while rows := self._outbox.unanswered(delivered_before, after, PAGE, self._submitter):
            answers = await self._answers([(row.submitter, row.id) for row in rows])
            self._ask_again(rows, answers)
            found, after = found + len(answers), rows[-1].n
        await self._look_up_pictures(delivered_before)
        return found

    async def _answers(self, asked: Sequence[tuple[str, str]]) -> list[Answer]:
        answers: list[Answer] = []
        for start in range(0, len(asked), AT_ONCE):
            found = await asyncio.gather(*(self._verdict(*one) for one in asked[start : start + AT_ONCE]))
            answers += [answer for answer in found if answer]
        if answers:
            self._noted(answers)
        return answers

    async def _verdict(self, submitter: str, id: str) -> Answer | None:
        """By direct get in its subject form, the only one that a station may use."""
        subject = verdict_subject(submitter, id)
        message = await request(self._client, f"$JS.API.DIRECT.GET.{VERDICTS.name}.{subject}", b"", ANSWER)
        return None if (message.headers or {}).get("Status") else answer_in(subject, message.data, message.headers)

    def _ask_again(self, rows: Sequence[Saved], answers: Iterable[Answer]) -> None:
        answered, long_ago = {answer.id for answer in answers}, datetime.now(UTC) - ASK_AGAIN
        silent = (row for row in rows if row.id not in answered and row.delivered_at)
        again = [row.n for row in silent if datetime.fromisoformat(str(row.delivered_at)) < long_ago]
        if again:
            self._outbox.ask_again(again)

    async def _look_up_pictures(self, delivered_before: datetime) -> None:
        waiting = self._pictures.unanswered(delivered_before, self._submitter)
        await self._answers([(one.submitter, one.sha256) for one in waiting])
        for silent in self._pictures.unanswered(datetime.now(UTC) - SEND_AGAIN, self._submitter):
            self._pictures.send_again(silent.sha256)


def _is_put_off(answer: Answer) -> bool:
    """A photo that the county has not taken, for too many of this station wait there: it is sent once more."""
    return [reason.get("slug") for reason in answer.reasons] == ["slow-down"]


def answer_in(subject: str, body: bytes, headers: Mapping[str, str] | None) -> Answer | None:
    """The verdict in a message; None in one that is none. What the county could not read it did not accept."""
    with suppress(ValueError, KeyError, TypeError):
        _, submitter, id = subject.split(".")
        verdict = json.loads(body)
        state = State.ACCEPTED if verdict["verdict"] == "accepted" else State.REFUSED
        digest, service = verdict.get("digest") or "", (headers or {}).get("ce-source", "")
        return Answer(submitter, id, state, list(verdict["reasons"]), digest, service)
    return None
