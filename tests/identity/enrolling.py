"""The roster as a station that enrols meets it over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from deploy.embedded.county.folder import token_secret
from shared.calendar import CHINA
from shared.events.enrolment import InviteStation, RevokeStation
from shared.identity.access import Access
from shared.identity.invitations import digest_of, new_code
from shared.identity.nats_jwt import KeyKind, creds, new_seed, public_key
from shared.identity.tokens import token_of
from tests.journeys.running import Supervised
from tests.submitters import Said, Submitter, committee, township


@dataclass(frozen=True)
class Desk:
    """The roster's HTTP, and the folder in which a station keeps what it is given."""

    county: Supervised
    client: httpx.Client
    folder: Path

    def submits(self, said: Said) -> dict[str, Any]:
        """A submission with its submitter's token; its verdict."""
        token = token_of(said.submitter, token_secret(self.county.data))
        headers = {**said.message.headers, "authorization": f"Bearer {token}"}
        verdict: dict[str, Any] = self.client.post(
            "/roster/api/submissions", headers=headers, content=said.message.body
        ).json()
        return verdict

    def invites(self, station: str, by: Submitter = township) -> str:
        """A code for a station."""
        code, now = new_code(), datetime.now(CHINA)
        data = InviteStation(code_digest=digest_of(code), expires=now.date() + timedelta(days=1))
        assert self.submits(by.says(data, now, about=station))["verdict"] == "accepted"
        return code

    def revokes(self, station: str) -> None:
        """At once."""
        verdict = self.submits(committee.says(RevokeStation(reason="电脑遗失"), datetime.now(CHINA), about=station))
        assert verdict["verdict"] == "accepted"

    def enrols(self, code: str, seed: str) -> httpx.Response:
        """What the station's program sends."""
        return self.client.post("/roster/api/enrolments", json={"code": code, "public_key": public_key(seed)})

    def looks(self, code: str, seed: str) -> dict[str, Any]:
        """What enrolling would do."""
        asked = {"code": code, "public_key": public_key(seed)}
        answered: dict[str, Any] = self.client.post("/roster/api/enrolments/look", json=asked).json()
        return answered

    def lets_in(self, station: str) -> tuple[Access, str, str]:
        """Invited and enrolled: how it enters the bus, its code and its key."""
        code, seed = self.invites(station), new_seed(KeyKind.USER)
        answer = self.enrols(code, seed)
        assert answer.status_code == 200, answer.text
        return self.keeps(answer.json(), seed), code, seed

    def hears(self, said: Said, token: str) -> httpx.Response:
        """An inspection over HTTP."""
        headers = {**said.message.headers, "authorization": f"Bearer {token}"}
        return self.client.post("/inspection/api/submissions", headers=headers, content=said.message.body)

    def asks_desk(self, station: str, token: str) -> int:
        """Whether the station's PC is told what it needs for the day: 200 or 401."""
        return self.client.get("/roster/api/desk", auth=(station, token)).status_code

    def key_of(self, station: str, seed: str) -> httpx.Response:
        """What a station's program asks that is let in no more: nobody knows its key but itself and the county."""
        return self.client.get(f"/roster/api/stations/{station}/keys/{public_key(seed)}")

    def asks_of_key(self, station: str, seed: str) -> dict[str, Any]:
        """What it is answered."""
        answered: dict[str, Any] = self.key_of(station, seed).json()
        return answered

    def keeps(self, answer: dict[str, Any], seed: str) -> Access:
        """The files that the station writes of an answer."""
        place, ca = self.folder / f"{public_key(seed)}.creds", self.folder / "ca.pem"
        place.write_text(creds(answer["jwt"], seed))
        ca.write_text(answer["ca"])
        return Access(place, ca)

    def stands(self, station: str) -> dict[str, Any]:
        """What monitoring is told."""
        standing: dict[str, Any] = self.county.asks(f"/roster/api/stations/{station}")
        return standing
