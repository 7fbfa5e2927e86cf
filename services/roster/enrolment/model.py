"""What is kept of a station's way in: invitations, keys, and those that are void."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class Invitation(KeptPart):
    """A one-time code that was not used yet, by its digest."""

    code_digest: str
    expires: date


class Enrolment(Document):
    """How an organisation's station stands: invited, enrolled with a key, or revoked. `used` is the key's code.

    `replaced` is since when the key was in force whose place this one took, if there was one.
    """

    collection: ClassVar[str] = "enrolments"

    invitation: Invitation | None = None
    key: str | None = None
    used: str | None = None
    since: datetime | None = None
    revoked: datetime | None = None
    replaced: datetime | None = None


class StationKey(Document):
    """A public key that was brought once, and by whom: nobody can bring another's and have it revoked."""

    collection: ClassVar[str] = "station_keys"

    organisation: str


class RevokedKey(Document):
    """A public key that the bus must not let in any more."""

    collection: ClassVar[str] = "revoked_keys"

    organisation: str
