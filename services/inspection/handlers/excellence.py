"""Which rule decides what is said of commitments and marks, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.model import Commitment, ExcellenceMark, Incident
from services.inspection.rules import excellence
from shared.decisions import Handler, Handlers, Key, Need, Query
from shared.events import Event
from shared.events.inspection import (
    GrantExcellenceMark,
    PublishCommitment,
    WithdrawCommitment,
    WithdrawExcellenceMark,
)


def _granting(event: Event[GrantExcellenceMark]) -> Iterator[Need]:
    yield Key(ExcellenceMark, excellence.mark_id(event))
    yield Query(Incident, excellence.upheld_incidents(event))


EXCELLENCE: Handlers = {
    PublishCommitment: Handler(
        excellence.publish_commitment, lambda event: [Key(Commitment, excellence.commitment_id(event))]
    ),
    WithdrawCommitment: Handler(
        excellence.withdraw_commitment, lambda event: [Key(Commitment, excellence.commitment_id(event))]
    ),
    GrantExcellenceMark: Handler(excellence.grant_mark, _granting),
    WithdrawExcellenceMark: Handler(
        excellence.withdraw_mark, lambda event: [Key(ExcellenceMark, excellence.mark_id(event))]
    ),
}
