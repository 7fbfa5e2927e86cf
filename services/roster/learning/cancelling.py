"""A lesson is cancelled, or scheduled otherwise, until the day before it is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.roster.learning.model import Lesson
from shared.database.documents import Key
from shared.events.roster import LessonCancelled, LessonScheduled
from shared.pipeline.decisions import Accepted, Original, State, Verdict, fact_of
from shared.roster.organisations import of_county


def scheduled(original: Original) -> Iterator[Key]:
    """The lesson."""
    yield Key(Lesson, of_county(original.organisation, fact_of(original, LessonScheduled).lesson))


def before_its_day(original: Original) -> date:
    """The last day on which nobody can have attended it."""
    return fact_of(original, LessonScheduled).day - timedelta(days=1)


def undo_lesson(state: State, original: Original) -> Verdict:
    """Nobody attends it, and its name is free again."""
    (key,) = scheduled(original)
    lesson = state.get(Lesson, key.id)
    cancelled = (lesson.having(cancelled=True),) if lesson else ()
    return Accepted(cancelled, tuple(one.taken_back(LessonCancelled) for one in original.facts))
