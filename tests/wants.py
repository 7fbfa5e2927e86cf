"""What some tests want of the machine: without it they are not tried, which is told at the end, and fail in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from ctypes import CDLL
from typing import NamedTuple, NoReturn

import pytest

from deploy.embedded.settings import ROOT


class Want(NamedTuple):
    """Programs, and what cannot be tried without them."""

    what: str
    programs: tuple[str, ...]
    library: str | None = None

    @property
    def missing(self) -> list[str]:
        """What of it is not there."""
        programs = [program for program in self.programs if shutil.which(program) is None]
        return [*programs, self.library] if self.library and not _is_there(self.library) else programs


def _is_there(library: str) -> bool:
    try:
        CDLL(library)
    except OSError:
        return False
    return True


BROWSER = Want("浏览器中的页面 the pages in a browser", ("chromium",), "libatomic.so.1")
ALERTS = Want("告警规则与看板 alert rules and dashboards", ("promtool", "prometheus"))
ALERTMANAGER = Want("告警消息 messages of alerts", ("prometheus-alertmanager", "amtool"))
EXPORTER = Want("服务器的告警 alerts of the machine", ("prometheus-node-exporter",))
EDITED = Want("可以编辑的文档 documents to be edited", ("soffice",))
JAVASCRIPT = Want("JavaScript站点 a station in JavaScript", ("node", "npm"))


def wants(want: Want) -> None:
    """The test goes on only where all of it is there."""
    if want.missing:
        not_tried(f"{want.what} ({', '.join(want.missing)})")


def not_tried(why: str) -> NoReturn:
    """Nothing is left out without a word, and in CI nothing is left out."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing: {why}")
    pytest.skip(why)


def chromium() -> str:
    """Where the browser is: Debian's Chromium, driven by Playwright."""
    wants(BROWSER)
    return shutil.which("chromium") or ""


def tells_what_was_not_tried(reasons: Sequence[str]) -> None:
    """Each reason with how many tests it kept away; what the machine lacks, and what to type, its script says."""
    if not reasons:
        return
    print("没有试 Not tried:")
    for reason, count in Counter(reasons).items():
        print(f"{count:5} × {reason.removeprefix('Skipped: ')}", flush=True)
    subprocess.run(("sh", "deploy/machine.sh", "test"), env={**os.environ, "INSTALL": "0"}, cwd=ROOT, check=False)
