"""The help of feedback's pages; a module for each of their subjects, and one for the county's administrators."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.help.administering import ADMINISTERING
from services.feedback.help.assessment import ASSESSMENT
from services.feedback.help.awards import AWARDS
from services.feedback.help.documents import DOCUMENTS
from services.feedback.help.figures import FIGURES
from services.feedback.help.packages import PACKAGES
from shared.help.written import Help

HELP: Mapping[str, Help] = {**FIGURES, **AWARDS, **DOCUMENTS, **ASSESSMENT, **PACKAGES, **ADMINISTERING}
