"""What is said of photos: the answer to their sender, and the dead letter of what could not be taken or looked at."""

from __future__ import annotations

from services.inspection.photos import store
from services.inspection.photos.waiting import Reasons, Whole
from shared.bus.connection import Message
from shared.bus.photos import photo_verdict
from shared.database.mongo import Database
from shared.events.outgoing import Outgoing
from shared.events.photos import TOTAL
from shared.events.refusals import reason
from shared.pipeline.decisions import Refused
from shared.pipeline.inlets import dead_letter

SERVICE = "inspection"


def letter(message: Message, slug: str, why: str) -> Outgoing:
    """The dead letter of a part of a photo."""
    return dead_letter(SERVICE, slug, why, message, message.subject.split(".")[1])


def reasons(no: Refused | None) -> Reasons:
    """As they are said; none is a yes."""
    return [reason(no.slug, **no.details)] if no else []


def answer(photo: str, no: Refused | None) -> Outgoing:
    """The answer to a photo."""
    station, sha256 = photo.split("/")
    return photo_verdict(station, sha256, reasons(no))


async def message_of(db: Database, whole: Whole) -> Message:
    """The part that made a photo whole, as it came: driven again it makes it whole again."""
    body = await store.part(db, whole.photo, whole.total, whole.n)
    headers = {TOTAL: str(whole.total)}
    return Message(whole.subject, headers, body, whole.stream, whole.sequence, whole.received)
