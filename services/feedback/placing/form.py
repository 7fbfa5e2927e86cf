"""The button beside an organisation whose facts were left behind by a move that was entered late."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.feedback import RePlaceFacts
from shared.forms import Entered, Field, Form, Kind, Shown, shown

RE_PLACE = Form(
    RePlaceFacts,
    "re-place",
    "按变更后的隶属关系统计",
    "重新归属",
    (Field("since", "起始日期", Kind.HIDDEN),),
)
FORMS: Mapping[str, Form] = {RE_PLACE.key: RE_PLACE}


def button(since: str, action: str) -> Shown:
    """Each with a ticket of its own."""
    return shown(RE_PLACE, action, entered=Entered({"since": since}))
