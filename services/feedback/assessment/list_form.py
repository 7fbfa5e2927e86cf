"""The forms of a period's list: it is drawn up anew, and approved as it was voted."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.assessment.voting import not_carried
from shared.events.assessment import ApproveAssessment, RedrawAssessment
from shared.forms import Field, Form, Kind

APPROVE = Form(
    ApproveAssessment,
    "approve",
    "审定",
    "登记审定",
    (
        Field("edition", "稿次", Kind.HIDDEN),
        Field("held_on", "会议日期"),
        Field("present", "到会人数", unit="人"),
        Field("in_favour", "赞成人数", unit="人"),
        Field("against", "反对人数", unit="人"),
        Field("abstained", "弃权人数", unit="人"),
    ),
    given=("period",),
    foresees=not_carried,
    lead="书记办公会表决，赞成超过到会半数为通过。审定以后才能签发本期反馈；签发以前可以从报送记录撤回审定。",
)
REDRAW = Form(
    RedrawAssessment,
    "redraw",
    "重新生成",
    "重新生成",
    given=("period",),
    lead="按本期文稿现有的数据和一票否决重新计算。文稿的数据有补报的，先重新生成文稿。",
)
FORMS: Mapping[str, Form] = {one.key: one for one in (APPROVE, REDRAW)}
