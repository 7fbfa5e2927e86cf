"""Who is at home in an organisation, by name, and who holds which post in it: as it lies in the bucket `people`."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.events.roster.people import Post
from shared.part import KeptPart

KEPT_HERE = {"by", "ended_by", "basis", "reason"}
"""Of a post, what the bus is not told."""


class HeldPost(KeptPart):
    """A post of somebody from a day on, and until one where it has ended; that day is included.

    `by` and `ended_by` are the submissions that said so, on what `basis` and for what `reason`: what corrects one finds
    it by that.
    """

    person: str
    post: Post
    since: date
    until: date | None = None
    by: str = ""
    ended_by: str = ""
    basis: str = ""
    reason: str = ""

    def holds(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, since: date, until: date | None) -> bool:
        """Whether it shares a day with a time that begins then, and ends then or never."""
        return (self.until is None or since <= self.until) and (until is None or self.since <= until)


class Staff(Document):
    """Of one organisation: names of the persons who are at home in it, and its posts, whoever holds them."""

    collection: ClassVar[str] = "staff"
    projected: ClassVar[bool] = True

    names: dict[str, str] = {}
    posts: tuple[HeldPost, ...] = ()

    def for_the_bus(self) -> bytes:
        """Who holds what and since when; by which submission, and why, is nobody's business there."""
        return self.model_dump_json(exclude={"posts": {"__all__": KEPT_HERE}}).encode()

    def held(self, person: str, post: Post, day: date) -> HeldPost | None:
        """The post as somebody holds it on a day."""
        return next((one for one in self.posts if (one.person, one.post) == (person, post) and one.holds(day)), None)
