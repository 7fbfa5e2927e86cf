"""What is kept of stations' connections: whether it stands, and since when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from shared.database.documents import Document


class Connection(Document):
    """A station's connection; its id is the station's code."""

    collection: ClassVar[str] = "connections"

    county: str
    connected: bool
    since: datetime
