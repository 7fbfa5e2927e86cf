"""What a submission reported, in the words of the form that made it: every field with its label, findings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from services.station.desk import Desk
from services.station.outbox.rows import Saved
from services.station.page.forms import BY_TYPE
from services.station.page.here import CHECKLIST, VERSION, Here
from shared.forms import Form, values_of
from shared.forms.declared import Marks
from shared.forms.layout import sections
from shared.forms.readout import ReadOut, read_out
from shared.hundredths import decimal
from shared.pages.chinese import MARKS, PATROLS


def reported(row: Saved, desk: Desk) -> list[ReadOut]:
    """In the order of the form; nothing of what no form here makes."""
    form, body = BY_TYPE.get(row.type), json.loads(row.body)
    if form is None:
        return []
    values = values_of(form, body)
    here = Here(desk.with_former(values.get(CHECKLIST, ""), values.get(VERSION, "")), values)
    parts = [read_out(one, values) for one in sections(form, here, values) if one.is_touched(values) or not one.row]
    return [one for one in (*_unlisted(form, here, values), *parts, *_follows(form, here, body)) if one.lines]


def _unlisted(form: Form, here: Here, values: Mapping[str, str]) -> list[ReadOut]:
    """Marks by a checklist that this PC was never told by name, in their order."""
    if not here.has_lost_its_checklist:
        return []
    (begins,) = [f"{part.path.replace('.', '-')}-" for part, _ in form.places() if isinstance(part, Marks)]
    given = (mark for name, mark in values.items() if name.startswith(begins))
    marks = [(f"第{n}项", MARKS.get(mark, mark)) for n, mark in enumerate(given, 1)]
    return [ReadOut(f"检查表第{values.get(VERSION, '')}版", tuple(marks))]


def _follows(form: Form, here: Here, body: Mapping[str, Any]) -> list[ReadOut]:
    """What follows from the marks, and is asked for where there are none."""
    if "score" not in form.completed:
        return []
    patrol = [("巡查对象", PATROLS[body["patrol"]])] if body.get("plan") else []
    return [ReadOut("", (*patrol, *([("得分", decimal(body["score"]))] if here.checklist else [])))]
