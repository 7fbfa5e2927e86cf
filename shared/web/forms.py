"""A form on a page goes the way of every submission: published, its verdict waited for, said in words.

The page makes the id and the time once, so that a form sent twice is one submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from fastapi import Request

from shared.bus.publishing import Outgoing
from shared.bus.verdicts import verdict_within
from shared.calendar import CHINA
from shared.events import Submission, submission_headers
from shared.events.envelope import IS_UUID
from shared.patience import is_fault
from shared.process.running import Running


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which submission a form is: hidden in the page, the same however often it is sent."""

    id: str
    time: str

    @classmethod
    def new(cls) -> Ticket:
        """For a page that is shown now."""
        return cls(str(uuid4()), datetime.now(CHINA).isoformat(timespec="seconds"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a person reads after sending a form; `level` is good, warn or bad."""

    word: str
    level: str
    reasons: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether it was decided, and decided yes."""
        return self.level == "good"


NOT_STORED = "消息总线暂时无法连接，本次报送尚未收到，请稍后在本页重新提交。"
PENDING = Told("已收到，办理中", "warn", ("办理结果稍后可在本页查看，请勿重复填写。",))


async def submit_form(
    parts: Running, ticket: Ticket, data: Submission, submitter: str, organisation: str, actor: str = ""
) -> Told:
    """Publishes and waits some seconds; a database that is down makes it 已收到，办理中, not an error."""
    time = datetime.fromisoformat(ticket.time)
    headers = submission_headers(ticket.id, data, submitter, organisation, time, actor)
    message = Outgoing(f"submit.{data.service}.{data.type}.{submitter}", data.model_dump_json().encode(), headers)
    try:
        await parts.bus.publish([message])
        found = await verdict_within(parts.bus, submitter, ticket.id)
    except Exception as error:
        if not is_fault(error):
            raise
        return Told("尚未收到", "bad", (NOT_STORED,))
    return told(found)


def told(verdict: dict[str, Any] | None) -> Told:
    """A verdict in words."""
    if verdict is None:
        return PENDING
    if verdict["verdict"] == "accepted":
        return Told("已受理", "good")
    return Told("不予受理", "bad", tuple(reason["zh"] for reason in verdict["reasons"]))


Filled = Mapping[str, str]


async def filled_in(request: Request) -> Filled:
    """The fields of text; a file where text is expected counts as nothing."""
    async with request.form() as sent:
        return {name: value.strip() for name, value in sent.items() if isinstance(value, str)}


def ticket_of(filled: Filled) -> Ticket:
    """The ticket that the page carried; a new one when it was tampered with."""
    id, time = filled.get("ticket", ""), filled.get("time", "")
    try:
        is_whole = datetime.fromisoformat(time).tzinfo is not None
    except ValueError:
        is_whole = False
    return Ticket(id, time) if IS_UUID(id) and is_whole else Ticket.new()
