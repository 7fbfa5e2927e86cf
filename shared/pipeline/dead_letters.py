"""Dead letters: what could not be decided, why, and driving it again after a repair.

Driving again publishes the message to its old subject without a message id: its own id is unchanged, so a
submission that did get through meanwhile is only repeated. A mark under `dead.driven` keeps which; nothing is deleted.
"""

from __future__ import annotations

from typing import Any

from nats.errors import BadSubjectError

from shared.bus.connection import Bus, Message
from shared.bus.streams import DEAD
from shared.events.outgoing import Outgoing
from shared.pipeline.inlets import one_line
from shared.services import SERVICES


async def dead_letters(bus: Bus, limit: int, after: int = 0) -> dict[str, Any]:
    """Dead letters by sequence from the one behind `after` on, each with its reason and whether it was driven again."""
    items: list[dict[str, Any]] = []
    sequence = after
    while len(items) < limit:
        letter = await bus.next(DEAD.name, "dead.*.*.*", sequence)
        if letter is None:
            return {"items": items, "next": None}
        sequence = letter.sequence
        if letter.subject.split(".")[1] in SERVICES:
            items.append(await _line(bus, letter))
    return {"items": items, "next": sequence}


async def dead_letter_at(bus: Bus, sequence: int) -> dict[str, Any] | None:
    """One dead letter, and whether it was driven again; None when there is none of that number."""
    letter = await _letter(bus, sequence)
    return await _line(bus, letter) if letter else None


async def drive_again(bus: Bus, sequence: int) -> str | None:
    """Publishes a dead letter to its old subject once more; its subject, or None when there is no such letter.

    Nor is there when nothing can be published to the subject that it came by.
    """
    letter = await _letter(bus, sequence)
    if letter is None:
        return None
    subject = letter.headers["lianban-subject"]
    headers = {name: value for name, value in letter.headers.items() if not name.startswith(("Nats-", "lianban-"))}
    try:
        await bus.publish([Outgoing(subject, letter.body, headers)])
    except BadSubjectError:
        return None
    await bus.publish([Outgoing(_mark(sequence), b"", {"Nats-Msg-Id": f"driven:{sequence}"})])
    return subject


async def undriven(bus: Bus) -> int:
    """How many dead letters nobody has driven again: beside each that somebody has lies its mark."""
    state = (await bus.api(f"STREAM.INFO.{DEAD.name}", {"subjects_filter": _mark("*")}))["state"]
    marks = [int(subject.rsplit(".")[-1]) for subject in state.get("subjects") or {}]
    driven = sum(sequence >= int(state["first_seq"]) for sequence in marks)
    return max(0, int(state["messages"]) - len(marks) - driven)


async def _letter(bus: Bus, sequence: int) -> Message | None:
    letter = await bus.next(DEAD.name, "dead.*.*.*", sequence - 1)
    return letter if letter and letter.sequence == sequence else None


async def _line(bus: Bus, letter: Message) -> dict[str, Any]:
    _, service, slug, submitter = letter.subject.split(".")
    driven = await bus.last(DEAD.name, _mark(letter.sequence))
    return {
        "id": str(letter.sequence),
        "service": service,
        "reason": slug,
        "why": one_line(letter.headers),
        "submitter": submitter,
        "subject": letter.headers.get("lianban-subject", ""),
        "submission": letter.headers.get("ce-id", ""),
        "received": letter.received.isoformat(),
        "bytes": len(letter.body),
        "driven": driven.received.isoformat() if driven else None,
    }


def _mark(sequence: int | str) -> str:
    return f"dead.driven.{sequence}"
