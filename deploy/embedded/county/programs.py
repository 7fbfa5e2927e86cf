"""Which of the project's programs run beside the servers, and what they are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from deploy.embedded.children.child import Command, python
from deploy.embedded.county.record import Addresses
from deploy.embedded.demonstrated import YEAR
from deploy.embedded.ports import HOST
from deploy.identity.database import address_of
from shared.identity.access import Access
from shared.services import SERVICES


@dataclass(frozen=True)
class Programs:
    """Modules by name; None leaves one out, as trials of the supervisor alone do."""

    setup: str | None = "deploy.setup"
    services: Mapping[str, str] = field(default_factory=lambda: {name: f"services.{name}" for name in SERVICES})
    gateway: bool = True
    year: str | None = YEAR


@dataclass(frozen=True)
class Keys:
    """How the county's processes enter the bus: each with its own credentials, or as the environment says."""

    secrets: Path | None
    """The folder that `deploy.identity` made, of a bus of its own."""
    given: Access = field(default_factory=Access)
    database: Path | None = None
    """The same folder, where the database is the county's own and asks who is there."""

    def of(self, name: str) -> dict[str, str]:
        """What a process is told of them."""
        own = Access(self.secrets / name / "bus.creds", self.secrets / "ca.pem") if self.secrets else self.given
        files = {"NATS_CREDS": own.creds, "NATS_CA": own.ca}
        return {variable: str(place) for variable, place in files.items() if place}

    def database_of(self, name: str, otherwise: str) -> str:
        """Where the database is for a process, with its password; an import has no business there."""
        if self.database is None or name not in (*SERVICES, "setup"):
            return otherwise
        return address_of(self.database, name)

    def users(self) -> dict[str, str]:
        """Set-up gives each service its user."""
        return {"MONGO_USERS": str(self.database / "setup" / "users")} if self.database else {}

    def signing(self, name: str) -> dict[str, str]:
        """The roster lets stations in and shuts them out; the keys for it are in its folder."""
        if self.secrets is None or name != "roster":
            return {}
        own = self.secrets / "roster"
        return {
            "STATION_SIGNING_KEY": str(own / "stations.key"),
            "OPERATOR_SIGNING_KEY": str(own / "operator.key"),
            "SYSTEM_CREDS": str(own / "system.creds"),
        }


def tool(name: str, module: str, addresses: Addresses, keys: Keys, more: Mapping[str, str]) -> Command:
    """A program that does its work and ends."""
    gateway = {"GATEWAY_URL": addresses.gateway_url} if addresses.gateway_url else {}
    return python(name, module, {**_servers(name, addresses, keys), **keys.of(name), **gateway, **more})


@dataclass(frozen=True)
class Notes:
    """What the folder of data says to every service: the clock sends nothing due before `live_from`."""

    county: str
    live_from: str
    token_secret: str = field(repr=False)
    first_tokens_until: str
    keys: Keys
    people_keys: Path | None = None
    """The roster's alone."""
    data: Path | None = None
    """The folder on whose disk it all lies; the roster watches that."""


def service(name: str, module: str, port: int, addresses: Addresses, notes: Notes) -> Command:
    """A service answers on its own port under `/<name>/`; the secret goes by its environment, which is its own."""
    own = {"HTTP_HOST": HOST, "HTTP_PORT": str(port), "INSTANCE": f"{name}-1"}
    county = {"COUNTY": notes.county, "LIVE_FROM": notes.live_from, "TOKEN_SECRET": notes.token_secret}
    county |= {"FIRST_TOKENS_UNTIL": notes.first_tokens_until}
    county |= {"PUBLIC_URL": addresses.public_url} if addresses.public_url else {}
    keys = notes.keys.of(name) | notes.keys.signing(name)
    keys |= {"PEOPLE_KEYS": str(notes.people_keys)} if notes.people_keys and name == "roster" else {}
    watched = _watched(addresses, notes) if name == "roster" else {}
    return python(name, module, _servers(name, addresses, notes.keys) | own | county | keys | watched)


def _watched(addresses: Addresses, notes: Notes) -> dict[str, str]:
    """What the roster looks at for whoever monitors: room on the disk, the gateway's certificate."""
    port = urlsplit(addresses.public_url).port if addresses.public_url else None
    gateway = {"GATEWAY_ADDRESS": f"{HOST}:{port}"} if port else {}
    return {"WATCHED_DISK": str(notes.data), **gateway} if notes.data else gateway


def _servers(name: str, addresses: Addresses, keys: Keys) -> dict[str, str]:
    return {"NATS_URL": addresses.nats_url, "MONGO_URL": keys.database_of(name, addresses.mongo_url)}
