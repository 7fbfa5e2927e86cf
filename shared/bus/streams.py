"""Every stream, consumer and bucket of the bus, declared here and nowhere else.

`deploy.setup` creates or updates them; a running service only makes its own consumer again when somebody deleted it.
Durations are nanoseconds on the wire, seconds here; sizes are bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shared.bus.shares import KEPT_TOGETHER
from shared.events.outgoing import submission_subject
from shared.events.photos import MOST_STORED
from shared.services import EVERY_FACT, SERVICES, TABLE, listed

SECOND = 1_000_000_000
DAY = 24 * 3600
BATCH = 800
"""Submissions a service takes at once, so that their facts fit one atomic batch; followers take the facts of two."""
UNACKNOWLEDGED = 6 * BATCH
"""Three batches of facts: one is told, one decided, one on its way."""
ACK_WAIT = 30
SHARE = 50
"""Submissions of one submitter, of all types together, that may wait at a service; it goes on as they are decided."""
MIB = 1024 * 1024
WORKING_DAY = 10 * 3600
"""Seconds after which a person signs in again."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A JetStream stream; refuses new messages when full rather than forgetting old ones, unless said."""

    name: str
    subjects: tuple[str, ...]
    max_bytes: int
    max_message: int
    max_age: int = 0
    more: dict[str, Any] = field(default_factory=dict)
    is_limited: bool = True
    """Else `max_bytes` is what there should be room for: the server refuses nothing at it."""

    def room(self, config: Mapping[str, Any]) -> int:
        """Bytes to stay below: its limit in the configuration at the server, its own figure where that has none."""
        limit = int(config["max_bytes"])
        return limit if limit > 0 else self.max_bytes

    def with_room(self, times: float) -> Stream:
        """The same, with so many times its limit."""
        return replace(self, max_bytes=int(self.max_bytes * times))

    def kept_for(self, days: int) -> Stream:
        """The same, keeping what nobody has taken out for so many days."""
        return replace(self, max_age=days * DAY)

    def config(self, copies: int = 1) -> dict[str, Any]:
        """The configuration as the server's API takes it; so many servers keep it, and its consumers with it."""
        return {
            "name": self.name,
            "subjects": list(self.subjects),
            "retention": "limits",
            "storage": "file",
            "discard": "new",
            "max_bytes": self.max_bytes if self.is_limited else -1,
            "max_msg_size": self.max_message,
            "max_age": self.max_age * SECOND,
            "duplicate_window": 120 * SECOND,
            "allow_direct": True,
            "allow_atomic": True,
            "num_replicas": copies,
            **self.more,
        }


@dataclass(frozen=True, slots=True)
class Subscription:
    """A durable pull consumer: a service's place in a stream, moved on a batch at a time by its last message.

    What lies behind the place of one that `trims` is removed from the stream. Its filters end in `>`: whoever publishes
    may have written a `>` where a token should stand, and that is neither handed out nor trimmed by a filter of `*`s.
    """

    stream: str
    name: str
    filters: tuple[str, ...]
    batch: int
    trims: bool = False

    def config(self) -> dict[str, Any]:
        """The configuration as the server's API takes it."""
        return {
            "durable_name": self.name,
            "deliver_policy": "all",
            "ack_policy": "all",
            "ack_wait": ACK_WAIT * SECOND,
            "max_deliver": -1,
            "max_ack_pending": UNACKNOWLEDGED,
            "filter_subjects": list(self.filters),
            "replay_policy": "instant",
        }

    def brings(self, subject: str) -> bool:
        """Whether a message under this subject comes to it."""
        return any(subject.startswith(everything.removesuffix(">")) for everything in self.filters)


