"""The help of the green channel's pages: cases under their limits, services, and the record of both."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.reasonable import MOST_VISITS
from shared.help.written import Help, OftenAsked
from shared.pages.chinese import AFTER_HOURS, FEE_STANDARD, PERSONS_OF_ONE

LIMITED = "自受理次日起按工作日计算，到期日当天办结算按时；当日办结的事项，受理当天办结算按时。"

HELP: Mapping[str, Help] = {
    "greenchannel": Help(
        "窗口和站点在这里登记绿色通道服务、受理和办结办件；任何人可以查看各年服务情况和现行办理时限。",
        (
            "登记绿色通道服务：选服务对象、服务方式、人次，办一次登记一次。",
            "受理办件：选事项，填写窗口编号或者标识，便于办结时查找。",
            "办结：在“在办件”一行点“办结”，填写到现场次数、收费和证照寄送。",
        ),
        (
            OftenAsked("什么算延时服务？", AFTER_HOURS),
            OftenAsked("人次怎么填？", f"{PERSONS_OF_ONE}企业按次、特殊群体按人次统计，二者不相加。"),
            OftenAsked("时限怎么算？", LIMITED),
        ),
    ),
    "cases": Help(
        "已经受理的办件，在办的和办结的，按事项、单位和状态查找。",
        (
            "按状态筛选在办的和逾期的，先办已逾期和快到期的。",
            "点一行进入办件，办结后在该页登记。",
            "受理有误的，从报送记录更正、撤回；已经办结的，先撤回办结。",
        ),
        (
            OftenAsked("怎样找到某个人的办件？", "办件不登记姓名和证件号码，按窗口编号或者标识查找。"),
            OftenAsked("村站受理的，部门窗口能办结吗？", "由受理的单位办结，其上级单位也可以代为登记。"),
        ),
    ),
    "case": Help(
        "一个办件的事项、受理日期、到期日和办理结果。",
        (
            "核对事项和标识，确认是要办结的那一件。",
            f"填写申请人到现场次数（不超过{MOST_VISITS}次）、收费和证照寄送，点“办结”。",
        ),
        (
            OftenAsked("收费怎么填？", FEE_STANDARD),
            OftenAsked("时限怎么算？", f"{LIMITED}受理以后时限有调整的，仍按受理时的时限。"),
            OftenAsked("到期日标注“暂定”？", "当年放假安排还没有公布，公布后重新推算。"),
        ),
        name="一个办件",
        path="cases/{organisation}/{case}",
        of="cases",
    ),
    "services": Help(
        "绿色通道服务，逐次列出服务对象、方式、人次和日期，可以按对象、方式、单位筛选。",
        (
            "按服务对象、服务方式或者服务单位筛选，核对次数和人次。",
            "登记新的服务，到“办件与绿色通道”。",
            "登记错了的，从该行的报送记录更正、撤回。",
        ),
        (
            OftenAsked("为什么企业一次只能填1？", "企业按“次”统计，多次服务分别登记。"),
            OftenAsked("同样的服务登记了两次？", "内容相同的再次登记时，系统会问是不是另一次；确系重复的，撤回一次。"),
        ),
    ),
}
