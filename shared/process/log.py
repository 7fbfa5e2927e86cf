"""Logs are JSON, one line an event, on standard output; no personal data, no bodies.

| level | means |
| --- | --- |
| debug | a submission was accepted, a fact was followed |
| info | a submission was refused; the process does something new |
| warning | something is away and is waited for; a message went to DEAD |
| error | a rule or a page failed: somebody has to look |
| critical | the process ends itself |

A line about a submission carries `submission` (`<submitter>/<id>`), the same in every service that its facts reach.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Literal

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import Processor

from shared.bus.connection import Message
from shared.pipeline.ledger import Entry
from shared.pipeline.outcomes import Committed, is_dead

Level = Literal["debug", "info", "warning", "error"]
BEFORE: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
)
JSON = structlog.processors.JSONRenderer(ensure_ascii=False)

log = structlog.get_logger()


def log_as_json(service: str, level: Level = "info") -> None:
    """Every line of this process carries the service's name; libraries speak from WARNING up, in the same form."""
    handler = logging.StreamHandler(sys.stdout)
    after: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, JSON]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=after, foreign_pre_chain=BEFORE))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    structlog.configure(
        processors=[*BEFORE, JSON],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
    )
    structlog.contextvars.bind_contextvars(service=service)


def tell(messages: Sequence[Message], committed: Committed) -> None:
    """What became of a batch: a line for each message that is decided for the first time, or dead."""
    everything = log.is_enabled_for(logging.DEBUG)
    for entry in committed.entered:
        refused = entry["verdict"] == "refused"
        if refused or everything:
            say = log.info if refused else log.debug
            reasons = [reason["slug"] for reason in entry["reasons"]]
            say(entry["verdict"], submission=submission_of(entry), type=entry["type"], reasons=reasons)
    for message, outcome in zip(messages, committed.outcomes, strict=True):
        if is_dead(outcome):
            log.warning("dead", submission=_named_in(message), subject=message.subject, reason=outcome.slug)


def _named_in(message: Message) -> str:
    named = message.headers
    return named.get("ce-cause") or f"{named.get('ce-source', '')}/{named.get('ce-id', '')}"


def submission_of(entry: Entry) -> str:
    """The submission from which everything followed: a fact's id is `<service>/<submission>/<n>`."""
    id = entry["_id"]
    return id if id.count("/") == 1 else "/".join(id.split("/")[1:3])
