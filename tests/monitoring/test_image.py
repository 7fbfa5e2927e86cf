"""What the images are built from, without an engine: a process starts with the files and packages of its own alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.container.processes import PROCESSES
from deploy.embedded.settings import ROOT

IN_IMAGE = Path(__file__).with_name("in_image.py")
COPIED = re.findall(r"^COPY (?!--)(\S+) ", (ROOT / "deploy" / "Dockerfile").read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders that the Dockerfile copies, and nothing beside them."""
    made = tmp_path_factory.mktemp("image")
    for folder in (ROOT / name for name in COPIED):
        if folder.is_dir():
            shutil.copytree(folder, made / folder.name, ignore=shutil.ignore_patterns("__pycache__", "secrets"))
    return made


def test_the_engine_is_sent_what_the_dockerfile_copies_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert {line[1:] for line in lines if line.startswith("!")} == {name.split("/")[0] for name in COPIED}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_of_an_image_lacks_no_file_and_no_package(tree: Path, name: str) -> None:
    """Without any setting each of them ends with a sentence, after everything was imported."""
    lock = ROOT / "requirements" / ("station.txt" if name == "station" else "service.txt")
    ran = subprocess.run(
        (sys.executable, IN_IMAGE, lock, PROCESSES[name].module),
        cwd=tree,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = ran.stdout + ran.stderr
    assert said
    assert "Traceback" not in said, said
