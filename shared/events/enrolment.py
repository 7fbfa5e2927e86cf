"""Events of enrolment: a station is invited with a one-time code, brings its key, and may lose it again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Day, Note

CodeDigest = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{64}$"),
    Field(description="SHA-256 of the one-time code in capitals without hyphens; the code itself never travels here."),
]
PublicKey = Annotated[
    str,
    StringConstraints(pattern=r"^U[A-Z2-7]{55}$"),
    Field(description="The public part of the station's NKEY; the secret part never leaves its PC."),
]


class InviteStation(Submission, service="roster"):
    """An organisation above lets a station in: whoever has the code by that day may bring its key."""

    code_digest: CodeDigest
    expires: Day


class EnrolStation(Submission, service="roster"):
    """The station brings its key with the code it was given; a key that it had before is revoked."""

    code_digest: CodeDigest
    public_key: PublicKey


class RevokeStation(Submission, service="roster", carries_on=True):
    """The station's key is no longer valid: the PC was lost, replaced or is under suspicion."""

    reason: Note


class StationInvited(Fact, service="roster"):
    """A station was invited to enrol."""

    expires: Day


class StationEnrolled(Fact, service="roster"):
    """A station may submit over the bus with this key."""

    public_key: PublicKey


class StationRevoked(Fact, service="roster"):
    """A station's key is not valid any more, and never will be again."""

    public_key: PublicKey
