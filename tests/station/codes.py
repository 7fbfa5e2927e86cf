"""A PC that is enrolled for one code after the other, and what it saved under each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from http.server import BaseHTTPRequestHandler

from services.station.commands.enrolment import enrol
from services.station.commands.running import put_together
from services.station.folder import Folder, Hub
from services.station.line.former import until_nothing_waits
from services.station.line.sender import first_to_end
from services.station.outbox.drafts import Draft, draft
from services.station.outbox.outbox import Outbox
from services.station.page.parts import Parts
from shared.identity.nats_jwt import SigningKey, signed, user_claims
from tests.identity.conftest import Gate
from tests.station.agents import a_service
from tests.station.serving import serving
from tests.submitters import A_MONDAY

ANEW = "150424100301"


@contextmanager
def county(gate: Gate, code: str, stands: dict[str, object] | None = None) -> Iterator[str]:
    """Its address: it lets whoever asks in as this station, and says how stations stand."""
    stations = SigningKey.read((gate.secrets / "roster" / "stations.key").read_text())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            jwt = signed(user_claims(code, asked["public_key"], stations.account), stations.seed)
            ca = (gate.secrets / "ca.pem").read_text()
            self._answer({"station": code, "name": f"村{code}", "jwt": jwt, "bus": [gate.url], "ca": ca, "token": "t"})

        def do_GET(self) -> None:
            self._answer(stands or {"due": []})

        def _answer(self, answer: object) -> None:
            self.send_response_only(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

    with serving(Handler) as url:
        yield url


def becomes(folder: Folder, gate: Gate, code: str) -> Hub:
    """As enrolment with a code of that station leaves it."""
    with county(gate, code) as url:
        return enrol(folder, url, "ABCD-EFGH").hub


def of(code: str, persons: int) -> Draft:
    return draft(a_service(persons), code, code, A_MONDAY)


@contextmanager
def agent(folder: Folder, hub: Hub) -> Iterator[Parts]:
    with closing(Outbox(folder.outbox)) as outbox:
        yield put_together(folder, hub, outbox)


@asynccontextmanager
async def sending(parts: Parts, folder: Folder) -> AsyncIterator[None]:
    """As `station run` does, without the page."""
    beside = (until_nothing_waits(one, parts.outbox, folder) for one in parts.former)
    task = asyncio.create_task(first_to_end(parts.sender.run(), *beside))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
