"""The forms of annual packages: the committee sends one, the organisation department signs for it or sends it back."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.packages import AdoptPackage, ReceivePackage, ReturnPackage, SendAnnualPackage
from shared.forms import Field, Form, Kind

SEND = Form(
    SendAnnualPackage,
    "send-package",
    "报送年度考核材料",
    "报送",
    (
        Field("year", "年度", Kind.CHOICE, lambda years: years or {}, empty="请选择"),
        Field("performance_weight", "在绩效考核中的权重", unit="%", hint="按绩效考核办法填写，没有规定的不填。"),
        Field("because", "补报理由", hint="已经报送、内容有变化重新报送的，写明理由。"),
    ),
    lead="报送函由系统编号，附考核结果一览表、党员考核与评议汇总表、整改意见清单、绩效考核数据和各单位的年度反馈文件，"
    "报送组织部门。应当在印发年度反馈的当日报送。",
)
RECEIVE = Form(
    ReceivePackage,
    "receive-package",
    "签收",
    "签收",
    given=("package",),
    lead="核对材料齐全后签收；不齐全的，退回补正。",
)
RETURN = Form(
    ReturnPackage,
    "return-package",
    "退回补正",
    "退回",
    (Field("reason", "退回理由", hint="写明需要补正的内容。"),),
    given=("package",),
)
ADOPT = Form(
    AdoptPackage,
    "adopt-package",
    "登记采用",
    "登记采用",
    (
        Field("adopted_on", "采用日期"),
        Field("counted", "采用方式", hint="例如：按20%计入年度绩效考核。"),
    ),
    given=("package",),
    lead="考核结果已经用于绩效考核、评优评先的，登记日期和方式；登记有误的，重新登记，以最后一次为准。",
)
OF_LIST: Mapping[str, Form] = {SEND.key: SEND}
OF_PACKAGE: Mapping[str, Form] = {one.key: one for one in (RECEIVE, RETURN, ADOPT)}
