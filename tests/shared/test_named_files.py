"""What a document, a configuration or a docstring names of this project is there, also after a file has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT

FOLDERS = ("deploy", "docs", "requirements", "services", "shared")
WRITTEN = {"", ".conf", ".html", ".in", ".md", ".py", ".sh", ".toml", ".yml"}
LATER = {"deploy/secrets", "deploy/.env", "deploy/county.env"}
"""What is only there once somebody has made it."""
PATH = re.compile(rf"(?<![\w./<>*-])(?:tests|{'|'.join(FOLDERS)})/[\w./<>*{{}}-]*")
COMMAND = re.compile(r" -m ((?:deploy|services|shared|tests)(?:\.\w+)+)")


def texts() -> Iterator[tuple[str, str]]:
    """Every file that names others, and what it says; the change log speaks of the past, tests of what they make up."""
    within = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    for path in sorted((*ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml", *within)):
        name = path.relative_to(ROOT).as_posix()
        is_made = any(name == one or name.startswith(f"{one}/") for one in LATER) or "__pycache__" in name
        if path.is_file() and path.suffix in WRITTEN and name != "CHANGELOG.md" and not is_made:
            yield name, path.read_text(encoding="utf-8")


def named(text: str) -> Iterator[str]:
    """The paths in a text; of a pattern, the folder before its first `*`, `<` or `{`."""
    for found in PATH.findall(text):
        fixed = re.split(r"[<*{]", found)[0]
        yield fixed.rstrip("./->}") if fixed == found else fixed.rpartition("/")[0]


def is_later(name: str) -> bool:
    """Whether it is made by a start, or lies within what is."""
    return any(Path(name).is_relative_to(made) for made in LATER)


def missing(text: str) -> list[str]:
    """The files and the modules with a `__main__` that a text names and that are not there."""
    files = [name for name in named(text) if not is_later(name) and not (ROOT / name).exists()]
    modules = [ROOT / name.replace(".", "/") for name in COMMAND.findall(text)]
    lost = [one for one in modules if not (one.with_suffix(".py").exists() or (one / "__main__.py").exists())]
    return files + [str(one.relative_to(ROOT)) for one in lost]


def test_every_file_that_is_named_is_there() -> None:
    assert {name: lost for name, text in texts() if (lost := missing(text))} == {}


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("（shared/nowhere/streams.py）", ["shared/nowhere/streams.py"]),
        ("[compose](deploy/compose.yml), deploy/linxi/data and deploy/secrets", []),
        ("what the roster has in deploy/secrets/roster", []),
        ("services/<name>/model.py, shared/events/*.py; deploy/compose*.yml.", []),
        ("services/fifth/*.py", ["services/fifth"]),
        ("`python -m services.<name>` and `python -m deploy.linxi.figures`, or python -m deploy.grafana.", []),
        ("`python -m deploy.events`", ["deploy/events"]),
    ],
)
def test_what_is_not_there_is_found(text: str, lost: list[str]) -> None:
    assert missing(text) == lost
