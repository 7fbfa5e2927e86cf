"""The guide of services: its items with their limits, and its lists."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Count, Day, Fen, Slug, Title, WorkingDays

Standard = Annotated[
    Fen | None, Field(description="The most that is charged for a case (收费标准), in fen; null: nothing is.")
]


class PublishGuideItem(Submission, service="roster", committee_only=True):
    """An item of the service guide: a process, its responsible organisation (the subject), its limit."""

    process: Slug
    name: Title
    limit_days: WorkingDays
    effective_from: Day
    fee: Standard = None


class CompileGuideList(Submission, service="roster", committee_only=True):
    """One of the eight lists of powers and public services that make the service guide."""

    list: Slug
    name: Title
    items: Count


class GuideItemPublished(Fact, service="roster"):
    """A process has this limit from a day on."""

    process: Slug
    name: Title
    limit_days: WorkingDays
    effective_from: Day
    fee: Standard = None


class GuideListCompiled(Fact, service="roster"):
    """A list of the service guide was compiled."""

    list: Slug
    name: Title
    items: Count


class GuideItemWithdrawn(GuideItemPublished, service="roster"):
    """A limit that was not in force yet was taken back or is set otherwise: what was told, as of then."""


class GuideListWithdrawn(GuideListCompiled, service="roster"):
    """A list was not compiled after all, or otherwise: what was told, as of then."""
