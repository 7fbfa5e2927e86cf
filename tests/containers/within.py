"""The database of a county in containers as its administrator sees it: over the network of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from bson import Timestamp
from pymongo import MongoClient
from pymongo.uri_parser import parse_uri

from deploy.identity.database import address_of
from tests.containers.compose import Compose

Mongo = MongoClient[dict[str, Any]]
LEDGER = "ledger"


@contextmanager
def database_of(county: Compose) -> Iterator[Mongo]:
    """Asked at the address that its container has now."""
    (network,) = county.container("mongo")["NetworkSettings"]["Networks"].values()
    asked = parse_uri(address_of(county.secrets, "setup"))
    user: dict[str, Any] = {"username": asked["username"], "password": asked["password"], "authSource": "admin"}
    with MongoClient[dict[str, Any]](network["IPAddress"], 27017, directConnection=True, **user) as client:
        yield client


def decided(client: Mongo, before: datetime | None = None) -> set[str]:
    """What greenchannel has decided, or had before a moment of the last five minutes, as the database remembers it."""
    at = {"atClusterTime": Timestamp(int(before.timestamp()), 0)} if before else {}
    asked = {"find": LEDGER, "projection": {"_id": 1}, "batchSize": 1_000_000}
    found = client["lianban_greenchannel"].command(asked, readConcern={"level": "snapshot", **at})
    return {str(one["_id"]) for one in found["cursor"]["firstBatch"]}
