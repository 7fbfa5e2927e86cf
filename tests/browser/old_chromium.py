"""Chromium of 2019 and of 2020, as packages of npm hold them, driven by the DevTools protocol over two pipes.

Playwright speaks to none so old: it asks for what they do not know.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.embedded.settings import ROOT
from tests.wants import BROWSER, JAVASCRIPT, not_tried, wants

PACKAGES = ROOT / "tests/journeys/node_modules"
PATIENCE = 60.0
"""Seconds for one answer, on a machine that has other things to do."""
UNPACK = """const fs = require('fs'), zlib = require('zlib');
fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])), {mode: 0o755});"""
AS_3_AND_4 = """import os, sys
from fcntl import F_DUPFD, fcntl
ear, mouth = (fcntl(int(one), F_DUPFD, 10) for one in sys.argv[1:3])
os.dup2(ear, 3)
os.dup2(mouth, 4)
os.execv(sys.argv[3], sys.argv[3:])"""
"""A browser reads commands at 3 and answers at 4, whatever the numbers of the pipes are here."""
AS_EVER = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
    "--hide-scrollbars",
)


def unpacked(version: str, folder: Path) -> Path:
    """The program; its libraries are those of Debian's Chromium."""
    wants(BROWSER)
    wants(JAVASCRIPT)
    packed, program = PACKAGES / f"chromium-{version}/bin/chromium.br", folder / f"chromium-{version}"
    if not packed.exists():
        not_tried(f"{JAVASCRIPT.what} (`make test` installs its packages)")
    if not program.exists():
        subprocess.run(("node", "-e", UNPACK, packed, program), check=True, timeout=120)
    return program


class OldBrowser:
    """A process with one page at a time."""

    def __init__(self, process: subprocess.Popen[bytes], asks: int, answers: int) -> None:
        self._process, self._asks, self._answers = process, asks, answers
        self._buffer, self._last, self.session = b"", 0, ""
        self.wrong: list[str] = []
        """Errors of the console and of scripts, and what did not load, since they were last taken."""
        self._seen: list[str] = []

    def send(self, method: str, **what: Any) -> dict[str, Any]:
        """One command's answer."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": what}
        text = json.dumps({**message, "sessionId": self.session} if self.session else message)
        os.write(self._asks, text.encode() + b"\0")
        while True:
            heard = self._hears()
            if heard.get("id") == self._last:
                assert "error" not in heard, (method, heard["error"])
                found: dict[str, Any] = heard["result"]
                return found

    def _hears(self) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, until - time.monotonic()))
            assert ready, "the old browser does not answer"
            more = os.read(self._answers, 1 << 20)
            assert more, "the old browser has ended"
            self._buffer += more
        text, _, self._buffer = self._buffer.partition(b"\0")
        heard: dict[str, Any] = json.loads(text)
        self._notes(heard.get("method", ""), heard.get("params", {}))
        return heard

    def _notes(self, method: str, said: dict[str, Any]) -> None:
        self._seen.append(method)
        if method == "Runtime.exceptionThrown":
            self.wrong.append(said["exceptionDetails"].get("exception", {}).get("description", "an error"))
        elif method == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.wrong.append(said["entry"]["text"] + " " + said["entry"].get("url", ""))
        elif method == "Runtime.consoleAPICalled" and said["type"] in ("error", "assert"):
            self.wrong.append(str(said["args"]))
        elif method == "Network.responseReceived" and said["response"]["status"] >= 400:
            self.wrong.append(f"{said['response']['status']} {said['response']['url']}")

    def opens(self) -> None:
        """A page that is listened to."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def is_wide(self, width: int, height: int) -> None:
        """The size of the screen from here on."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def goes_to(self, address: str) -> None:
        """And waits until it is loaded."""
        self._seen.clear()
        found = self.send("Page.navigate", url=address)
        assert "errorText" not in found, found
        self.loads()

    def loads(self) -> None:
        """Waits for the next page."""
        while "Page.loadEventFired" not in self._seen:
            self._hears()

    def follows(self, script: str) -> None:
        """Does what leads to another page, and waits for it."""
        self._seen.clear()
        self.says(script)
        self.loads()

    def says(self, script: str) -> Any:
        """What an expression comes to."""
        found = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """An expression is true."""
        until = time.monotonic() + PATIENCE
        while not self.says(script):
            assert time.monotonic() < until, script
            time.sleep(0.02)

    def pictured(self, path: Path) -> None:
        """As it looks."""
        path.write_bytes(b64decode(self.send("Page.captureScreenshot")["data"]))

    def taken(self) -> list[str]:
        """What went wrong; from here on anew."""
        found, self.wrong = self.wrong, []
        return found


@contextmanager
def old_browser(program: Path) -> Iterator[OldBrowser]:
    """Ended with the block, with all that it started."""
    (its_ear, asks), (answers, its_mouth) = os.pipe(), os.pipe()
    with subprocess.Popen(
        (sys.executable, "-c", AS_3_AND_4, str(its_ear), str(its_mouth), program, *AS_EVER, "about:blank"),
        pass_fds=(its_ear, its_mouth),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        os.close(its_ear)
        os.close(its_mouth)
        browser = OldBrowser(process, asks, answers)
        try:
            browser.opens()
            yield browser
        finally:
            os.killpg(process.pid, 9)
            os.close(asks)
            os.close(answers)
