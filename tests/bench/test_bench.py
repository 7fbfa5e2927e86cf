"""The bench measures: no figure is asked for here, for the machine may be busy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from deploy.embedded.settings import ROOT


def test_the_quick_bench_ends_with_figures_that_are_right(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    ended = subprocess.run(
        (sys.executable, "-m", "tests.bench", "--quick", "--json", figures),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = json.loads(figures.read_text())
    for way in ("batched", "stations", "ordinary", "ratio"):
        assert found[way]["median"] > 0
    for group in ("ceilings", "latency_ms", "peak_mb"):
        assert all(value > 0 for value in found[group].values())
    assert found["steps"].keys() == {"inspection", "feedback"}
    for when in ("quiet", "busy"):
        assert all(took["pages"] > 0 < took["p95"] for took in found["first_pages_ms"][when].values())
    assert all(one["documents"] == 46 and one["page_ms"] > 0 for one in found["documents"])
    assert [one["cpu"] > 0 for one in found["added"]] == [True, True]
    assert found["faults"] == []
