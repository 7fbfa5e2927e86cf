"""Events of the tokens with which programs speak over HTTP: issued for a time, renewed by their holders, revoked alone.

A token itself never travels here: it is computed from the county's secret where it is handed over.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Day, Note, Title

TokenSerial = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-z]{1,16}$"),
    Field(description="Which of an organisation's tokens; k0, k1, ... is the one that came with its key. No secret."),
]


class IssueToken(Submission, service="roster"):
    """An organisation above lets a program speak for an organisation over HTTP, until a day."""

    serial: TokenSerial
    holder: Title
    expires: Day


class RenewToken(Submission, service="roster"):
    """A program brings the serial of its own token for one that lasts longer; the old one ends after some days."""

    serial: TokenSerial
    following: TokenSerial


class RevokeToken(Submission, service="roster", carries_on=True):
    """One token is no longer valid: its program ended, moved or is under suspicion; the others stay."""

    serial: TokenSerial
    reason: Note


class TokenIssued(Fact, service="roster"):
    """A program may speak for an organisation over HTTP until a day."""

    serial: TokenSerial
    holder: Title
    expires: Day


class TokenRevoked(Fact, service="roster"):
    """A token is not valid any more, and never will be again."""

    serial: TokenSerial
