"""What is kept of e-supervision: devices, who may look, and who looked."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from services.inspection.dated import Dated
from shared.database.documents import Document
from shared.events.inspection import ViewingRole


class Device(Document):
    """A camera that shows a window or station, as it was registered last."""

    collection: ClassVar[str] = "devices"

    county: str
    organisation: str
    device: str
    name: str
    link: str
    registered: datetime
    removed: datetime | None = None

    def shows(self, name: str, link: str) -> bool:
        """Whether it is registered just so."""
        return self.removed is None and (self.name, self.link) == (name, link)

    @property
    def said(self) -> datetime:
        """When the latest was said of it."""
        return max(self.registered, self.removed or self.registered)


class ViewingGrant(Dated):
    """What a person of one organisation may look at, by role, with its history."""

    collection: ClassVar[str] = "viewing_grants"

    county: str
    organisation: str
    person: str


class Viewing(Document):
    """A person was shown the way to a camera."""

    collection: ClassVar[str] = "viewings"

    county: str
    organisation: str
    device: str
    viewer: str
    person: str
    role: ViewingRole
    at: datetime
