"""What is a county's own: what its committee is called."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.text import in_one_line
from shared.events.vocabulary import Day, Note, Title

MOST_BRAND = 12
"""Characters over every page: as many as a phone shows beside what stands there."""
Brand = Annotated[str, StringConstraints(min_length=1, max_length=MOST_BRAND), BeforeValidator(in_one_line)]


class NameCommittee(Submission, service="roster", committee_only=True):
    """What the committee is called from a day on, and in short; said again for a day, the last one holds."""

    name: Title
    brand: Brand
    valid_from: Day
    basis: Note = ""


class CommitteeNamed(Fact, service="roster"):
    """The committee is called so from a day on; until it is named it is called after its county."""

    name: Title
    brand: Brand
    valid_from: Day
