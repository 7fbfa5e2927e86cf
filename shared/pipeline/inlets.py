"""Where events come from: submissions, which are admitted and answered, or facts, which are only followed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from shared.bus.connection import Message
from shared.events import Event, EventData, Unreadable, read_fact, read_submission
from shared.events.envelope import Forged
from shared.events.masked import NOBODY, submitter_known
from shared.events.outgoing import LONGEST_SUBJECT, Outgoing
from shared.events.refusals import reason
from shared.events.refusals.sentences import InBoth
from shared.events.verdict import REUSED, verdict_body, verdict_headers, verdict_subject
from shared.identity.loading import PASS
from shared.pipeline.admission import TOO_OLD, admit, too_old
from shared.pipeline.corrections import grounds
from shared.pipeline.decisions import Refused, State
from shared.pipeline.ledger import FACTS, SUBMISSIONS, Entry, Received
from shared.pipeline.provenance import fetched_for, is_forged

AGAIN = "lianban-again"
"""The dead letter that a message was driven again from."""
IS_KNOWN_HEADER = re.compile(rf"ce-[a-z0-9]{{1,20}}|content-type|photo-chunks|{AGAIN}|{PASS}").fullmatch
NO_NAME = ("", "*", ">")
ROOM_FOR_HEADERS = 12 * 1024
"""Bytes of a dead letter: beside the largest body they fit its stream."""
CUT = "…"
"""Stands at the end of a subject that is not given whole."""


class Inlet(Protocol):
    """One kind of input."""

    @property
    def ledger(self) -> str:
        """The collection in which its events are entered."""

    def read(self, message: Message) -> Event[Any] | Unreadable:
        """The event in a message."""

    def admit(self, event: Event[Any], message: Message, state: State) -> Refused | None:
        """What is asked before the service's own rule."""

    def entry(self, event: Event[Any], message: Message) -> Received:
        """What the ledger keeps of an event before it is decided."""

    def answer(self, entry: Entry) -> Iterator[Outgoing]:
        """The verdict of an entry, if somebody waits for one."""

    def answer_unreadable(self, message: Message) -> Iterator[Outgoing]:
        """The verdict on something that could not be read."""

    def answer_reused(self, entry: Entry, message: Message, digest: str) -> Iterator[Outgoing]:
        """The verdict on another content, of that digest, under the id of an entry; then that of the entry again."""


@dataclass(frozen=True, slots=True)
class Submissions:
    """What stations, offices and the clock ask: each is answered under `verdict.<submitter>.<id>`."""

    service: str
    ledger: str = SUBMISSIONS

    def read(self, message: Message) -> Event[Any] | Unreadable:
        """The submission in a message, whoever it came from had the right to say it."""
        if is_forged(message):
            said = submitter_known(message.subject.split(".")[-1])
            return Forged(f"fetched for {fetched_for(message) or 'nobody'}, not for {said}")
        return read_submission(message.subject, message.headers, message.body)

    def admit(self, event: Event[Any], message: Message, state: State) -> Refused | None:
        """Known, entitled, at a possible time; what the county itself has brought in may be of any."""
        roster, allowed, received = state.roster, state.allowed, message.received
        no = admit(event, received, roster, self.service) or too_old(event, received, roster, allowed.oldest)
        is_loaded = no is not None and no.slug == TOO_OLD and allowed.was_loaded(message.headers, message.body)
        return None if is_loaded else no

    def entry(self, event: Event[Any], message: Message) -> Received:
        """The audit trail of one submission."""
        entry = _entry(event, message)
        entry["submitter"] = event.submitter
        if event.actor:
            entry["actor"] = event.actor
        if event.corrects:
            entry["corrects"] = event.corrects
            if said := grounds(event):
                entry["reason"] = said
        return entry

    def answer(self, entry: Entry) -> Iterator[Outgoing]:
        """The verdict as it stands in the ledger, the same at every repetition."""
        submitter, id = entry["_id"].split("/")
        facts = len(entry["facts"])
        body = verdict_body(id, entry["type"], entry["verdict"], entry["reasons"], facts, entry["digest"])
        headers = verdict_headers(self.service, submitter, id, entry["verdict"], entry["time"])
        yield Outgoing(verdict_subject(submitter, id), body, headers)

    def answer_unreadable(self, message: Message) -> Iterator[Outgoing]:
        """Told to the submitter when the id could be read."""
        no = self.read(message)
        if not isinstance(no, Unreadable) or not no.key:
            return
        why = [reason("unreadable", why=InBoth(no.zh, no.reason))]
        body = verdict_body(no.id, message.subject.split(".")[2], "unreadable", why, 0, no.digest)
        headers = verdict_headers(self.service, no.submitter, no.id, "unreadable", None)
        yield Outgoing(verdict_subject(no.submitter, no.id), body, headers)

    def answer_reused(self, entry: Entry, message: Message, digest: str) -> Iterator[Outgoing]:
        """In this order, so that whoever looks later finds the one that stands."""
        submitter, id = entry["_id"].split("/")
        body = verdict_body(id, message.subject.split(".")[2], "refused", [reason(REUSED)], 0, digest)
        headers = verdict_headers(self.service, submitter, id, "refused", None)
        yield Outgoing(verdict_subject(submitter, id), body, headers)
        yield from self.answer(entry)


