"""`python -m tests.abuse.floods [--seconds N] [KIND ...]`: what everybody else notices while one station floods."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uvloop

from tests.abuse.floods.kinds import OVER_THE_BUS
from tests.abuse.floods.measured import Beside, flooded_county
from tests.abuse.floods.measuring import Waits
from tests.abuse.floods.over_http import OVER_HTTP

KINDS = (*OVER_THE_BUS, *OVER_HTTP)
WIDE = 36
AIM = 1.0
"""Seconds of another's verdict."""


def main() -> int:
    """Ends with 1 where another's verdict took longer than it may."""
    asked = argparse.ArgumentParser(prog="python -m tests.abuse.floods", description=__doc__)
    asked.add_argument("kinds", nargs="*", metavar="KIND", help=f"of: {', '.join(KINDS)}; all of them by default")
    asked.add_argument("--seconds", type=float, default=12.0, help="of each, calm and flooded")
    chosen = asked.parse_args()
    if wrong := set(chosen.kinds) - set(KINDS):
        asked.error(f"no such kind: {', '.join(sorted(wrong))}")
    with tempfile.TemporaryDirectory(prefix="lianban-floods-") as folder:
        return uvloop.run(table(Path(folder), chosen.kinds or KINDS, chosen.seconds))


async def table(folder: Path, kinds: Sequence[str], seconds: float) -> int:
    """A line as soon as it is measured; milliseconds."""
    print(f"{'ms: calm p50, p99; beside the flood p50, p99':<{WIDE}}")
    print(
        f"{'one station floods':<{WIDE}}{'sent':>9}{'another verdict':>30}{'photo':>30}{'light page':>30}{'MB left':>9}"
    )
    longest = 0.0
    async with flooded_county(folder) as county:
        for kind in kinds:
            found = await county.beside(kind, seconds)
            longest = max(longest, found.flooded.verdict.p99)
            print(_line(kind, found), flush=True)
    print(f"another's verdict p99, at most: {1000 * longest:,.0f} ms, aim {1000 * AIM:,.0f}")
    return int(longest > AIM)


def _line(kind: str, found: Beside) -> str:
    waits = "".join(_waits(calm) + _waits(flooded) for calm, flooded in zip(found.calm, found.flooded, strict=True))
    return f"{kind:<{WIDE}}{found.sent:>9,}{waits}{found.room_mb:>9.0f}"


def _waits(one: Waits) -> str:
    return f"{1000 * one.p50:>7,.0f}{1000 * one.p99:>8,.0f}"


if __name__ == "__main__":
    sys.exit(main())
