"""What each process may do on the bus, in one place; derived from the streams, consumers and events declared.

Rights are subjects: `publish` is what its holder may ask for or tell, `subscribe` what it may hear. Everybody hears
its own inbox (`_INBOX_<name>.>`) and nobody another's, so that answers reach who asked and no one else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.asks import published
from shared.asks.moments import MOMENTS
from shared.asks.patrolled import PATROLLED
from shared.asks.photos import PHOTOS_WAITING
from shared.asks.search import SEARCHES
from shared.bus.streams import (
    AUDIT,
    CONSUMERS,
    DEAD,
    FACTS,
    PEOPLE,
    PHOTOS,
    ROSTER,
    SESSIONS,
    STREAMS,
    SUBMISSIONS,
    SUBSCRIPTIONS,
    TOKENS_USED,
    VERDICTS,
)
from shared.events import Fact, Submission
from shared.events.outgoing import submission_subject
from shared.events.roster import PublishWorkingDays
from shared.services import SERVICES
from shared.todo.asking import TODO

STATION = "station"
"""The role of everybody who submits from outside; `{{name()}}` is the organisation's code in the station's JWT."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What one user may publish and subscribe to; `answers` allows a reply to whoever asked it something."""

    publish: tuple[str, ...]
    subscribe: tuple[str, ...] = ()
    answers: bool = False

    def permissions(self, name: str) -> dict[str, Any]:
        """As a JWT has them, with the user's own inbox."""
        allowed: dict[str, Any] = {
            "pub": {"allow": sorted(set(self.publish))},
            "sub": {"allow": [*self.subscribe, f"_INBOX_{name}.>"]},
        }
        return {**allowed, "resp": {"max": 1, "ttl": 10_000_000_000}} if self.answers else allowed


def submitted(submitter: str) -> Iterator[str]:
    """Each type by its name, for what a `*` lets a publisher write there may be a `>`; none that is the county's alone.

    The county has no station: what it alone may say fills no share of anybody else.
    """
    kinds = [kind for kind in Submission.registry.values() if not kind.committee_only]
    yield from (submission_subject(kind.service, kind.type, submitter) for kind in kinds)


STATIONS = Rights(
    publish=(
        *submitted("{{name()}}"),
        "photo.{{name()}}.*.*",
        "heartbeat.{{name()}}",
        f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{{{{name()}}}}.*",
    ),
    subscribe=("verdict.{{name()}}.*",),
)
"""Its own submissions, photos, heartbeat and verdicts, and nothing of anybody else's.

What a token holds no right can say but by its name: the two of a photo are looked at by whoever takes it.
"""

STATION_PAYLOAD = 128 * 1024
"""Bytes of one message of a station, twice what a stream takes: a larger one ends its connection."""

STATION_SUBSCRIPTIONS = 20
"""Of one connection of a station, ten times what its agent has."""
STATION_CONNECTIONS = 2_000
"""Of all stations together: however many somebody opens, the services' own and the bus's memory are not at stake."""

AS_CLIENT = {"allowed_connection_types": ["STANDARD"]}
"""Whoever submits from outside comes to the port of clients, also when the bus is told to listen at others."""

