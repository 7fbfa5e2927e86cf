"""The forms of a catalogue: an entry is listed, and corrected or ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from shared.countys_own import CatalogueEntry
from shared.events.roster import EnterInCatalogue
from shared.events.roster.county import MOST_ENTRY, MOST_UNIT
from shared.events.vocabulary import AwardRhythm, Catalogue
from shared.forms import Field, Form, Kind, Rows, values_of
from shared.forms.entered import Values

OFFERED = 4
"""Rows for criteria; more that were entered are shown."""
GIVEN_TO = {
    "person": "个人",
    "party-member": "党员",
    "agent": "代办员",
    "window": "窗口",
    "organisation": "组织",
}
RHYTHMS = {"month": "每月", "quarter": "每季度", "year": "每年"}


@dataclass(frozen=True, slots=True)
class OfCatalogue:
    """Of which catalogue an entry is."""

    catalogue: Catalogue

    @property
    def is_counted(self) -> bool:
        """Work alone is counted in a unit of its own."""
        return self.catalogue is Catalogue.WORK


def _is_counted(of: OfCatalogue | None) -> bool:
    return of is not None and of.is_counted


def _is_award(of: OfCatalogue | None) -> bool:
    return of is not None and of.catalogue is Catalogue.AWARD


def slug_of(of: OfCatalogue, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nobody has to think of one: it follows from the name as it is first entered, however often that is sent."""
    return {"entry": f"{of.catalogue}-{sha256(said['name'].encode()).hexdigest()[:8]}"}


COMMITTEES_OWN = ("共产党员先锋岗", "流动红旗窗口", "文明服务之星", "优秀代办员")
"""Awards that committees give themselves; a form suggests them."""


def _suggested(of: OfCatalogue | None) -> Mapping[str, str]:
    return dict.fromkeys(COMMITTEES_OWN, "") if _is_award(of) else {}


NAME = Field("name", "名称", Kind.SUGGESTED, _suggested, hint=f"不超过{MOST_ENTRY}字。")
UNIT = Field("unit", "计量单位", hint=f"例如条、次、场，不超过{MOST_UNIT}字。", when=_is_counted)
SINCE = Field("valid_from", "启用日期", hint="自该日起的事项可以选用。")
BASIS = Field("basis", "依据", hint="例如文号，可以不填。")
OF_AWARD = (
    Field(
        "quota",
        "名额",
        hint="每个评选周期授予多少名。联合党委评选的填写，须经推荐、公示后授予；上级或者其他单位授予的不填。",
        when=_is_award,
    ),
    Field("given_to", "授予对象", Kind.CHOICE, GIVEN_TO, when=_is_award),
    Field("award_rhythm", "评选周期", Kind.CHOICE, RHYTHMS, default=AwardRhythm.YEAR.value, when=_is_award),
    Field(
        "moving",
        "是否流动",
        Kind.RADIOS,
        {"no": "不流动", "yes": "流动"},
        default="no",
        hint="流动的同一时间只有一个获得者，授予下一个时原获得者不再持有，例如流动红旗窗口。",
        when=_is_award,
    ),
    Rows(
        "criteria",
        "评审标准",
        OFFERED,
        (Field("name", "标准"), Field("most", "满分", unit="分")),
        note="各项满分合计100分。都不填的，按软件应用、流程优化、服务规范、群众满意度各25分评审。",
        when=_is_award,
        is_brief=True,
    ),
)
ENTER = Form(
    EnterInCatalogue,
    "enter-entry",
    "登记一项",
    "登记",
    (NAME, UNIT, *OF_AWARD, SINCE, BASIS),
    given=("catalogue",),
    completed=("entry",),
    complete=slug_of,
    lead="登记后各单位填表时可以选用。",
)
CHANGE = Form(
    EnterInCatalogue,
    "change-entry",
    "变更或者停止使用",
    "提交变更",
    (
        NAME,
        UNIT,
        *OF_AWARD,
        SINCE,
        Field("last_day", "最后一天", hint="停止使用的填写，此后不再可选；继续使用的不填。"),
        BASIS,
    ),
    given=("catalogue", "entry"),
    lead="停止使用以后，以前登记的事项照常显示。",
)
NEW: Mapping[str, Form] = {ENTER.key: ENTER}
OF_AN_ENTRY: Mapping[str, Form] = {CHANGE.key: CHANGE}


def as_entered(one: CatalogueEntry) -> Values:
    """As the form opens."""
    said = one.model_dump(mode="json", exclude={"catalogue", "entry", "since"})
    days = {"valid_from": one.since.isoformat(), "last_day": said["last_day"] or ""}
    return values_of(CHANGE, {**said, **days, "quota": said["quota"] or ""})
