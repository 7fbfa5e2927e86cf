"""By which way a submission came: what the county's own server wrote of it when it fetched it from another bus.

Of each station of a township with a bus of its own the county fetches by a source of its own, and the server notes in a
header the filter of that source. Whoever runs that bus can have it stored under any subject: only the note is the
county's own. What was published here directly bears none, and is under its publisher's rights.
"""

from __future__ import annotations

from shared.bus.connection import Message

CAME_BY = "Nats-Stream-Source"
"""`<stream> <sequence> <filter> <renamed to> <subject>`, perhaps with more behind it."""
FORGED = "forged"


def fetched_for(message: Message) -> str:
    """The station for which it was fetched; empty where the note names none."""
    noted = message.headers.get(CAME_BY, "").split()
    return noted[2].split(".")[-1] if len(noted) > 2 else ""


def is_forged(message: Message) -> bool:
    """Whether it was fetched for another than its subject says; of what was published here there is no doubt."""
    return CAME_BY in message.headers and fetched_for(message) != message.subject.split(".")[-1]
