"""Every reason for a no: a slug, and a sentence that a person can act on, in Chinese and in English.

`{details}` are filled in by `reason`, as `filling.py` says; a slug or a detail that is missing is a KeyError at
development time.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.envelope import MAX_REASON
from shared.events.refusals.appraisals import APPRAISALS
from shared.events.refusals.assessment import ASSESSMENT
from shared.events.refusals.county import COUNTY
from shared.events.refusals.documents import DOCUMENTS
from shared.events.refusals.enrolment import ENROLMENT
from shared.events.refusals.everywhere import EVERYWHERE
from shared.events.refusals.excellence import EXCELLENCE
from shared.events.refusals.feedback import FEEDBACK
from shared.events.refusals.filling import WORDS, Naming, in_chinese
from shared.events.refusals.greenchannel import GREENCHANNEL
from shared.events.refusals.incidents import INCIDENTS
from shared.events.refusals.inspection import INSPECTION
from shared.events.refusals.packages import PACKAGES
from shared.events.refusals.party import PARTY
from shared.events.refusals.patrols import PATROLS
from shared.events.refusals.people import PEOPLE
from shared.events.refusals.photos import PHOTOS
from shared.events.refusals.rectifications import RECTIFICATIONS
from shared.events.refusals.roster import ROSTER
from shared.events.refusals.sentences import Sentences
from shared.events.refusals.supervision import SUPERVISION
from shared.events.refusals.tokens import TOKENS

__all__ = ["REFUSALS", "WORDS", "reason"]

REFUSALS: Mapping[str, Sentences] = {
    **EVERYWHERE,
    **ROSTER,
    **COUNTY,
    **PEOPLE,
    **PARTY,
    **ENROLMENT,
    **TOKENS,
    **INSPECTION,
    **PATROLS,
    **PHOTOS,
    **EXCELLENCE,
    **INCIDENTS,
    **SUPERVISION,
    **RECTIFICATIONS,
    **GREENCHANNEL,
    **FEEDBACK,
    **DOCUMENTS,
    **APPRAISALS,
    **ASSESSMENT,
    **PACKAGES,
}


def reason(slug: str, called: Naming = str, /, **details: object) -> dict[str, str]:
    """The reason as a verdict carries it; `called` knows what organisations were called on the day."""
    zh, en = REFUSALS[slug]
    named = {name: in_chinese(name, detail, called)[:MAX_REASON] for name, detail in details.items()}
    texts = {name: str(detail)[:MAX_REASON] for name, detail in details.items()}
    return {"slug": slug, "zh": zh.format(**named), "en": en.format(**texts)}
