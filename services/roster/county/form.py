"""The form by which the committee says what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from shared.countys_own import CommitteeName
from shared.events.roster import NameCommittee
from shared.events.roster.county import MOST_BRAND
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Field, Form, values_of
from shared.forms.entered import Values

NAME = Form(
    NameCommittee,
    "name-committee",
    "登记联合党委名称",
    "登记",
    (
        Field("name", "名称", hint=f"全称，不超过{MOST_TITLE}字，印发的反馈以此落款。"),
        Field("brand", "页面简称", hint=f"显示在各页左上角，不超过{MOST_BRAND}字。"),
        Field("latin", "县名拼音", hint="如anping，可以不填；填写的，账号密码不能由它组成。"),
        Field("valid_from", "启用日期"),
        Field("basis", "依据", hint="例如成立文件的文号，可以不填。"),
    ),
    lead="自启用日期起使用，此前印发的反馈仍用当时的名称。登记有误的，按同一启用日期再登记一次，以后一次为准。",
)
FORMS: Mapping[str, Form] = {NAME.key: NAME}


def begun(now: CommitteeName, today: date) -> Values:
    """As the form opens: what it is called now, from today on."""
    return values_of(NAME, {**now.model_dump(include={"name", "brand", "latin"}), "valid_from": today.isoformat()})
