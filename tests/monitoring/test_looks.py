"""What is looked up when Prometheus asks: whether a service reaches what it needs, and how much room its disk has."""

from __future__ import annotations

import shutil
from pathlib import Path

from prometheus_client import REGISTRY

from services.roster.gauges import disk
from shared.process.condition import NotDeciding
from shared.process.gauges import readiness


def ready() -> dict[str, float | None]:
    parts = ("bus", "database", "deciding")
    return {part: REGISTRY.get_sample_value("lianban_ready", {"part": part}) for part in parts}


async def test_a_part_that_does_not_answer_one_of_both_processes_is_not_there() -> None:
    async def frozen() -> dict[str, bool]:
        return {"bus": True, "database": False}

    async def stands_still() -> dict[str, bool]:
        raise NotDeciding

    await readiness(frozen)()
    assert ready() == {"bus": 1, "database": 0, "deciding": 1}
    await readiness(stands_still)()
    assert ready()["deciding"] == 0


async def test_the_disk_is_as_the_system_says(tmp_path: Path) -> None:
    await disk(tmp_path)()
    found = shutil.disk_usage(tmp_path)
    of = {"mountpoint": str(tmp_path)}
    assert REGISTRY.get_sample_value("lianban_disk_size_bytes", of) == found.total
    available = REGISTRY.get_sample_value("lianban_disk_available_bytes", of) or 0
    assert 0 < available < found.total
