"""Every reason for a no: a slug, and a sentence that a person can act on, in Chinese and in English.

`{details}` are filled in by `reason`; a slug or a detail that is missing is a KeyError at development time.
"""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.envelope import MAX_REASON
from shared.events.refusals.enrolment import ENROLMENT
from shared.events.refusals.everywhere import EVERYWHERE
from shared.events.refusals.excellence import EXCELLENCE
from shared.events.refusals.feedback import FEEDBACK
from shared.events.refusals.greenchannel import GREENCHANNEL
from shared.events.refusals.incidents import INCIDENTS
from shared.events.refusals.inspection import INSPECTION
from shared.events.refusals.patrols import PATROLS
from shared.events.refusals.photos import PHOTOS
from shared.events.refusals.rectifications import RECTIFICATIONS
from shared.events.refusals.roster import ROSTER
from shared.events.refusals.sentences import Sentences
from shared.events.refusals.supervision import SUPERVISION

REFUSALS: Mapping[str, Sentences] = {
    **EVERYWHERE,
    **ROSTER,
    **ENROLMENT,
    **INSPECTION,
    **PATROLS,
    **PHOTOS,
    **EXCELLENCE,
    **INCIDENTS,
    **SUPERVISION,
    **RECTIFICATIONS,
    **GREENCHANNEL,
    **FEEDBACK,
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "award": {
        "county-service-model": "县级十佳服务标兵",
        "chifeng-good-person": "赤峰好人",
        "lei-feng-pacesetter": "赤峰市学雷锋标兵",
    },
    "kind": {
        "county": "县",
        "department": "部门",
        "state-enterprise": "国有企业",
        "township": "乡镇（街道）",
        "village": "行政村",
        "ranch": "牧场",
    },
    "patrol": {"station": "村级便民服务站", "window": "窗口", "facility": "大厅设施", "campaign": "专项巡查"},
    "role": {
        "department-head": "部门负责人",
        "township-deputy": "乡镇分管负责人",
        "discipline-officer": "纪检人员",
    },
    "rhythm": {"daily": "每日", "weekly": "每周", "campaign": "专项"},
}
"""How the values of some details are called in a Chinese sentence."""


def reason(slug: str, **details: object) -> dict[str, str]:
    """The reason as a verdict carries it."""
    zh, en = REFUSALS[slug]
    texts = {name: str(value)[:MAX_REASON] for name, value in details.items()}
    named = {name: WORDS.get(name, {}).get(value, value) for name, value in texts.items()}
    return {"slug": slug, "zh": zh.format(**named), "en": en.format(**texts)}
