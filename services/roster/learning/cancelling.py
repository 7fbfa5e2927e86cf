"""A lesson is cancelled, or scheduled otherwise, until the day before it is held."""

from __future__ import annotations

from datetime import date, timedelta

from services.roster.learning.model import Lesson
from shared.events.roster import LessonCancelled, LessonScheduled
from shared.pipeline.decisions import Original, fact_of
from shared.pipeline.withdrawing import Withdrawing
from shared.roster.organisations import of_county


def _scheduled(original: Original) -> str:
    return of_county(original.organisation, fact_of(original, LessonScheduled).lesson)


LESSON = Withdrawing(Lesson, _scheduled, LessonCancelled, mark="cancelled")
"""Nobody attends it, and its name is free again."""


def before_its_day(original: Original) -> date:
    """The last day on which nobody can have attended it."""
    return fact_of(original, LessonScheduled).day - timedelta(days=1)
