"""The forms of proposals: the committee proposes, the home organisation answers."""

from __future__ import annotations

from services.feedback.training_up.rules import ANSWER_DAYS
from shared.events.training_up import AnswerTrainingUp, ProposeTrainingUp
from shared.forms import Field, Form, Kind

PROPOSE = Form(
    ProposeTrainingUp,
    "propose-training-up",
    "提出培养建议",
    "提出建议",
    (
        Field("grant", "人员和荣誉", Kind.CHOICE, lambda grants: grants or {}, empty="请选择"),
        Field("proposed", "培养建议", hint="例如列为后备干部、安排业务骨干培训。"),
    ),
    lead=f"送人员所在单位，由其在{ANSWER_DAYS}个工作日内答复是否采纳。",
)
ANSWER = Form(
    AnswerTrainingUp,
    "answer-training-up",
    "答复培养建议",
    "答复",
    (
        Field("adopted", "是否采纳", Kind.RADIOS, {"yes": "采纳", "no": "不采纳"}),
        Field("reason", "理由", hint="采纳的写明安排，不采纳的写明原因。"),
    ),
    given=("proposal",),
    lead="答复有误的，从报送记录撤回后重新答复。",
)
