"""Whether what a form says was saved here already, within minutes: the same act, or one more like it."""

from __future__ import annotations

from datetime import datetime

from services.station.outbox.drafts import Draft
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.putting_right import replaced_by
from shared.forms.questions import Act, is_same_act

STANDING = (State.PENDING, State.DELIVERED, State.ACCEPTED)


def same_act(outbox: Outbox, made: Draft, happened: datetime, now: datetime) -> Act | None:
    """The newest of the same words that may be the same act; what was refused or replaced is none."""
    type = made.message.subject.split(".")[2]
    acts = (_act(row) for row in outbox.of_types((type,), STANDING) if _says_the_same(row, made))
    return next((one for one in acts if is_same_act(one, happened, now) and not replaced_by(outbox, one.id)), None)


def _says_the_same(row: Saved, made: Draft) -> bool:
    about = made.message.headers["ce-subject"]
    return (row.subject, row.headers["ce-subject"], row.body) == (made.message.subject, about, made.message.body)


def _act(row: Saved) -> Act:
    return Act(row.id, datetime.fromisoformat(row.headers["ce-time"]), row.saved)
