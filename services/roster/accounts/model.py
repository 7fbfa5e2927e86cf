"""What the roster keeps of an account: no secret as it was typed, and nothing that any other service knows.

It is written by the process that answers, a document at a time and atomically: none of it is an event.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class OneTimeCode(KeptPart):
    """Given to a person to sign in with for the first time, or anew; only its SHA-256 is kept."""

    digest: str
    until: datetime
    given: datetime
    by: str = ""
    """The person who gave it; empty where an organisation did by its token, or the operator."""


class Failures(KeptPart):
    """Attempts of a day that failed."""

    day: date
    times: int


class Account(Document):
    """By the person's id. `epoch` counts what made all sessions so far void; each session bears it.

    `totp` is the sealed secret of one-time passwords; `totp_used` the last interval of 30 s of which one was taken.
    """

    collection: ClassVar[str] = "accounts"

    password: str = ""
    code: OneTimeCode | None = None
    totp: str = ""
    totp_used: int = 0
    failures: Failures | None = None
    locked_until: datetime | None = None
    disabled: bool = False
    epoch: int = 0
    changed: datetime | None = None
    """When the number was raised last."""
    last_in: datetime | None = None
    unified: str | None = None
    """The keyed hash of the unified identity that is bound to it."""
    unified_used: int = 0
    """Milliseconds when the way began by which it was shown last: each is worth once."""

    def is_locked(self, at: datetime) -> bool:
        """After too many attempts that failed."""
        return self.locked_until is not None and at < self.locked_until

    def has_code(self, at: datetime) -> bool:
        """Whether a one-time code is good and was not used."""
        return self.code is not None and at < self.code.until


class AccountSession(Document):
    """One time that somebody signed in, by the session's id."""

    collection: ClassVar[str] = "sign_ins"

    person: str
    organisation: str
    began: datetime
    address: str
    device: str
    way: str
    epoch: int = 0
    remembered: str = ""
    """The digest of the device that was remembered with it."""
    replaced: bool = False
    """Whether another went on in its place, in another unit or after a new password."""


class RememberedDevice(Document):
    """A browser that a person told to remember them, by the digest of what it keeps."""

    collection: ClassVar[str] = "devices"

    person: str
    device: str
    since: datetime
    until: datetime
    used: datetime
    out: datetime | None = None
    """When somebody signed out there last: no session of before is gone on with."""

    def is_out(self, since: int) -> bool:
        """Whether somebody signed out there after a session had begun (Unix seconds)."""
        return self.out is not None and since <= self.out.timestamp()


class OutsNoted(Document):
    """Until when sign-outs were taken over from the bus, which forgets them after a working day."""

    collection: ClassVar[str] = "outs_noted"

    at: datetime
