"""`lianban --in containers restore` on the host: what the engine's servers refuse is said, and nothing stays of it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT

REFUSED = "The secrets are not complete: no setting names former.example: make up DROP_HOST=former.example"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engine on which the secrets refuse what was brought back; it notes what compose is asked to do."""
    place = tmp_path / "docker"
    said = json.dumps({"event": REFUSED, "level": "critical", "service": "secrets", "timestamp": "now"})
    place.write_text(
        f"""#!/bin/sh
[ "$1" = compose ] || exit 0
shift
while case $1 in -*|*/*) true;; *) false;; esac; do shift; done
case "$1" in
version|ps) exit;;
config) echo nats; echo mongo; echo roster; exit;;
logs) echo 'a line of a server'; echo '{said}'; exit;;
esac
echo "$*" >> {tmp_path}/done
[ "$1" != up ]
"""
    )
    place.chmod(0o755)
    (tmp_path / "county.env").write_text("COUNTY=123456\n")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("LIANBAN_SETTINGS", str(tmp_path / "county.env"))
    return tmp_path


def test_why_bus_and_database_did_not_start_is_said_with_what_to_type_now(engine: Path) -> None:
    words = ("restore", str(engine / "archive.age"), "--key", str(engine / "backup.key"))
    typed = (str(ROOT / "deploy" / "lianban.sh"), "--in", "containers", *words)
    ran = subprocess.run(typed, check=False, timeout=120, capture_output=True, text=True)
    assert ran.returncode == 1
    assert f"secrets: {REFUSED.replace('make up ', '')}" in ran.stderr
    assert "已写入的内容已清除" in ran.stderr
    done = (engine / "done").read_text()
    assert "up -d --wait nats mongo\n" in done
    assert "--step fill" not in done
    assert "--step clear" in done
