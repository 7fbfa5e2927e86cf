"""The contract as one AsyncAPI 3 document: the system receives submissions, it sends verdicts and facts."""

from __future__ import annotations

from pydantic import BaseModel

from deploy.contract import beside
from deploy.contract.headers import DEAD_HEADERS, FACT_HEADERS, SUBMISSION_HEADERS, VERDICT_HEADERS
from deploy.contract.parts import addressed, answered_on, at, json_message, kept
from deploy.contract.published import VERDICT, Json, body_schema, published
from shared.bus.streams import SHARE, SUBSCRIPTIONS
from shared.events import Fact, Submission
from shared.events.outgoing import submission_subject
from shared.events.photos import MOST_KEPT, MOST_STORED, MOST_WHOLE
from shared.events.verdict import VerdictBody
from shared.services import TABLE

Event = type[Submission] | type[Fact]
DEAD = "dead-letter"
CONTRACT = "1.0.0"
INTRODUCTION = (
    "Stations, offices and the clock submit; services decide; what they decide are facts. "
    "CloudEvents 1.0 in binary mode on NATS JetStream: attributes are headers, the body is the data alone. "
    "A submission is durable when JetStream acknowledges it; (submitter, ce-id) never changes on resending. "
    f"Of one submitter {SHARE} may wait at a service to be decided, of all types together; one more is answered by "
    "error 10077, 'maximum messages per subject exceeded', as is everybody by 10167 while the stream is sent more than "
    "it can look at: send the same again shortly, and none to that service before it. A batch that is refused whole, "
    "for that or because too many are open (10176), may be sent one by one in its order. Over HTTP the same is 429, "
    "slow-down, with Retry-After. Of which type a submission is, its ce-type says. "
    "Photos are looked at in turn among their senders. Where the stream holds "
    f"{MOST_STORED} chunks one more is answered by error 10077, 'maximum messages exceeded': send it again shortly. "
    f"Of one sender {MOST_WHOLE} photos that are whole may wait, and {MOST_KEPT} chunks: beyond them a photo is "
    "answered slow-down or not at all, and is sent again from its first chunk."
)
PARAMETERS = {
    "submitter": "Code of the organisation that submits, `ce-source` of its submissions.",
    "organisation": "Code of the organisation concerned, `ce-subject` of the fact.",
    "submission": "The submission's `ce-id`.",
    "service": "The service that could not decide.",
    "reason": "Why: unreadable, id-reused, service-error, forged.",
    **beside.PARAMETERS,
}
HEADERS = {
    "submission-headers": SUBMISSION_HEADERS,
    "fact-headers": FACT_HEADERS,
    "verdict-headers": VERDICT_HEADERS,
    "dead-letter-headers": DEAD_HEADERS,
    **beside.HEADERS,
}


def document() -> Json:
    """The whole contract; the same registry and samples give the same document."""
    events: list[tuple[str, Event]] = [*sorted(Submission.registry.items()), *sorted(Fact.registry.items())]
    return {
        "asyncapi": "3.0.0",
        "info": _info(),
        "defaultContentType": "application/json",
        "servers": {"bus": _server()},
        "channels": {**{name: _channel(name, kind) for name, kind in events}, **_answers(), **beside.channels()},
        "operations": dict(_operation(name, kind) for name, kind in events) | _sent_answers() | beside.operations(),
        "components": {
            "schemas": HEADERS | _schemas(),
            "messages": {name: _message(name, kind) for name, kind in events} | _answer_messages() | beside.messages(),
            "parameters": {name: {"description": meaning} for name, meaning in PARAMETERS.items()},
        },
    }


def _info() -> Json:
    tags = [{"name": service.name, "description": service.owns} for service in TABLE]
    return {"title": "联办 Lianban", "version": CONTRACT, "description": INTRODUCTION, "tags": tags}


