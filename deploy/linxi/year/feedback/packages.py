"""How 2018's results were reported to the organisation department, on the day of the documents, and adopted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deploy.linxi.county import COUNTY, PERSONNEL
from deploy.linxi.year.submitting import Asked, moment
from shared.calendar import due_after
from shared.events.packages import AdoptPackage, ReceivePackage, SendAnnualPackage

PACKAGE = f"2018_{COUNTY}"
ADOPTED_AFTER = 6
"""Working days after it was sent."""


def sent(day: date) -> Iterator[Asked]:
    """As soon as the year's documents are signed."""
    yield Asked(moment(day, "17:30"), COUNTY, COUNTY, SendAnnualPackage(year=2018))


def answered(day: date) -> Iterator[Asked]:
    """Signed for on the next working day, and counted some days later."""
    received, adopted = due_after(day, 1).day, due_after(day, ADOPTED_AFTER).day
    yield Asked(moment(received, "09:20"), PERSONNEL, PERSONNEL, ReceivePackage(package=PACKAGE))
    counted = AdoptPackage(package=PACKAGE, adopted_on=adopted, counted="作为成员党组织年度绩效考核和评优评先的依据")
    yield Asked(moment(adopted, "15:00"), PERSONNEL, PERSONNEL, counted)
