"""What is kept of awards."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from shared.database.documents import Document
from shared.events.vocabulary import AwardRhythm
from shared.part import KeptPart


class GrantedAward(Document):
    """An award that a person was given, or the organisation or its window where `person` is empty.

    One that moves is held `since` a day and `until` the next takes it over, by the submission `passed_on`.
    """

    collection: ClassVar[str] = "awards"

    award: str
    person: str
    organisation: str
    year: int
    submission: str = ""
    """The key of what granted it; empty of one from before this was kept."""
    nomination: str = ""
    number: str = ""
    """Of the decision by which it was granted (表彰决定); of what others gave there is none."""
    day: date | None = None
    """None of one from before this was kept."""
    proof: str = ""
    since: date | None = None
    until: date | None = None
    passed_on: str = ""
    withdrawn: bool = False

    @property
    def is_held(self) -> bool:
        """Whether one that moves is there now."""
        return self.since is not None and self.until is None and not self.withdrawn

    def is_of(self, rhythm: AwardRhythm, period: str) -> bool:
        """Whether it counts among those of a period."""
        return period == (rhythm.period(self.day) if self.day else str(self.year))


class NominationStep(StrEnum):
    """How far a nomination has come."""

    NOMINATED = "nominated"
    JUDGED = "judged"
    PUBLISHED = "published"
    GRANTED = "granted"


class JudgePoints(KeptPart):
    """What one judge gave in all, of a hundred."""

    judge: str
    points: int


class NominationObjection(KeptPart):
    """What an organisation said against a nomination; `upheld` is None until it is answered."""

    id: str
    organisation: str
    objected: str
    day: date
    submission: str
    upheld: bool | None = None
    answer: str = ""


class Nomination(Document):
    """Who was recommended for an award; its id is that of what nominated it.

    `person` is empty where the award is for the organisation or its window. It is public up to the end of the day
    `until`; `granted` is the key of what granted the award by it.
    """

    collection: ClassVar[str] = "nominations"

    county: str
    award: str
    person: str
    organisation: str
    reason: str
    day: date
    submission: str
    nominated_by: str = ""
    """Who nominated, where a person is known."""
    marks: tuple[JudgePoints, ...] = ()
    published: date | None = None
    until: date | None = None
    objections: tuple[NominationObjection, ...] = ()
    granted: str = ""
    withdrawn: bool = False

    @property
    def step(self) -> NominationStep:
        """The last that was taken."""
        if self.granted:
            return NominationStep.GRANTED
        if self.until:
            return NominationStep.PUBLISHED
        return NominationStep.JUDGED if self.marks else NominationStep.NOMINATED

    @property
    def unanswered(self) -> tuple[NominationObjection, ...]:
        """Objections that nobody has answered."""
        return tuple(one for one in self.objections if one.upheld is None)

    @property
    def upheld(self) -> NominationObjection | None:
        """An objection that keeps the award from being granted."""
        return next((one for one in self.objections if one.upheld), None)

    @property
    def mean(self) -> Fraction | None:
        """What the judges gave on average, exactly; None before the first."""
        return Fraction(sum(one.points for one in self.marks), len(self.marks)) if self.marks else None
