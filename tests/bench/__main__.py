"""`python -m tests.bench [--quick] [--pages | --documents] [--json FILE]`: measures, prints a table.

It ends with 1 when a figure is not right. With `LIANBAN_LONG=1` the long ledger has 10 million facts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import uvloop

from tests.bench.run import PARTS, progress, run
from tests.bench.scale import FULL, LONG, QUICK
from tests.bench.table import as_json, table


def main() -> int:
    """The servers' data lie in a temporary folder (TMPDIR says where), which is removed."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures Lianban on real servers.")
    asked.add_argument("--quick", action="store_true", help="one round with fewer messages")
    alone = asked.add_mutually_exclusive_group()
    for part, said in PARTS.items():
        alone.add_argument(f"--{part}", dest="part", action="store_const", const=part, help=f"only {said}")
    asked.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    chosen = asked.parse_args()
    scale = QUICK if chosen.quick else LONG if os.environ.get("LIANBAN_LONG") == "1" else FULL
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as folder:
        found = uvloop.run(run(scale, Path(folder), progress, chosen.part))
    print(table(found))
    if chosen.json and not chosen.part:
        chosen.json.write_text(json.dumps(as_json(found), indent=2) + "\n")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
