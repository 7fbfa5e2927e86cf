"""Which county the containers serve is typed once: what is typed afterwards needs no word of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_first_make_up_notes_the_county_and_no_later_one_changes_it(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path)
    typed = (("up", "COUNTY=150423"), ("up",), ("up", "COUNTY=150424"))
    outside = {name: value for name, value in os.environ.items() if name != "COUNTY"}
    for words in typed:
        command = ("make", "-s", "COMPOSE=true", *words)
        subprocess.run(command, cwd=tmp_path, env=outside, check=True, timeout=120, stdout=subprocess.DEVNULL)
        assert (tmp_path / "deploy" / ".env").read_text() == "COUNTY=150423\n"