@dataclass(frozen=True, slots=True)
class Facts:
    """What other services decided: taken as true, kept with its body so that everything can be recomputed."""

    ledger: str = FACTS

    def read(self, message: Message) -> Event[EventData] | Unreadable:
        """The fact in a message."""
        return read_fact(message.subject, message.headers, message.body)

    def admit(self, event: Event[Any], message: Message, state: State) -> Refused | None:
        """A fact is never refused: its service has decided."""
        return None

    def entry(self, event: Event[Any], message: Message) -> Received:
        """The fact itself, with the month in which it happened and the organisation's path then."""
        entry = _entry(event, message)
        entry["path"] = event.path
        if event.path.rpartition("/")[2] not in ("", event.organisation):
            entry["elsewhere"] = True
        entry["month"] = event.day.isoformat()[:7]
        entry["body"] = event.body.decode()
        return entry

    def answer(self, entry: Entry) -> Iterator[Outgoing]:
        """Nobody waits."""
        return iter(())

    def answer_unreadable(self, message: Message) -> Iterator[Outgoing]:
        """Nobody waits."""
        return iter(())

    def answer_reused(self, entry: Entry, message: Message, digest: str) -> Iterator[Outgoing]:
        """Nobody waits."""
        return iter(())


def _entry(event: Event[Any], message: Message) -> Received:
    return {
        "_id": event.key,
        "type": event.type,
        "organisation": event.organisation,
        "time": event.time.isoformat(),
        "happened": event.time,
        "received": message.received,
        "sequence": message.sequence,
        "digest": event.digest,
    }


def dead_letter(service: str, slug: str, why: str, message: Message, submitter: str = "") -> Outgoing:
    """What goes to DEAD: the message as it came, where it lay, and why it was not decided.

    Of its headers those that the contract knows, bounded, as its subject is: with any others it could not be published,
    or not read. A submitter that is no code is nobody known.
    """
    headers = _known(message.headers) | {
        "Nats-Msg-Id": f"dead:{message.stream}:{message.sequence}",
        "lianban-subject": _bounded(message.subject),
        "lianban-reason": slug,
        "lianban-why": json.dumps(why[:500]),
        "lianban-stream": f"{message.stream}:{message.sequence}",
    }
    return Outgoing(f"dead.{service}.{slug}.{NOBODY if submitter in NO_NAME else submitter}", message.body, headers)


def _bounded(subject: str) -> str:
    return subject if len(subject.encode()) <= LONGEST_SUBJECT else subject[: LONGEST_SUBJECT // 4] + CUT


def _known(headers: Mapping[str, str]) -> dict[str, str]:
    known, room = dict[str, str](), ROOM_FOR_HEADERS
    for name, value in headers.items():
        if IS_KNOWN_HEADER(name) and (size := len(name) + len(value.encode())) <= room:
            known[name] = value
            room -= size
    return known


def one_line(headers: Mapping[str, str]) -> str:
    """The reason a dead letter carries, as a sentence."""
    return str(json.loads(headers.get("lianban-why", '""')))
