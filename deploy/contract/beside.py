"""What goes over the bus beside submissions, verdicts and facts: photos with their verdicts, and heartbeats."""

from __future__ import annotations

from deploy.contract.headers import PHOTO_HEADERS, PHOTO_VERDICT_HEADERS
from deploy.contract.parts import addressed, answered_on, at, json_message, kept
from deploy.contract.published import HEARTBEAT, HEARTBEAT_ANSWER, PHOTO_VERDICT, Json
from shared.events.heartbeats import Heartbeat, HeartbeatAnswer
from shared.events.photos import CHUNK, MOST_BYTES, MOST_HELD, MOST_PIXELS, PhotoVerdict

PHOTO = "photo"
HEADERS = {"photo-headers": PHOTO_HEADERS, "photo-verdict-headers": PHOTO_VERDICT_HEADERS}
PARAMETERS = {
    "station": "Code of the organisation that sends it.",
    "sha256": "SHA-256 of the whole photo, lower-case hex: events name it by this.",
    "chunk": "Number of the chunk, from 0 on.",
    "request": "Whatever the client makes the subject of its reply of.",
}
CHUNKS = (
    f"A JPEG or PNG of at most {MOST_BYTES} bytes, cut into chunks of at most {CHUNK} bytes, in any order. A JPEG has "
    f"{MOST_PIXELS // 10**6} million pixels at most; what is held whole while it is decoded, as a PNG or a progressive "
    f"JPEG is, no more than takes {MOST_HELD // 10**6} MB: a PNG of 20 million. JetStream "
    "acknowledges each; the whole is answered. Without Nats-Msg-Id: what was refused may be sent again at once."
)


def channels() -> Json:
    """Four more."""
    return {
        PHOTO: addressed("photo.{station}.{sha256}.{chunk}", PHOTO, CHUNKS),
        PHOTO_VERDICT: kept(addressed("verdict.{station}.{sha256}", PHOTO_VERDICT, _said(PhotoVerdict))),
        HEARTBEAT: addressed("heartbeat.{station}", HEARTBEAT, _said(Heartbeat)),
        HEARTBEAT_ANSWER: addressed("_INBOX_{station}.{request}", HEARTBEAT_ANSWER, _said(HeartbeatAnswer)),
    }


def operations() -> Json:
    """Who sends what to whom."""
    photo = "Produced by the organisation that inspected; consumed by inspection."
    verdict = "Produced by inspection when the photo is whole, and again when any of it is sent again."
    heartbeat = "Produced by every station each 30 seconds, as a request without JetStream; consumed by inspection."
    return {
        f"receive-{PHOTO}": at(PHOTO, "receive", photo) | {"reply": answered_on(PHOTO_VERDICT)},
        f"send-{PHOTO_VERDICT}": at(PHOTO_VERDICT, "send", verdict),
        f"receive-{HEARTBEAT}": at(HEARTBEAT, "receive", heartbeat) | {"reply": answered_on(HEARTBEAT_ANSWER)},
        f"send-{HEARTBEAT_ANSWER}": at(HEARTBEAT_ANSWER, "send", "Produced by inspection; consumed by the station."),
    }


def messages() -> Json:
    """A chunk is bytes, the rest is JSON."""
    chunk = {
        "name": PHOTO,
        "title": "PhotoChunk",
        "contentType": "application/octet-stream",
        "headers": {"$ref": "#/components/schemas/photo-headers"},
        "payload": {"description": f"1 to {CHUNK} bytes of the photo, as they are."},
    }
    return {
        PHOTO: chunk,
        PHOTO_VERDICT: json_message(PHOTO_VERDICT, PhotoVerdict.__name__, "photo-verdict-headers", {}),
        HEARTBEAT: _plain(HEARTBEAT, Heartbeat),
        HEARTBEAT_ANSWER: _plain(HEARTBEAT_ANSWER, HeartbeatAnswer),
    }


def _plain(name: str, kind: type[object]) -> Json:
    """Without headers."""
    message = json_message(name, kind.__name__, "", {})
    examples = [{key: value for key, value in one.items() if key != "headers"} for one in message["examples"]]
    return {**message, "headers": {"type": "object"}, "examples": examples}


def _said(kind: type[object]) -> str:
    return (kind.__doc__ or "").strip()
