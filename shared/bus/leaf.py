"""A township's own bus: what is kept there until it is at the county, and by which names it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.bus.streams import BATCH, DAY, PHOTO_CHUNKS, PHOTOS, SECOND, SUBMISSIONS, Subscription
from shared.events.outgoing import submission_subject

KEPT = 14 * DAY
"""Seconds for which a township keeps what was submitted there: the line may be gone as long."""
LOOK_UP = "look-up"
"""Before submitter and submission: how a verdict that only the county has is asked for at the township."""
WAITING = (
    Subscription(SUBMISSIONS.name, "line-submissions", ("submit.>",), BATCH),
    Subscription(PHOTOS.name, "line-photos", PHOTO_CHUNKS.filters, PHOTO_CHUNKS.batch),
)
"""What the line brings to the county: submissions and photos beside each other, each in its order."""


def domain(township: str) -> str:
    """How a township's bus is called, its account and its folder."""
    return f"t-{township}"


def submissions_at(stations: Sequence[str]) -> dict[str, Any]:
    """The township's stream of submissions, for its own stations only; called as the county's is.

    Without shares, and so with a limit: it keeps what the county has decided too, and brings nothing faster than the
    county takes it.
    """
    subjects = [submission_subject(submitter=code) for code in stations]
    no_shares = {"max_msgs_per_subject": -1, "discard_new_per_subject": False, "subject_transform": None}
    limits = {"max_bytes": SUBMISSIONS.max_bytes, "max_age": KEPT * SECOND}
    return {**SUBMISSIONS.config(), **no_shares, **limits, "subjects": subjects}


def photos_at(stations: Sequence[str]) -> dict[str, Any]:
    """That of photos."""
    return {
        **PHOTOS.config(),
        "max_msgs": -1,
        "subjects": [f"photo.{code}.*.*" for code in stations],
        "max_age": KEPT * SECOND,
    }