SUBMISSIONS = Stream(
    "SUBMISSIONS",
    tuple(submission_subject(service) for service in SERVICES),
    max_bytes=2048 * MIB,
    max_message=64 * 1024,
    # Shares bound it: all of a county's hundred and fifty organisations fill less. With a limit of its own beside them
    # nats-server 2.15.1 counts one subject's messages for another's: it stores some batches of several submitters in
    # part, once a share is used up, and never answers them.
    is_limited=False,
    # A service may stand still as long, a holiday and the repair behind it; there is an alert at half of it. Unless
    # set-up is told otherwise (SUBMISSIONS_DAYS).
    max_age=30 * DAY,
    # `discard: new`: whoever has used up a share is told so at once, and nobody else is.
    more={"max_msgs_per_subject": SHARE, "discard_new_per_subject": True, "subject_transform": KEPT_TOGETHER},
)
FACTS = Stream("FACTS", ("fact.*.*",), max_bytes=4096 * MIB, max_message=64 * 1024)
VERDICTS = Stream(
    "VERDICTS",
    ("verdict.*.*",),
    max_bytes=1024 * MIB,
    max_message=64 * 1024,
    max_age=90 * DAY,
    more={"max_msgs_per_subject": 1, "discard": "old"},
)
DEAD = Stream(
    "DEAD",
    ("dead.>",),
    max_bytes=512 * MIB,
    max_message=80 * 1024,
    max_age=365 * DAY,
    # Nobody can fill it: the thousand last letters of a submitter for each reason, and no service waits for room.
    more={"max_msgs_per_subject": 1000, "discard": "old"},
)
ROSTER = Stream(
    "KV_roster",
    ("$KV.roster.>",),
    max_bytes=512 * MIB,
    max_message=64 * 1024,
    more={"max_msgs_per_subject": 1, "allow_rollup_hdrs": True, "deny_delete": True, "allow_atomic": False},
)
PEOPLE = Stream(
    "KV_people",
    ("$KV.people.>",),
    max_bytes=128 * MIB,
    # The persons and posts of one organisation, as many as the roster's rules allow of each.
    max_message=256 * 1024,
    more={"max_msgs_per_subject": 1, "allow_rollup_hdrs": True, "deny_delete": True, "allow_atomic": False},
)
PHOTOS = Stream(
    "PHOTOS",
    ("photo.*.*.*",),
    max_bytes=2048 * MIB,
    max_message=64 * 1024,
    max_age=7 * DAY,
    # What was refused because it came damaged is sent again at once, and is then no repeat.
    # Each is on the disk before the next is looked at or any is handed out: everybody waits for as many, and no more.
    more={"duplicate_window": SECOND // 10, "max_msgs": MOST_STORED},
)
SESSIONS = Stream(
    "KV_sessions",
    ("$KV.sessions.*", "$KV.sessions.of.*"),
    max_bytes=32 * MIB,
    max_message=1024,
    # Whoever signed out, and by person which sessions are over; longer than anybody is signed in.
    max_age=WORKING_DAY + 3600,
    more={"max_msgs_per_subject": 1, "discard": "old", "allow_rollup_hdrs": True, "allow_atomic": False},
)
TOKENS_USED = Stream(
    "KV_tokens_used",
    ("$KV.tokens_used.*.*",),
    max_bytes=32 * MIB,
    max_message=1024,
    max_age=400 * DAY,
    more={"max_msgs_per_subject": 1, "discard": "old", "allow_rollup_hdrs": True, "allow_atomic": False},
)
AUDIT = Stream(
    "AUDIT",
    ("audit.*.*",),
    max_bytes=256 * MIB,
    max_message=8 * 1024,
    # Until the roster has kept it, which may stand still for a holiday and the repair behind it.
    max_age=90 * DAY,
    more={"allow_atomic": False},
)
STREAMS = (SUBMISSIONS, FACTS, VERDICTS, DEAD, ROSTER, PEOPLE, PHOTOS, SESSIONS, TOKENS_USED, AUDIT)


def submissions_to(service: str) -> Subscription:
    """What stations, offices and the clock ask of a service."""
    return Subscription("SUBMISSIONS", f"{service}-submissions", (f"submit.{service}.>",), BATCH, trims=True)


def facts_for(service: str) -> Subscription:
    """The facts that a service follows."""
    filters = tuple("fact.>" if name in EVERY_FACT else f"fact.{name}.>" for name in listed(service).follows)
    return Subscription("FACTS", f"{service}-facts", filters, 2 * BATCH)


SUBSCRIPTIONS = (
    *(submissions_to(service) for service in SERVICES),
    *(facts_for(one.name) for one in TABLE if one.follows),
)
"""What is decided and followed: the clock waits until nothing is left of it."""
PHOTO_CHUNKS = Subscription("PHOTOS", "inspection-photos", ("photo.>",), batch=64, trims=True)
"""Photos arrive beside it, a batch of 3 MiB at a time: nothing waits for them."""
AUDIT_LINES = Subscription("AUDIT", "roster-audit", ("audit.>",), batch=200, trims=True)
"""What was done, on its way to where it is kept."""
CONSUMERS = (*SUBSCRIPTIONS, PHOTO_CHUNKS, AUDIT_LINES)
