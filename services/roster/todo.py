"""What the roster knows of what waits for somebody, by subject."""

from __future__ import annotations

from services.roster.appraisals import todo as appraisals
from services.roster.county import todo as county
from services.roster.duty import todo as duty
from services.roster.enrolment import todo as enrolment
from services.roster.learning import todo as learning
from services.roster.meetings import todo as meetings
from services.roster.notices import todo as notices

TASKS = (
    *duty.TASKS,
    *meetings.TASKS,
    *learning.TASKS,
    *appraisals.TASKS,
    *enrolment.TASKS,
    *notices.TASKS,
    *county.TASKS,
)
