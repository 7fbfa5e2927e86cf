"""What may be done about a rectification on its page, each a form."""

from __future__ import annotations

from collections.abc import Mapping

from services.inspection.photos.form import REPLACE
from services.inspection.photos.sending import UPLOAD
from services.inspection.rectifications.model import Rectification, What
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.forms import Field, Form, Photos
from shared.pages.chinese import time_text

KNOWN = ("rectification",)
"""What the page's address says."""


def reinspections(one: Rectification | None) -> dict[str, str]:
    """Those that no longer found it, the newest first, called by their time; none while it cannot be looked up."""
    if one is None:
        return {}
    times = [time_text(step.at) for step in one.steps if step.what is What.REINSPECTED]
    return dict(zip(one.reinspections[::-1], times[::-1], strict=False))


ACCEPT = Form(AcceptRectification, "accept", "领办", "确认领办", lead="确认由本单位整改，整改期限不变。", given=KNOWN)
SUBMIT = Form(
    SubmitRectification,
    "submit",
    "报送整改结果",
    "报送",
    (Field("note", "整改情况说明"), Photos(label="整改照片", upload=UPLOAD)),
    given=KNOWN,
)
VERIFY = Form(
    VerifyRectification,
    "verify",
    "核验通过",
    "核验通过",
    (
        Field(
            "reinspection",
            "复查记录",
            choices=reinspections,
            empty="不引用",
            when=lambda one: one is None or bool(one.reinspections),
        ),
        Field("note", "核验意见"),
    ),
    given=KNOWN,
)
SEND_BACK = Form(
    SendBackRectification,
    "send-back",
    "退回重改",
    "退回",
    (Field("reason", "退回理由"),),
    lead="退回后按原工作日数重新计算整改期限。",
    given=KNOWN,
)
EXTEND = Form(
    ExtendRectification,
    "extend",
    "延长整改期限",
    "同意延期",
    (Field("working_days", "延长工作日数"), Field("reason", "延期理由")),
    given=KNOWN,
)
REOPEN = Form(
    ReopenRectification,
    "reopen",
    "恢复整改",
    "恢复整改",
    (Field("reason", "恢复理由"),),
    lead="恢复整改后原核验不再计入完成整改。",
    given=KNOWN,
)
FORMS: Mapping[str, Form] = {form.key: form for form in (ACCEPT, SUBMIT, VERIFY, SEND_BACK, EXTEND, REOPEN, REPLACE)}
"""By the last part of the address to which they are sent."""
