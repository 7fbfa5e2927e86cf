"""Nothing of a county is in the program: its names, codes and places are data, Linxi's lie in deploy/linxi alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from deploy.linxi.county import COUNTY, organisations, rows, villages

ROOT = Path(__file__).parents[2]
PROGRAM = ("shared", "services", "deploy")
"""Of these a county in containers and a station's package are made."""
OUTSIDE = (
    "deploy/linxi/",
    "deploy/commands/example.py",
    "deploy/embedded/demonstrated.py",
    "shared/events/samples/",
    "shared/events/asyncapi.json",
)
"""Linxi's own; which county runs where nobody names one, and what brings it as an example; messages that were really
sent, and where they are shown."""
TEXTS = {".py", ".html", ".css", ".js", ".yml", ".yaml", ".json", ".conf", ".sql", ".txt", ".md", ".toml", ".svg", ""}
SHORTEST = 3
"""Letters of a place's name that is looked for: what is shorter is a word of everybody's."""


def places() -> set[str]:
    """Everything that Linxi's files call by a name of its own."""
    named = {one.name for one in organisations()} | {one.name for one in villages()}
    named |= {value for row in rows("townships.csv") for key, value in row.items() if key == "name"}
    return {one for one in named if len(one) >= SHORTEST}


WORDS = ("林西", "赤峰", "大板", "chifeng", "linxi", "林政联", "林办发", COUNTY, *sorted(places()))
IS_OF_LINXI = re.compile("|".join(map(re.escape, WORDS)), re.IGNORECASE)


def files() -> list[Path]:
    """What is kept of the program, as git knows it, beside what is new."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *PROGRAM)
    asked = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    kept = (path for path in asked.stdout.splitlines() if not path.startswith(OUTSIDE))
    return [path for one in kept if (path := ROOT / one).suffix in TEXTS and path.is_file()]


def found_in(text: str) -> list[str]:
    """Which words of Linxi's stand in it."""
    return sorted({one.group() for one in IS_OF_LINXI.finditer(text)})


def test_nothing_of_linxi_is_in_the_program() -> None:
    read = files()
    assert len(read) > 800, "the control: the program was read"
    wrong = {str(one.relative_to(ROOT)): words for one in read if (words := found_in(one.read_text("utf-8")))}
    assert wrong == {}


@pytest.mark.parametrize(
    "text", ["林西县政务服务联合党委", "150424100202", "赤峰市", "Chifeng-good-person", "deploy.linxi", "大井镇"]
)
def test_the_words_are_looked_for(text: str) -> None:
    assert found_in(text)
