"""Logs are JSON, one line an event, on standard output; no personal data, no bodies, nothing that a sender named.

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
from structlog.typing import Processor

from shared.bus.connection import Message
from shared.events.masked import subject_known, submission_known, type_known
from shared.failures import steps
from shared.pipeline.ledger import Entry
from shared.pipeline.outcomes import Committed, is_dead
from shared.process.lines import only_json

Level = Literal["debug", "info", "warning", "error"]
PROCESSORS: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.ExceptionRenderer(steps),
    structlog.processors.JSONRenderer(ensure_ascii=False),
)

log = structlog.get_logger()


def log_as_json(service: str, level: Level = "info") -> None:
    """Every line of this process carries the service's name; libraries speak from WARNING up, in the same form."""
    only_json(service, sys.stdout)
    structlog.configure(
        processors=PROCESSORS,
        # One write a line: two processes share the output.
        logger_factory=structlog.WriteLoggerFactory(),
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
            say(entry["verdict"], submission=submission_of(entry), type=type_known(entry["type"]), reasons=reasons)
    for message, outcome in zip(messages, committed.outcomes, strict=True):
        if is_dead(outcome):
            named, subject = submission_known(message.headers), subject_known(message.subject)
            log.warning("dead", submission=named, subject=subject, reason=outcome.slug)


def submission_of(entry: Entry) -> str:
    """The submission from which everything followed: a fact's id is `<service>/<submission>/<n>`."""
    id = entry["_id"]
    return id if id.count("/") == 1 else "/".join(id.split("/")[1:3])
