"""Events of the annual package: a year's results are reported to the organisation department, received and adopted."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.documents.named import DocumentNumber, Edition
from shared.events.registry import Fact, Submission
from shared.events.vocabulary import FIRST_YEAR, Day, Note, Sha256, Statement

PACKAGE_PATTERN = r"^20[0-9]{2}_[0-9]{6}$"
PackageId = Annotated[
    str, StringConstraints(pattern=PACKAGE_PATTERN), Field(description="Year and county: 2018_123456.")
]
PackageYear = Annotated[int, Field(ge=FIRST_YEAR, le=2099, strict=True, description="Of which the results are.")]
Percent = Annotated[int, Field(ge=1, le=100, strict=True, description="Whole parts of a hundred.")]

# Submissions


class SendAnnualPackage(Submission, service="feedback", committee_only=True):
    """A year's results are reported to the organisation department, on the day on which they are told the members.

    It gets a number and is sealed as it then is. Said again after it was sent back, or with a reason when what it
    reports has changed since, it takes the place of the former.
    """

    year: PackageYear
    performance_weight: Annotated[
        Percent | None, Field(description="What the score weighs in performance (绩效); nothing is said unless told.")
    ] = None
    because: Note = ""


class ReceivePackage(Submission, service="feedback", carries_on=True):
    """The organisation department (the subject) signs for a package."""

    package: PackageId


class ReturnPackage(Submission, service="feedback", carries_on=True):
    """The organisation department (the subject) sends a package back to be completed."""

    package: PackageId
    reason: Statement


class AdoptPackage(Submission, service="feedback", carries_on=True):
    """The organisation department (the subject) counts a package's results; said again, it takes the place of that."""

    package: PackageId
    adopted_on: Day
    counted: Annotated[Statement, Field(description="How the results are counted.")]


# Facts


class PackageSent(Fact, service="feedback"):
    """A year's package was sent, with a number; `content` is a hash of all that it reports."""

    package: PackageId
    edition: Edition
    number: DocumentNumber
    content: Sha256
    on_time: Annotated[bool, Field(description="Whether on the day on which the last of its documents was issued.")]


class PackageWithdrawn(PackageSent, service="feedback"):
    """A package was not sent after all; its number is not given again."""


class PackageReceived(Fact, service="feedback"):
    """A package was signed for."""

    package: PackageId
    edition: Edition


class PackageReturned(Fact, service="feedback"):
    """A package was sent back; why it says on its page."""

    package: PackageId
    edition: Edition


class PackageAdopted(Fact, service="feedback"):
    """A package's results were counted on a day."""

    package: PackageId
    edition: Edition
    adopted_on: Day
    again: Annotated[bool, Field(description="Whether it takes the place of what was said before.")] = False
