"""Brings what is pending to the bus, in order, under the same ids until the bus has said that it is stored.

Only that word makes a submission delivered: marked any earlier, it would be lost with the line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from nats.aio.client import Client

from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Answer, Saved, State
from shared.bus.publishing import PORTION, PublishRefused, SlowDown, publish_by_shares

ANSWER = 10.0
"""Seconds that the bus may take to answer."""
PATIENCE = 30.0
"""Seconds for which a county that takes no more is waited for, before verdicts are looked up and it is asked again."""
BYTES = 1024 * 1024
"""Bytes of one atomic batch: a thin line still carries it in time."""
REFUSED_BY_BUS = {
    "slug": "too-large",
    "zh": "内容过大，县服务器没有接收。请精简文字说明后更正重报。",
    "en": "It is too large for the bus; shorten it and submit it again.",
}


def ignored(count: int) -> None:
    """Nobody counts."""


async def deliver(
    client: Client,
    outbox: Outbox,
    progress: Callable[[int], None] = ignored,
    submitter: str = "",
    together: int = PORTION,
    patience: float = PATIENCE,
) -> int:
    """All that is pending now, of a submitter alone if named; `progress` hears of every batch stored and noted.

    A county that says to go slower is waited for; `SlowDown` when for `patience` seconds it takes no more.
    """
    count = 0
    while batch := fitting(outbox.pending(together, submitter)):
        await _stored(client, outbox, batch, patience)
        count += len(batch)
        progress(len(batch))
    return count


def fitting(waiting: Sequence[Saved]) -> Sequence[Saved]:
    """The first that stay below `BYTES` together, and at least one."""
    size = 0
    for n, one in enumerate(waiting):
        size += len(one.body)
        if n and size > BYTES:
            return waiting[:n]
    return waiting


async def _stored(client: Client, outbox: Outbox, batch: Sequence[Saved], patience: float) -> None:
    try:
        sequences = await publish_by_shares(client, [one.message for one in batch], ANSWER, patience=patience)
    except SlowDown:
        raise
    except PublishRefused as no:
        await _apart(client, outbox, batch, no, patience)
    else:
        outbox.delivered(zip((one.n for one in batch), sequences, strict=True), datetime.now(UTC))


async def _apart(client: Client, outbox: Outbox, batch: Sequence[Saved], no: PublishRefused, patience: float) -> None:
    """One that can never be stored must not hold up those behind it: the bus refuses its whole batch."""
    if len(batch) > 1:
        for one in batch:
            await _stored(client, outbox, [one], patience)
        return
    if not no.is_for_good:
        raise no
    (one,) = batch
    outbox.decided([Answer(one.submitter, one.id, State.REFUSED, [REFUSED_BY_BUS])], datetime.now(UTC))
