"""A county in containers as somebody sees it who has its secrets: over the ports of the host."""

from __future__ import annotations

import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import uuid4

import httpx

from deploy.embedded.settings import ROOT
from shared.calendar import CHINA
from shared.events import Submission
from shared.identity.tokens import token_of
from tests.containers.compose import Compose
from tests.containers.engine import COUNTY
from tests.journeys.running import outside


class Outside:
    """The county as somebody sees it who has its secrets: over the ports of the host."""

    def __init__(self, county: Compose) -> None:
        self.gateway = f"https://127.0.0.1:{county.ports['gateway_tls']}"
        self.secrets = county.secrets
        self.known = ssl.create_default_context(cafile=str(county.secrets / "ca.pem"))
        self.environment = {
            "GATEWAY_URL": self.gateway,
            "GATEWAY_CA": str(county.secrets / "ca.pem"),
            "COUNTY_TOKEN": self.token(COUNTY),
            "TOKEN_SECRET": self._secret,
            "NATS_URL": f"tls://localhost:{county.ports['bus']}",
            "NATS_CREDS": str(county.secrets / "import" / "bus.creds"),
            "NATS_CA": str(county.secrets / "ca.pem"),
        }

    @property
    def county(self) -> tuple[str, str]:
        """Name and password of the county itself."""
        return COUNTY, self.token(COUNTY)

    def token(self, code: str) -> str:
        return token_of(code, self._secret)

    @property
    def _secret(self) -> str:
        return (self.secrets / "token").read_text().strip()

    def asks(self, path: str) -> Any:
        answer = httpx.get(
            f"{self.gateway}{path}",
            timeout=60,
            trust_env=False,
            verify=self.known,
            auth=self.county,
        )
        return answer.raise_for_status().json()

    def says(self, data: Submission, about: str) -> str:
        """The committee submits over HTTP; its verdict."""
        attributes = {
            "ce-specversion": "1.0",
            "ce-id": str(uuid4()),
            "ce-type": data.type,
            "ce-source": COUNTY,
            "ce-subject": about,
            "ce-time": datetime.now(CHINA).isoformat(timespec="seconds"),
            "authorization": f"Bearer {self.token(COUNTY)}",
        }
        answer = httpx.post(
            f"{self.gateway}/{data.service}/api/submissions",
            headers=attributes,
            content=data.model_dump_json(),
            timeout=30,
            trust_env=False,
            verify=self.known,
        )
        return str(answer.json()["verdict"])

    @contextmanager
    def starts(self, module: str) -> Iterator[Started]:
        """A program of the project's beside the containers, ended with the block."""
        with TemporaryFile("w+") as printed:
            process = subprocess.Popen(
                (sys.executable, "-m", module),
                cwd=ROOT,
                env={**outside(), **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
            try:
                yield Started(process, printed)
            finally:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Started:
    """A program that was started, and what it says."""

    process: subprocess.Popen[bytes]
    printed: IO[str]

    def ends(self, patience: float) -> int:
        """Its exit status."""
        return self.process.wait(patience)

    def said(self) -> str:
        """Everything so far."""
        self.printed.seek(0)
        return self.printed.read()
