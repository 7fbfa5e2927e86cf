"""The help of inspection's pages; a module for each work."""

from __future__ import annotations

from collections.abc import Mapping

from services.inspection.help.patrols import PATROLS
from services.inspection.help.plans import PLANS
from services.inspection.help.quality import QUALITY
from services.inspection.help.rectifications import RECTIFICATIONS
from shared.help.written import Help

HELP: Mapping[str, Help] = {**PATROLS, **PLANS, **RECTIFICATIONS, **QUALITY}
