"""Why a process of a county in containers did not start, in its own words: compose says only that it ended."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator


def now() -> str:
    """The present moment, as an engine is asked for what was said since."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def logs_since(moment: str) -> tuple[str, ...]:
    """What compose is asked for, for `last_words`."""
    return ("logs", "--no-color", "--no-log-prefix", "--since", moment)


def last_words(logs: str) -> list[str]:
    """The sentence with which each process ended that could not go on, once."""
    return sorted({f"{one['service']}: {one['event']}" for one in _lines(logs) if one.get("level") == "critical"})


def _lines(text: str) -> Iterator[dict[str, str]]:
    for line in text.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and {"service", "event"} <= found.keys():
            yield found
