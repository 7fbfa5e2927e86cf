"""The pages of the roster's subjects, as the pages of every service's subjects are."""

from __future__ import annotations

from services.roster.places import PAGES
from shared.web.subjects import SubjectPages
from shared.web.subjects import named as named
from shared.web.subjects import organisation_cell as organisation_cell
from shared.web.subjects import record_of as record_of
from shared.web.subjects import unit_narrowing as unit_narrowing

SUBJECTS = SubjectPages(PAGES)
show, answered = SUBJECTS.show, SUBJECTS.answered
