"""What a person types on a station's PC, and a roster that answers it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

from services.station.cli import main
from services.station.folder import Folder
from tests.station.agents import STATION
from tests.station.serving import serving

ENROLLED = {
    "station": STATION,
    "name": "测试村",
    "jwt": "a.b.c",
    "bus": ["tls://127.0.0.1:4222"],
    "ca": "-----BEGIN CERTIFICATE-----",
    "token": "a token",
}


@contextmanager
def roster(*answers: tuple[int, object], replaces: str | None = None) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Answers enrolments in turn, and looks with since when a PC would be replaced; its address, what it was asked."""
    asked: list[dict[str, str]] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path.endswith("/look"):
                self._answer(200, {"station": STATION, "name": "测试村", "replaces": replaces})
                return
            asked.append(body | {"path": self.path})
            status, answer = left.pop(0)
            self._answer(status, answer)

        def _answer(self, status: int, answer: object) -> None:
            if isinstance(answer, bytes):
                self.wfile.write(answer)
                return
            self.send_response_only(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

    with serving(Handler) as url:
        yield url, asked


def types(folder: Folder, *words: str) -> int:
    """A person types a command."""
    return main(["--data", str(folder.path), *words])
