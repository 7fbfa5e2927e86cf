"""Who enters the database: an administrator, a user for each service, who monitors, and a key that its members share.

Below the folder of all secrets: `mongo/` is the database's own, `setup/` has the administrator's address and each
other's, and each service's folder, and that of who monitors, its own address alone. Passwords are made once; addresses
follow the database.
"""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Any

from pymongo.uri_parser import parse_uri

from deploy.identity.files import kept, written
from shared.services import SERVICES

ADMINISTRATOR = "administrator"
MONITOR = "monitor"
"""Who looks how the database is, and at nothing that is kept in it: an exporter enters so."""
OPTIONS = "replicaSet=lianban&authSource=admin"
ITSELF = "__system"
"""As whom a member of the replica set enters, with the key."""


def database_secrets(folder: Path, where: str) -> None:
    """`where` is the database's host and port."""
    kept(folder / "mongo" / "key", lambda: token_hex(128) + "\n")
    kept(folder / "mongo" / "administrator", lambda: ADMINISTRATOR + "\n")
    password = kept(folder / "mongo" / "password", lambda: token_urlsafe(24) + "\n").strip()
    written(folder / "setup" / "mongo_url", _address(ADMINISTRATOR, password, where))
    for service in (*SERVICES, MONITOR):
        place = folder / service / "mongo_url"
        held = str(parse_uri(place.read_text().strip())["password"]) if place.exists() else token_urlsafe(24)
        written(place, _address(service, held, where))
        written(folder / "setup" / "users" / service, _address(service, held, where))


def _address(user: str, password: str, where: str) -> str:
    return f"mongodb://{user}:{password}@{where}/?{OPTIONS}\n"


def address_of(folder: Path, user: str) -> str:
    """With its password; `setup` is the administrator."""
    return (folder / user / "mongo_url").read_text().strip()


def as_itself(folder: Path) -> dict[str, Any]:
    """How who has the folder of all secrets enters."""
    return as_a_member((folder / "mongo" / "key").read_text().strip())


def as_a_member(key: str) -> dict[str, Any]:
    """How who has the key enters, before there is any user and whatever became of them."""
    return {"username": ITSELF, "password": key, "authSource": "local", "authMechanism": "SCRAM-SHA-256"}
