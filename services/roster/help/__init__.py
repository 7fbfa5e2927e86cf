"""The help of the roster's pages; a module for each work."""

from __future__ import annotations

from collections.abc import Mapping

from services.roster.help.appraisals import APPRAISALS
from services.roster.help.learning import LEARNING
from services.roster.help.meetings import MEETINGS
from services.roster.help.organisations import ORGANISATIONS
from services.roster.help.people import PERSONS
from services.roster.help.turns import TURNS
from shared.help.written import Help

HELP: Mapping[str, Help] = {**TURNS, **MEETINGS, **LEARNING, **APPRAISALS, **ORGANISATIONS, **PERSONS}