EXPORTS = (
    *((subject.split(".")[2], subject, "service") for subject in submitted("*")),
    ("photos", "photo.*.*.*", "service"),
    ("heartbeats", "heartbeat.*", "service"),
    ("verdict-look-ups", f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.*.*", "service"),
    ("verdicts", "verdict.*.*", "stream"),
)
"""What the county's account offers to the stations': a service answers, a stream is only heard."""


SIGNED_OUT, PERSONS_OUT = SESSIONS.subjects
"""Each service ends the session of whoever signs out there; all of a person's the roster alone, which has accounts."""


def _asks(service: str) -> Rights:
    """Services ask one another what waits for whoever is signed in, and what they keep under some words.

    Each answers for itself alone.
    """
    asked = [(name, one.subject) for each in (TODO, SEARCHES, MOMENTS, published.ASKS) for name, one in each.items()]
    others, own = (tuple(subject for name, subject in asked if (name == service) is mine) for mine in (False, True))
    return Rights(others, own, answers=True)


def _looks() -> Iterator[str]:
    """Whether everything is decided: how far each consumer is, and the last message of its stream."""
    yield from (f"$JS.API.CONSUMER.INFO.{one.stream}.{one.name}" for one in SUBSCRIPTIONS)
    yield from (f"$JS.API.STREAM.MSG.GET.{name}" for name in sorted({one.stream for one in SUBSCRIPTIONS}))


def _consumes(service: str) -> Iterator[str]:
    """Its own places in the streams: made, reset, pulled from, acknowledged, trimmed behind; what waits there.

    Also which stream each is, for it may be another than before.
    """
    for one in CONSUMERS:
        if one.name.startswith(f"{service}-"):
            for verb in ("CREATE", "RESET", "INFO", "MSG.NEXT"):
                yield f"$JS.API.CONSUMER.{verb}.{one.stream}.{one.name}"
            yield f"$JS.ACK.{one.stream}.{one.name}.>"
            yield f"$JS.API.DIRECT.GET.{one.stream}"
            yield f"$JS.API.STREAM.INFO.{one.stream}"
            if one.trims:
                yield f"$JS.API.STREAM.PURGE.{one.stream}"


def _decides(service: str) -> Iterator[str]:
    """What comes of deciding: its own facts, verdicts and dead letters; and what its pages and its clock submit."""
    yield submission_subject(service)
    yield from (f"fact.{kind.type}.*" for kind in Fact.registry.values() if kind.service == service)
    yield "verdict.*.*"
    yield f"audit.{service}.*"
    yield f"dead.{service}.*.*"
    yield from (SIGNED_OUT, *TOKENS_USED.subjects)
    yield from (f"$JS.API.DIRECT.GET.{stream.name}" for stream in STREAMS if stream not in (DEAD, PHOTOS, AUDIT))
    yield from (f"$JS.API.STREAM.MSG.GET.{stream.name}" for stream in (ROSTER, PEOPLE, SESSIONS))


def _declares() -> Iterator[str]:
    """Set-up makes streams and consumers as declared, never with fewer copies, and reads no message of them."""
    for stream in STREAMS:
        yield from (f"$JS.API.STREAM.{verb}.{stream.name}" for verb in ("CREATE", "UPDATE", "INFO"))
    yield from (f"$JS.API.CONSUMER.CREATE.{one.stream}.{one.name}" for one in CONSUMERS)


MAKES_DAYS_OFF_KNOWN = (
    submission_subject(PublishWorkingDays.service, PublishWorkingDays.type),
    f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.*.*",
)
"""`deploy.setup.calendar` submits a year's notice and reads what the roster said to it."""

LOOKS_AFTER = (
    *(f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS),
    *(f"$JS.API.CONSUMER.INFO.{one.stream}.{one.name}" for one in CONSUMERS),
)
"""How full each stream is and how far each consumer: feedback's page of the system's condition asks all of them."""

COPIES = (
    *(f"$JS.API.STREAM.{verb}.{stream.name}" for stream in STREAMS for verb in ("SNAPSHOT", "RESTORE")),
    *(f"$JS.SNAPSHOT.{part}.{stream.name}.>" for stream in STREAMS for part in ("ACK", "RESTORE")),
)
"""A backup has each stream handed out as a whole and, on a bus that has none of that name, takes it back."""

DRIVES_AGAIN = (
    *SUBMISSIONS.subjects,
    *FACTS.subjects,
    f"$JS.API.DIRECT.GET.{DEAD.name}",
    "dead.driven.*",
    "dead.closed.*",
)
"""Dead letters are driven again or closed from feedback's page: to the subject under which they came."""

BESIDE = {
    "roster": Rights((*(subject.replace(">", "*") for subject in (*ROSTER.subjects, *PEOPLE.subjects)), PERSONS_OUT)),
    "inspection": Rights(("photo.*.*.*",), subscribe=("heartbeat.*", PATROLLED.subject, PHOTOS_WAITING.subject)),
    "feedback": Rights((*DRIVES_AGAIN, *LOOKS_AFTER, PATROLLED.subject, PHOTOS_WAITING.subject)),
}
"""What a service may beside what each of them may."""


def _service(service: str) -> Rights:
    own, asks = BESIDE.get(service, Rights(())), _asks(service)
    publish = (*_looks(), *_consumes(service), *_decides(service), *own.publish, *asks.publish)
    return Rights(publish, (*own.subscribe, *asks.subscribe), asks.answers)


COUNTY = {
    **{service: _service(service) for service in SERVICES},
    "setup": Rights((*_declares(), *MAKES_DAYS_OFF_KNOWN)),
    "backup": Rights((*_looks(), *LOOKS_AFTER, *COPIES)),
    "import": Rights(
        (*_looks(), *SUBMISSIONS.subjects, f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.>"), subscribe=("verdict.*.*",)
    ),
}
"""The users of the county's account, by name."""

SYSTEM_USER = "roster-system"


def system(stations: str) -> Rights:
    """The roster tells the server which keys of the stations' account are revoked, and asks what it holds."""
    return Rights(("$SYS.REQ.CLAIMS.UPDATE", f"$SYS.REQ.ACCOUNT.{stations}.CLAIMS.LOOKUP"))
