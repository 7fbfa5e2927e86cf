"""A test, or what it stands on, that waits for what never comes fails where it waits and holds no other one back."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WAITS = """
import asyncio, pytest_asyncio
from tests.conftest import _asyncio_loop_factory

@pytest_asyncio.fixture
async def never_there():
    await asyncio.Event().wait()
    yield

@pytest_asyncio.fixture
async def never_gone():
    yield
    await asyncio.Event().wait()

async def test_waits():
    await asyncio.Event().wait()

async def test_begins_never(never_there):
    pass

async def test_ends_never(never_gone):
    pass

async def test_ends():
    pass
"""
UNENDING = ["test_begins_never", "test_ends_never", "test_waits"]


def test_what_never_comes_is_waited_for_no_longer_than_said(tmp_path: Path) -> None:
    (tmp_path / "test_waiting.py").write_text(WAITS)
    command = (sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", "--rootdir", ROOT)
    asked = (*command, "-c", ROOT / "pyproject.toml", "-o", "timeout=3", tmp_path)
    ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert "1 failed, 2 passed, 2 errors" in ran.stdout, ran.stdout
    assert re.findall("^(?:ERROR|FAILED) test_waiting.py::(\\w+)", ran.stdout, re.M) == UNENDING
    assert ran.stdout.count(">       await asyncio.Event().wait()") == len(UNENDING)
