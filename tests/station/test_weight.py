"""The agent is light: what it loads, how soon it starts, how small it stays, and what its wheel holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from deploy.embedded.settings import ROOT

HEAVY = ("fastapi", "faststream", "motor", "pymongo", "structlog", "httpx", "typer", "rich", "cryptography", "PIL")


def test_the_agent_loads_nothing_heavy_starts_soon_and_stays_small() -> None:
    """Two seconds and 60 MB on one core, everything imported and the page made."""
    code = (
        "import sys, time; began = time.process_time()\n"
        "import services.station.cli, services.station.page.web\n"
        "services.station.page.web.PAGES.render('failed.html', code=0, title='', advice='')\n"
        "peak = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM:'))\n"
        "print(time.process_time() - began, int(peak) / 1024, *sys.modules)"
    )
    one_core = {min(os.sched_getaffinity(0))}
    done = subprocess.run(
        [sys.executable, "-c", f"import os; os.sched_setaffinity(0, {one_core})\n{code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes, *modules = done.stdout.split()
    assert not {name.split(".")[0] for name in modules} & set(HEAVY)
    assert float(seconds) < 2
    assert float(megabytes) < 60


def test_the_wheel_holds_the_agent_and_nothing_of_the_county(tmp_path: Path) -> None:
    """Built without a network; installed, it gives the command `station`."""
    command = (sys.executable, "-m", "uv", "build", "--wheel", "--offline", "--no-config", "-o", tmp_path, ROOT)
    subprocess.run(command, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as packed:
        names = packed.namelist()
        entry = packed.read(next(name for name in names if name.endswith("entry_points.txt"))).decode()
    assert "station = services.station.cli:main" in entry
    for needed in (
        "services/station/outbox/outbox.sql",
        "services/station/pages/home.html",
        "shared/pages/forms.html",
        "shared/pages/static/station.js",
    ):
        assert needed in names
    assert not [
        name for name in names if name.startswith(("deploy/", "tests/", "services/roster", "services/inspection"))
    ]
