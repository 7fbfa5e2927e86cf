"""Dead letters: what could not be decided, why, and what became of it: it waits, was driven again, or was closed.

Driving again publishes the message to its old subject without a message id: its own id is unchanged, so a
submission that did get through meanwhile is only repeated. Closing says with a reason that nothing more is done. Marks
under `dead.driven` and `dead.closed` keep which; nothing is deleted. What fails anew is a letter of its own that names
the one before it, so that of one submission one letter waits, however often it was tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nats.errors import BadSubjectError

from shared.bus.connection import Bus, Message
from shared.bus.streams import DEAD
from shared.events import Unreadable, read_fact, read_submission
from shared.events.masked import id_known, subject_known, submitter_known
from shared.events.outgoing import Outgoing
from shared.events.refusals import reason
from shared.events.verdict import REUSED
from shared.identity.loading import PASS
from shared.pipeline.inlets import AGAIN, CUT, one_line
from shared.pipeline.provenance import FORGED
from shared.services import SERVICES

LETTERS = "dead.*.*.*"
OURS = ("Nats-", "lianban-")
"""What begins so was written at burying."""
AT_ONCE = 50
"""Letters in one request: with their bodies four MiB at most."""
IS_NUMBER = re.compile(r"[1-9][0-9]{0,15}").fullmatch
NEAR = 50
"""Messages before its mark among which a letter that failed anew may lie: the mark is written behind the driving."""


class LetterState(StrEnum):
    """What became of a letter; one that was closed and then driven after all is driven."""

    WAITING = "waiting"
    CLOSED = "closed"
    DRIVEN = "driven"


@dataclass(frozen=True, slots=True)
class Handled:
    """The letters that somebody has seen to, by number, and how many there are in all."""

    driven: frozenset[int]
    closed: frozenset[int]
    letters: int

    def state(self, sequence: int) -> LetterState:
        """Of one letter."""
        if sequence in self.driven:
            return LetterState.DRIVEN
        return LetterState.CLOSED if sequence in self.closed else LetterState.WAITING

    @property
    def counts(self) -> dict[LetterState, int]:
        """How many there are in each state."""
        waiting = max(0, self.letters - len(self.driven) - len(self.closed))
        return {
            LetterState.WAITING: waiting,
            LetterState.CLOSED: len(self.closed),
            LetterState.DRIVEN: len(self.driven),
        }


async def handled(bus: Bus) -> Handled:
    """All marks in one look; a mark outlives its letter, and then says nothing."""
    request = {"subjects_filter": "dead.*.*", "deleted_details": True}
    state = (await bus.api(f"STREAM.INFO.{DEAD.name}", request))["state"]
    marks: dict[str, int] = state.get("subjects") or {}
    gone = set(state.get("deleted") or ())
    there = range(int(state["first_seq"]), int(state["last_seq"]) + 1)
    seen: dict[str, set[int]] = {LetterState.DRIVEN: set(), LetterState.CLOSED: set()}
    for subject in marks:
        _, what, number = subject.split(".")
        if what in seen and int(number) in there and int(number) not in gone:
            seen[what].add(int(number))
    driven = frozenset(seen[LetterState.DRIVEN])
    closed = frozenset(seen[LetterState.CLOSED]) - driven
    return Handled(driven, closed, int(state["messages"]) - sum(marks.values()))


async def undriven(bus: Bus) -> int:
    """How many dead letters wait for somebody."""
    return (await handled(bus)).counts[LetterState.WAITING]


async def dead_letters(bus: Bus, limit: int, after: int = 0, state: LetterState | None = None) -> dict[str, Any]:
    """Dead letters of one state or of all, by number from the one behind `after` on, and how many there are of each."""
    seen = await handled(bus)
    found: list[Message] = []
    async for letter in _wanted(bus, seen, after, state):
        found.append(letter)
        if len(found) > limit:
            break
    items = [await _line(bus, letter, seen) for letter in found[:limit]]
    counts = {each.value: count for each, count in seen.counts.items()}
    return {"items": items, "next": items[-1]["id"] if len(found) > limit else None, "counts": counts}


async def dead_letter_at(bus: Bus, sequence: int) -> dict[str, Any] | None:
    """One dead letter, and what became of it; None when there is none of that number."""
    letter = await _letter(bus, sequence)
    return await _line(bus, letter, await handled(bus)) if letter else None


async def drive_again(bus: Bus, sequence: int) -> str | None:
    """Publishes a dead letter to its old subject once more; its subject, or None when there is no such letter.

    Nor is there when nothing can be published to the subject that it came by, or nobody had the right to.
    """
    letter = await _letter(bus, sequence)
    if letter is None or not _may_be_driven(letter):
        return None
    subject = letter.headers["lianban-subject"]
    headers = {name: value for name, value in letter.headers.items() if name == PASS or not name.startswith(OURS)}
    try:
        await bus.publish([Outgoing(subject, letter.body, {**headers, AGAIN: str(sequence)})])
    except BadSubjectError:
        return None
    await _mark(bus, LetterState.DRIVEN, sequence, b"")
    return subject


def _may_be_driven(letter: Message) -> bool:
    """Under a subject that is whole, and whoever sent it had the right to: driven it comes from the county itself."""
    return letter.headers.get("lianban-reason") != FORGED and not letter.headers["lianban-subject"].endswith(CUT)


async def close(bus: Bus, sequence: int, by: str, reason: str) -> bool:
    """Nothing more is done with a letter that waits: who says so, and why; False when there is none that waits."""
    letter = await dead_letter_at(bus, sequence)
    if letter is None or letter["state"] != LetterState.WAITING:
        return False
    await _mark(bus, LetterState.CLOSED, sequence, json.dumps({"by": by, "reason": reason}).encode())
    return True


async def _mark(bus: Bus, what: LetterState, sequence: int, body: bytes) -> None:
    await bus.publish([Outgoing(_subject(what, sequence), body, {"Nats-Msg-Id": f"{what}:{sequence}"})])


def _subject(what: LetterState, sequence: int) -> str:
    return f"dead.{what}.{sequence}"


async def _wanted(bus: Bus, seen: Handled, after: int, state: LetterState | None) -> AsyncIterator[Message]:
    """What was handled is known by its number; what waits is looked for among all."""
    if state in (LetterState.CLOSED, LetterState.DRIVEN):
        for sequence in sorted(seen.closed if state is LetterState.CLOSED else seen.driven):
            if sequence > after and (letter := await _letter(bus, sequence)):
                yield letter
        return
    async for letter in _all(bus, LETTERS, after):
        if state in (None, seen.state(letter.sequence)):
            yield letter


async def _all(bus: Bus, subject: str, after: int) -> AsyncIterator[Message]:
    while found := await bus.following(DEAD.name, subject, after, AT_ONCE):
        after = found[-1].sequence
        for letter in found:
            if letter.subject.split(".")[1] in SERVICES:
                yield letter


async def _letter(bus: Bus, sequence: int) -> Message | None:
    letter = await bus.next(DEAD.name, LETTERS, sequence - 1)
    return letter if letter and letter.sequence == sequence else None


async def _line(bus: Bus, letter: Message, seen: Handled) -> dict[str, Any]:
    _, service, slug, submitter = letter.subject.split(".")
    driven = await bus.last(DEAD.name, _subject(LetterState.DRIVEN, letter.sequence))
    closed = await bus.last(DEAD.name, _subject(LetterState.CLOSED, letter.sequence))
    return {
        "id": str(letter.sequence),
        "service": service,
        "reason": slug,
        "why": one_line(letter.headers),
        "why_zh": _in_chinese(letter, slug),
        "submitter": submitter_known(submitter),
        "subject": subject_known(letter.headers.get("lianban-subject", "")),
        "submission": id_known(letter.headers),
        "received": letter.received.isoformat(),
        "bytes": len(letter.body),
        "state": seen.state(letter.sequence).value,
        "may_be_driven": _may_be_driven(letter),
        "driven": driven.received.isoformat() if driven else None,
        "closed": {**json.loads(closed.body), "at": closed.received.isoformat()} if closed else None,
        "again": await _driven_from(bus, letter),
        "failed_again_as": await _failed_again_as(bus, letter, driven) if driven else None,
    }


def _in_chinese(letter: Message, slug: str) -> str:
    """What exactly is wrong with it, as it is read now; empty when that can be read, or is not about its content."""
    if slug == REUSED:
        return reason(REUSED)["zh"]
    subject = letter.headers.get("lianban-subject", "")
    read = read_fact if subject.startswith("fact.") else read_submission
    found = read(subject, letter.headers, letter.body) if slug == "unreadable" else None
    return found.others_zh if isinstance(found, Unreadable) else ""


async def _driven_from(bus: Bus, letter: Message) -> str | None:
    """The letter that this one came of: what its header says anybody could have written there himself."""
    named = letter.headers.get(AGAIN, "")
    before = await _letter(bus, int(named)) if IS_NUMBER(named) else None
    return named if before is not None and _is_same(before, letter) else None


def _is_same(before: Message, after: Message) -> bool:
    """The same content of the same submitter, at the same service."""
    ours, theirs = before.subject.split("."), after.subject.split(".")
    return (ours[1], ours[3]) == (theirs[1], theirs[3]) and before.body == after.body


async def _failed_again_as(bus: Bus, letter: Message, driven: Message) -> str | None:
    """The letter that came of driving this one: of the same submitter and service, and with the same content."""
    _, service, _, submitter = letter.subject.split(".")
    near = max(letter.sequence, driven.sequence - NEAR)
    async for other in _all(bus, f"dead.{service}.*.{submitter}", near):
        if other.headers.get(AGAIN) == str(letter.sequence) and _is_same(letter, other):
            return str(other.sequence)
    return None
