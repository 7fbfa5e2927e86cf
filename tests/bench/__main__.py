"""`python -m tests.bench [--quick] [--pages] [--json FILE]`: measures, prints a table; 1 when a figure is not right."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.bench.run import progress, run
from tests.bench.scale import FULL, QUICK
from tests.bench.table import as_json, table


def main() -> int:
    """The servers' data lie in a temporary folder (TMPDIR says where), which is removed."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures Lianban on real servers.")
    asked.add_argument("--quick", action="store_true", help="one round with fewer messages")
    asked.add_argument("--pages", action="store_true", help="only how long people wait for their first pages")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as folder:
        found = uvloop.run(run(QUICK if chosen.quick else FULL, Path(folder), progress, chosen.pages))
    print(table(found))
    if chosen.json and not chosen.pages:
        chosen.json.write_text(json.dumps(as_json(found), indent=2) + "\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