def _server() -> Json:
    return {
        "host": "nats.example.org:4222",
        "protocol": "nats",
        "description": "NATS with JetStream, over TLS. A station publishes submissions, photos and heartbeats under "
        "its own code, hears and looks up its own verdicts, and uses the inbox _INBOX_<code>; all else is denied. The "
        "server does not look at reply subjects: a verdict that is heard counts only when its ce-id names submitter "
        "and submission of its subject.",
        "security": [
            {
                "type": "asymmetricEncryption",
                "description": "A JWT and an NKEY (.creds): the station makes the key, sends its public part with a "
                "one-time code to POST /roster/api/enrolments and is given the JWT.",
            }
        ],
    }


def _schemas() -> Json:
    """Bodies and what they are made of, side by side, so that every reference is one within this document."""
    found: Json = {}
    for name, kind in sorted(published().items()):
        schema = body_schema(kind, ref_template="#/components/schemas/{model}")
        found |= schema.pop("$defs", {})
        found[name] = schema
    return dict(sorted(found.items()))


def _address(kind: type[BaseModel]) -> str:
    if issubclass(kind, Submission):
        return submission_subject(kind.service, kind.type, "{submitter}")
    return f"fact.{kind.type}.{{organisation}}" if issubclass(kind, Fact) else "verdict.{submitter}.{submission}"


def _channel(name: str, kind: type[BaseModel]) -> Json:
    return addressed(_address(kind), name, (kind.__doc__ or "").strip())


def _answers() -> Json:
    return {
        VERDICT: kept(_channel(VERDICT, VerdictBody)),
        DEAD: addressed("dead.{service}.{reason}.{submitter}", DEAD, "A message that could not be decided."),
    }


def _message(name: str, kind: Event) -> Json:
    submitted = issubclass(kind, Submission)
    fixed = {"ce-type": {"const": name}} | ({} if submitted else {"ce-source": {"const": kind.service}})
    headers = "submission-headers" if submitted else "fact-headers"
    return json_message(name, kind.__name__, headers, fixed) | {"tags": [{"name": kind.service}]}


def _answer_messages() -> Json:
    dead = {
        "name": DEAD,
        "title": "DeadLetter",
        "headers": {"$ref": "#/components/schemas/dead-letter-headers"},
        "payload": {"description": "The body as it came: it may be anything, also no JSON."},
    }
    return {VERDICT: json_message(VERDICT, VerdictBody.__name__, "verdict-headers", {}), DEAD: dead}


def _operation(name: str, kind: Event) -> tuple[str, Json]:
    action = "receive" if issubclass(kind, Submission) else "send"
    operation = at(name, action, _parties(kind)) | {"tags": [{"name": kind.service}]}
    if issubclass(kind, Submission):
        operation |= {"reply": answered_on(VERDICT), "x-committee-only": kind.committee_only}
        operation |= {"x-office": kind.office} if kind.office else {}
    return f"{action}-{name}", operation


def _sent_answers() -> Json:
    verdict = (
        "Produced by the service asked, once for each submission and again for each repeat; consumed by its submitter."
    )
    dead = "Produced by the service that could not decide; consumed by its operators, who may drive it again."
    return {"send-verdict": at(VERDICT, "send", verdict), "send-dead-letter": at(DEAD, "send", dead)}


def _parties(kind: Event) -> str:
    if issubclass(kind, Fact):
        followers = ", ".join(sorted(_followers(kind.type)))
        return f"Produced by {kind.service}; consumed by {followers}, and by whoever follows FACTS."
    return f"Produced by {_who_may(kind)}; consumed by {kind.service}."


def _who_may(kind: type[Submission]) -> str:
    if kind.committee_only:
        return "the county's joint committee or its clock"
    holder = f", or the holder of the office {kind.office}" if kind.office else ""
    return f"the organisation concerned, one above it in the tree{holder}"


def _followers(fact: str) -> set[str]:
    """The services whose subscription takes this fact."""
    return {
        subscription.name.removesuffix("-facts")
        for subscription in SUBSCRIPTIONS
        if subscription.brings(f"fact.{fact}.123456")
    }
