"""What is kept of annual packages: each as it was sent, with what became of it, and its former editions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from services.feedback.documents.model import HandStep
from services.feedback.reports.model import Report
from shared.database.documents import Document
from shared.part import KeptPart


class PackageState(StrEnum):
    """Where a package is; one that was sent by mistake is withdrawn."""

    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    ADOPTED = "adopted"
    WITHDRAWN = "withdrawn"


class PackagedReport(KeptPart):
    """A document that a package reports: in which edition, and the hash of its content."""

    report: str
    organisation: str
    edition: int
    content: str


class FiledSheets(KeptPart):
    """How many Party members' sheets of the year a home has in the archive; whose they are nobody is told here."""

    organisation: str
    filed: int


class Package(Document):
    """A year's package in the edition that holds; its id is `<year>_<county>`.

    `addressee` held the organisation department's office when it was sent, and `committee` is what its letter calls the
    sender. `due` is by when it is to be signed for; `editions` counts those that were sent, also what was withdrawn.
    `submission` is the key of what sent it.
    """

    collection: ClassVar[str] = "packages"

    county: str
    year: int
    edition: int
    editions: int
    number: str
    addressee: str
    addressed: str
    committee: str
    contact: str = ""
    state: PackageState = PackageState.SENT
    sent: datetime
    signed_by: str
    due: date
    on_time: bool
    because: str = ""
    performance_weight: int | None = None
    reports: tuple[PackagedReport, ...]
    sheets: tuple[FiledSheets, ...] = ()
    content: str
    submission: str
    received: datetime | None = None
    received_by: str = ""
    returned: str = ""
    adopted_on: date | None = None
    counted: str = ""
    steps: tuple[HandStep, ...] = ()


class FormerPackage(Document):
    """An edition that another took the place of, or that was withdrawn; its id is the package's with `@<edition>`."""

    collection: ClassVar[str] = "former_packages"

    package: Package


def package_id(year: int, county: str) -> str:
    """A county has one package of a year."""
    return f"{year}_{county}"


def packaged(report: Report) -> PackagedReport:
    """A document as a package names it."""
    return PackagedReport(
        report=report.id, organisation=report.organisation, edition=report.edition, content=report.content
    )


def content_of(reports: Iterable[PackagedReport], sheets: Iterable[FiledSheets], performance_weight: int | None) -> str:
    """SHA-256 of all that a package reports, as JSON with sorted keys."""
    said = {
        "reports": [one.model_dump() for one in reports],
        "sheets": [one.model_dump() for one in sheets],
        "performance_weight": performance_weight,
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
