"""Tables of `docs/` that tests make: what is found is compared with what is written, or written anew.

LIANBAN_DOCS=write .venv/bin/python -m pytest -n0 tests/abuse/test_reads.py tests/abuse/test_writes.py
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from deploy.embedded.settings import ROOT

AGAIN = "LIANBAN_DOCS=write .venv/bin/python -m pytest -n0 tests/abuse/test_reads.py tests/abuse/test_writes.py"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """In Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_written(name: str, text: str) -> None:
    """`docs/<name>` says just this."""
    place = ROOT / "docs" / name
    if os.environ.get("LIANBAN_DOCS") == "write":
        place.write_text(text, encoding="utf-8")
    written = place.read_text(encoding="utf-8") if place.exists() else ""
    assert text.splitlines() == written.splitlines(), f"docs/{name} says otherwise; if it is right now: {AGAIN}"
