"""Help of organisations, their stations' PCs, and of the calendar by which everything is reckoned."""

from __future__ import annotations

from collections.abc import Mapping

from services.roster.enrolment.form import GOOD_FOR
from shared.help.written import Help, OftenAsked

CODE_LASTS = GOOD_FOR.days + 1
"""Days, the first and the last among them."""

ORGANISATIONS: Mapping[str, Help] = {
    "organisations": Help(
        "全县单位的名称、编号、类别、上级和历次变更，撤销的也列在内。其他各页的单位都以这里登记的为准。",
        (
            "按类别、上级、名称或者编号查找，点名称进入。",
            "联合党委登记新单位：点“登记单位”，选类别，村先选乡镇（街道），再填写名称和生效日期。",
            "变更、进驻大厅、撤销，在该单位的页面登记。",
        ),
        (
            OftenAsked("为什么别处选不到某个单位？", "还没有登记，或者生效日期还没有到。请联合党委先登记。"),
            OftenAsked(
                "单位编号能自己定吗？",
                "部门和国有企业由系统编定；乡镇（街道）、村按统计用区划代码填写，登记以后不再改。",
            ),
        ),
    ),
    "new-organisation": Help(
        "登记新单位。先选类别，村还要先选所属的乡镇（街道）。由联合党委办理。",
        (
            "选类别；核对系统给出的上级和单位编号。",
            "填写名称，选择是不是联合党委成员、应不应当进驻大厅、是不是反馈对象。",
            "为其他单位承担职责的（大厅巡查、纪律检查、组织部门、发放证书），选职责和范围；填写生效日期，点“登记”。",
        ),
        (
            OftenAsked("生效日期怎么填？", "填该单位实际开始履职的日期。此日期以前的事项不能登记到该单位。"),
            OftenAsked("单位很多，能一次登记吗？", "可以由系统管理员按表格批量登记。"),
        ),
        name="登记单位",
        path="organisations/new",
        of="organisations",
    ),
    "organisation": Help(
        "一个单位现在和历次的名称、上级、职责，进驻大厅和撤销情况。",
        (
            "联合党委登记变更：按变更后的情况填写，自生效日期起施行，此前的不变。",
            "应当进驻大厅的部门，由联合党委登记进驻的大厅和日期，自该日起窗口纳入巡查。",
            "撤销、合并、分设或者变更编号的，登记最后一天和承接单位。",
        ),
        (
            OftenAsked(
                "登记错了怎么改？", "以同一生效日期再登记一次变更，即更正该次登记；进驻登记有误的，在报送记录中撤回。"
            ),
            OftenAsked(
                "撤销以后，没办完的事怎么办？",
                "未整改事项、未办结办件由承接单位办理，没有承接单位的由上级办理；以前的数据保留在原编号下。",
            ),
        ),
        name="一个单位",
        path="organisations/{code}",
        of="organisations",
    ),
    "pc": Help(
        "站点电脑的登记：有没有登记、何时登记、有没有未使用的登记码。登记码由上级单位发放。",
        (
            "上级单位点“发放登记码”，立即抄写或者复制；离开页面后不再显示。",
            f"站点在电脑上输入登记码，登记码{CODE_LASTS}天内有效，只能使用一次，字母不分大小写。",
            "电脑遗失、更换的，点“注销”并写明理由，两秒内断开。",
        ),
        (
            OftenAsked("登记码过期或者丢了？", "再发放一次，以前没有使用的登记码随即作废。"),
            OftenAsked("换了电脑，旧电脑里没有送出的内容呢？", "留在旧电脑上，需要由系统管理员转到新电脑后再送出。"),
        ),
        name="站点电脑",
        path="organisations/{code}/pc",
        of="organisations",
    ),
    "calendar": Help(
        "各年的放假和调休上班日。整改期限、办理时限、应查日期都按这里的工作日计算。任何人可以查看。",
        (
            "国务院办公厅公布下一年放假安排后，由联合党委对照原文登记年份、文号、放假时段和调休上班日。",
            "登记后立即生效；标注暂定的期限在次日零时后重新推算。",
            "登记有误的，同一年再登记一次，以后一次为准。",
        ),
        (
            OftenAsked("没有登记的年份怎么算？", "先按周一至周五和法定节假日推算，期限标注“暂定”。"),
            OftenAsked("本地临时放假能登记吗？", "只登记国务院办公厅通知的安排，临时放假不改变期限。"),
        ),
    ),
}
