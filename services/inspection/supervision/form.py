"""The form that asks to look through one device: a button beside it, for the person of the page's address."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shared.events.inspection import ViewDevice
from shared.forms import Entered, Field, Form, Kind, Shown, shown
from shared.forms.bounds import bounds_of
from shared.forms.inputs import Input, Option
from shared.pages.chinese import CHOOSE_PERSON

LOOK = Form(
    ViewDevice,
    "look",
    "查看监控设备",
    "查看",
    (Field("organisation", "被查看单位", Kind.HIDDEN), Field("device", "设备", Kind.HIDDEN)),
    given=("person",),
)
IS_PERSON = re.compile(bounds_of(ViewDevice, "person").pattern).search


def person_input(person: str, names: Mapping[str, str], may_focus: bool = True) -> Input:
    """Whose devices are asked for, among those who may look; who is none is said at the field."""
    wrong = CHOOSE_PERSON if person and not IS_PERSON(person) else ""
    options = (Option("", "请选择", not person), *(Option(id, name, id == person) for id, name in names.items()))
    return Input(
        "person",
        "person",
        "查看人",
        "choice",
        person,
        options,
        is_needed=True,
        wrong=wrong,
        has_focus=bool(wrong) and may_focus,
    )


def look_at(organisation: str, device: str, action: str) -> Shown:
    """Each with a ticket of its own: looks at two devices are two submissions."""
    return shown(LOOK, action, entered=Entered({"organisation": organisation, "device": device}))
