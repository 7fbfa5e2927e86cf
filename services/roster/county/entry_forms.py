"""The forms of a catalogue: an entry is listed, and corrected or ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from shared.countys_own import CatalogueEntry
from shared.events.roster import EnterInCatalogue
from shared.events.roster.county import MOST_ENTRY, MOST_UNIT
from shared.events.vocabulary import Catalogue
from shared.forms import Field, Form, values_of
from shared.forms.entered import Values


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


NAME = Field("name", "名称", hint=f"不超过{MOST_ENTRY}字。")
UNIT = Field("unit", "计量单位", hint=f"例如条、次、场，不超过{MOST_UNIT}字。", when=_is_counted)
SINCE = Field("valid_from", "启用日期", hint="自该日起的事项可以选用。")
BASIS = Field("basis", "依据", hint="例如文号，可以不填。")
QUOTA = Field(
    "quota", "每年名额", hint="联合党委评选的填写，须经推荐、公示后授予；上级或者其他单位授予的不填。", when=_is_award
)
ENTER = Form(
    EnterInCatalogue,
    "enter-entry",
    "登记一项",
    "登记",
    (NAME, UNIT, QUOTA, SINCE, BASIS),
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
        QUOTA,
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
    said = one.model_dump(mode="json", include={"name", "unit", "last_day"})
    days = {"valid_from": one.since.isoformat(), "last_day": said["last_day"] or ""}
    return values_of(CHANGE, {**said, **days, "quota": str(one.quota or "")})
