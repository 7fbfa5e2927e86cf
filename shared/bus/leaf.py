"""A township's own bus: by which names it and the county reach each other's streams."""

from __future__ import annotations

from typing import Any

from shared.bus.streams import DAY, SUBMISSIONS, VERDICTS
from shared.events.outgoing import submission_subject

COUNTY_DOMAIN = "county"
"""As `deploy/nats/server.conf` has it."""
KEPT = 14 * DAY
"""Seconds for which a township keeps what was submitted there: the line may be gone as long."""


def domain(township: str) -> str:
    """Under which the county reaches a township's streams."""
    return f"t-{township}"


def submissions_at(stations: list[str]) -> dict[str, Any]:
    """The township's stream of submissions, for its own stations only; called as the county's is.

    Without shares: it keeps what the county has decided too, and the county fetches no faster than it decides.
    """
    subjects = [submission_subject(submitter=code) for code in stations]
    no_shares = {"max_msgs_per_subject": -1, "discard_new_per_subject": False}
    return {**SUBMISSIONS.config(), **no_shares, "subjects": subjects, "max_age": KEPT * 1_000_000_000}


def verdicts_at(township: str, stations: list[str]) -> dict[str, Any]:
    """The township's stream of verdicts: copies of those of its own stations."""
    copied = [_source(VERDICTS.name, f"verdict.{code}.*", COUNTY_DOMAIN, township) for code in stations]
    return {name: value for name, value in VERDICTS.config().items() if name != "subjects"} | {"sources": copied}


def fetched_from(township: str, stations: list[str]) -> list[dict[str, Any]]:
    """What the county's stream takes from the township's: one source for each station, and nobody else's."""
    return [
        _source(SUBMISSIONS.name, submission_subject(submitter=code), domain(township), township) for code in stations
    ]


def is_from(source: dict[str, Any], township: str) -> bool:
    """Whether a source of the county's stream is this township's."""
    return bool(source.get("external", {}).get("api") == f"$JS.{domain(township)}.API")


def _source(stream: str, subject: str, at: str, township: str) -> dict[str, Any]:
    deliver = f"leaf.{domain(township)}.{stream.lower()}"
    return {"name": stream, "filter_subject": subject, "external": {"api": f"$JS.{at}.API", "deliver": deliver}}
