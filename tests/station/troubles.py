"""A county that answers a station's doctor, and a station that is enrolled there until its key is revoked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from ssl import SSLContext

from services.station.commands.doctor import Finding
from services.station.folder import Folder, Hub
from shared.identity.access import Access
from shared.identity.nats_jwt import SigningKey, claims_in, signed
from tests.identity.conftest import Gate
from tests.keys import guest
from tests.keys import station as a_key
from tests.station.agents import STATION
from tests.station.serving import serving


def slugs(found: list[Finding]) -> list[str]:
    """What is wrong, the repeated said once."""
    return list(dict.fromkeys(one.trouble.slug for one in found))


class County(BaseHTTPRequestHandler):
    """Answers as the county's pages do, with a clock of its own."""

    ahead = timedelta()
    status = 200

    def do_GET(self) -> None:
        self.send_response_only(self.status)
        self.send_header("Date", format_datetime(datetime.now(UTC) + self.ahead, usegmt=True))
        self.end_headers()
        self.wfile.write(json.dumps({"due": []}).encode())


@contextmanager
def county_pages(tls: SSLContext | None = None, ahead: timedelta = timedelta(), status: int = 200) -> Iterator[str]:
    """Their address, while the block lasts."""
    handler = type("Handler", (County,), {"ahead": ahead, "status": status})
    with serving(handler, tls) as url:
        yield url


def enrolled(folder: Folder, gate: Gate, url: str) -> Hub:
    """A station with a key of its own on that bus."""
    folder.creds.write_text((a_key(gate.secrets, STATION).creds or Path()).read_text())
    folder.ca.write_text((gate.secrets / "ca.pem").read_text())
    hub = Hub(STATION, "测试村", url, (gate.url,), "token")
    folder.keep_hub(hub)
    return hub


async def revokes(gate: Gate, folder: Folder) -> None:
    """The county takes the key back, as the roster does."""
    key = claims_in(folder.creds.read_text().splitlines()[1])["sub"]
    async with guest(gate.url, Access(gate.secrets / "roster" / "system.creds", gate.secrets / "ca.pem")) as system:
        stations = SigningKey.read((gate.secrets / "roster" / "stations.key").read_text()).account
        asked = await system.client.request(f"$SYS.REQ.ACCOUNT.{stations}.CLAIMS.LOOKUP", b"", timeout=5)
        claims = claims_in(asked.data.decode())
        claims["nats"]["revocations"] = {key: int(time.time()) + 1}
        operator = SigningKey.read((gate.secrets / "roster" / "operator.key").read_text())
        answer = await system.client.request(
            "$SYS.REQ.CLAIMS.UPDATE", signed(claims, operator.seed).encode(), timeout=5
        )
        assert b"error" not in answer.data, answer.data
