"""The forms of a period's list: it is drawn up anew, and voted on."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.assessment.voting import OUTCOMES, no_such_vote
from shared.events.assessment import ApproveAssessment, RedrawAssessment
from shared.forms import Field, Form, Kind

CHOICES = {one.value: said.zh for one, said in OUTCOMES.items()}
APPROVE = Form(
    ApproveAssessment,
    "approve",
    "登记表决",
    "登记表决",
    (
        Field("edition", "稿次", Kind.HIDDEN),
        Field("held_on", "会议日期"),
        Field("present", "到会人数", unit="人"),
        Field("in_favour", "赞成人数", unit="人"),
        Field("against", "反对人数", unit="人"),
        Field("abstained", "弃权人数", unit="人"),
        Field("outcome", "表决结果", Kind.RADIOS, CHOICES, required=True),
    ),
    given=("period",),
    foresees=no_such_vote,
    lead="书记办公会表决，赞成超过到会半数为通过，通过的即为审定，审定以后才能签发本期反馈。未通过的也要登记，"
    "重新生成以后或者就本稿再次表决。登记有误的，可以从报送记录撤回；审定的，签发以前可以撤回。",
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
