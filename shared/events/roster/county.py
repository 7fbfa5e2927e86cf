"""What is a county's own: what its committee is called, and its catalogues."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.text import in_one_line
from shared.events.vocabulary import (
    MOST_CRITERIA,
    AwardCriterion,
    AwardObject,
    AwardRhythm,
    Catalogue,
    Day,
    Note,
    Slug,
    Title,
)

MOST_BRAND = 12
"""Characters over every page: as many as a phone shows beside what stands there."""


def _in_one_word(typed: object) -> object:
    """Kalaqin Qi is kalaqinqi."""
    return "".join(typed.lower().split()) if isinstance(typed, str) else typed


Latin = Annotated[
    str,
    StringConstraints(pattern=r"^([a-z]{2,40})?$"),
    BeforeValidator(_in_one_word),
    Field(description="The county's name in pinyin: nobody's password is made of it."),
]
Brand = Annotated[str, StringConstraints(min_length=1, max_length=MOST_BRAND), BeforeValidator(in_one_line)]


class NameCommittee(Submission, service="roster", committee_only=True):
    """What the committee is called from a day on, and in short; said again for a day, the last one holds."""

    name: Title
    brand: Brand
    latin: Latin = ""
    valid_from: Day
    basis: Note = ""


MOST_ENTRY, MOST_UNIT, MOST_ENTRIES = 40, 8, 100
"""Characters of a name and of a unit in a catalogue, and entries of one."""
EntryName = Annotated[str, StringConstraints(min_length=1, max_length=MOST_ENTRY), BeforeValidator(in_one_line)]
AwardQuota = Annotated[
    int,
    Field(
        ge=1,
        le=1_000,
        strict=True,
        description="To how many an award is given in each of its periods; none where others give it.",
    ),
]
Criteria = Annotated[
    list[AwardCriterion],
    Field(max_length=MOST_CRITERIA, description="By what it is judged, 100 points in all; none are the usual four."),
]
CountedIn = Annotated[str, StringConstraints(min_length=1, max_length=MOST_UNIT), BeforeValidator(in_one_line)]


class EnterInCatalogue(Submission, service="roster", committee_only=True):
    """An entry of one of the county's catalogues can be chosen from a day on, for good or up to a last day.

    Said again for an entry it is corrected, or ended; `entry` never changes, for what was chosen is kept by it.
    """

    catalogue: Catalogue
    entry: Slug
    name: EntryName
    unit: Annotated[CountedIn, Field(description="In which work is counted: 条, 次.")] = "项"
    valid_from: Day
    last_day: Day | None = None
    quota: AwardQuota | None = None
    given_to: AwardObject = AwardObject.PERSON
    award_rhythm: AwardRhythm = AwardRhythm.YEAR
    moving: Annotated[
        bool, Field(description="One holder at a time: granted to the next, it is the former's no more.")
    ] = False
    criteria: Criteria = []
    basis: Note = ""


class CommitteeNamed(Fact, service="roster"):
    """The committee is called so from a day on; until it is named it is called after its county."""

    name: Title
    brand: Brand
    latin: Latin = ""
    valid_from: Day


class CatalogueEntered(Fact, service="roster"):
    """An entry of a catalogue can be chosen from a day on, for good or up to a last day."""

    catalogue: Catalogue
    entry: Slug
    name: EntryName
    unit: CountedIn
    valid_from: Day
    last_day: Day | None = None
    quota: AwardQuota | None = None
    given_to: AwardObject = AwardObject.PERSON
    award_rhythm: AwardRhythm = AwardRhythm.YEAR
    moving: bool = False
    criteria: Criteria = []
