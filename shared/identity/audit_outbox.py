"""What one process tells the audit: to the bus, from which the roster keeps it.

Nobody waits for it. While the bus is away lines wait here, the last `MOST` of them, and the log has all that waited.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime
from uuid import uuid4

import structlog

from shared.bus.connection import Bus
from shared.calendar import CHINA
from shared.events.outgoing import Outgoing
from shared.identity.audit import AuditKind, AuditLine
from shared.patience import is_fault

MOST = 10_000
WAIT, AGAIN = 5.0, 1.0
"""Seconds for one line, and until the next attempt."""
LONGEST = 300
log = structlog.get_logger()


class AuditOutbox:
    """Lines on their way to the bus, in order."""

    def __init__(self, bus: Bus, service: str) -> None:
        self._bus, self._service = bus, service
        self._waiting: deque[AuditLine] = deque(maxlen=MOST)
        self._sending: asyncio.Task[None] | None = None

    def tell(
        self, kind: AuditKind, what: str, outcome: str, *, code: str = "", person: str = "", address: str = ""
    ) -> None:
        """Of now."""
        line = AuditLine(
            id=str(uuid4()),
            at=datetime.now(CHINA).isoformat(timespec="seconds"),
            service=self._service,
            kind=kind,
            code=code,
            person=person,
            address=address,
            what=what[:LONGEST],
            outcome=outcome[:LONGEST],
        )
        self._waiting.append(line)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())

    async def _send(self) -> None:
        while self._waiting:
            line = self._waiting.popleft()
            try:
                async with asyncio.timeout(WAIT):
                    await self._bus.publish([_message(line)])
            except Exception as error:
                if not is_fault(error):
                    raise
                log.warning("audit waits", waiting=len(self._waiting), **line.model_dump(mode="json"))
                self._waiting.appendleft(line)
                await asyncio.sleep(AGAIN)


def _message(line: AuditLine) -> Outgoing:
    subject = f"audit.{line.service}.{line.kind}"
    return Outgoing(subject, line.model_dump_json().encode(), {"Nats-Msg-Id": f"audit/{line.id}"})
