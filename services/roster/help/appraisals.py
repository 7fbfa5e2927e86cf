"""Help of the appraisal of Party members at windows."""

from __future__ import annotations

from collections.abc import Mapping

from services.roster.appraisals.contents import MOST_TEXT
from services.roster.appraisals.model import AppraisalRules
from shared.help.written import Help, OftenAsked

USUAL = AppraisalRules()
APPRAISALS: Mapping[str, Help] = {
    "appraisals": Help(
        "窗口党员的双重考核和双重评议。各人只看到自己可以阅看的考核评议表。",
        (
            "本人打开自己的考核评议表，填写自评；结果出来后阅签或者申诉。",
            "书记打开所管党员的考核评议表，按环节评定；轮到办理的同时列在“待办”。",
            "党委办公室主任、联合党委书记从支部名称进入，开展一年的考核评议。",
        ),
        (
            OftenAsked(
                "谁能看到？", "本人、双方党组织书记、党委办公室主任和组织部经办；其他人看不到，每次打开都有记录。"
            ),
            OftenAsked(
                "为什么是空的？", "单位口令不能阅看考核评议表，请以本人账号登录；没有参加考核的，没有考核评议表。"
            ),
        ),
    ),
    "appraisals-of": Help(
        "对一个窗口联合党支部的党员开展一年的考核评议。由党委办公室主任、联合党委书记办理。",
        (
            "核对年度和开始日期。",
            "勾选参加考核的党员：须是该支部成员、在窗口任职的中共党员。",
            "点“开展”，每人一份考核评议表，本人在“待办”中看到。",
        ),
        (
            OftenAsked(
                "少了一个人？", "先在“党组织”页面登记支部成员，在“人员”页面登记窗口职务和党员身份，再回到本页。"
            ),
            OftenAsked("开错了怎么办？", "归档以前在该考核评议表的页面撤回，写明理由。"),
        ),
        name="一个支部的考核评议",
        path="appraisals/of/{branch}",
        of="appraisals",
    ),
    "appraisal": Help(
        "一名窗口党员一年的考核评议表：进度、各环节的内容、得分怎样得出。",
        (
            f"本人填写自评，两项各不超过{MOST_TEXT}字；支部互评只登记票数。",
            "联合党委评定四项得分和等次，当日反馈成员党组织；成员党组织评定等次，写一句评语。",
            "双方相差两个等次及以上的，各自写会商意见；本人阅签或者申诉后归档。",
        ),
        (
            OftenAsked("填错了怎么办？", "下一环节办理以前重新提交，以最后一次为准。"),
            OftenAsked(
                "得分怎么算？",
                f"联合党委四项得分减去查实的三无事项扣分，与成员党组织等次折算分按权重相加，一般为{USUAL.committee_weight}比"
                f"{100 - USUAL.committee_weight}；两个等次并列，不作平均。",
            ),
            OftenAsked("本人不填怎么办？", "自评、阅签逾期的，下一环节照常办理，并标明逾期。"),
        ),
        name="一份考核评议表",
        path="appraisals/{sheet}",
        of="appraisals",
    ),
    "appraisal-scheme": Help(
        "窗口党员的考核评议怎样办理：权重、满分、扣分、折算、期限和优秀比例。没有施行办法的，按页面所列的一般办法。",
        (
            "填写施行日期，逐项核对数字；四项满分合计100分。",
            "施行日期以后开始的考核评议按此办理，以前开始的仍按原办法。",
        ),
        (
            OftenAsked(
                "可以改吗？", "没有用过的，施行日期的前一日为止可以更正、撤回；已经用过的，另定以后施行的办法。"
            ),
            OftenAsked(
                "优秀名额怎么算？", f"按每个支部参加考核的人数，一般不超过{USUAL.excellent_percent}%，不足一人的舍去。"
            ),
        ),
    ),
}
