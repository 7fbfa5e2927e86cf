"""What pages and answers read of learning alike."""

from __future__ import annotations

from typing import Any

from shared.identity.reading import PERSONS
from shared.web.reading import Reading


def certificates_open_to(reading: Reading) -> dict[str, Any]:
    """Those of people whom whoever asks may read of, and those that it issued itself."""
    mine = reading.filter(PERSONS, by="home")
    return {"$or": [mine, {"issuer": reading.reader.code}]} if mine else {}
