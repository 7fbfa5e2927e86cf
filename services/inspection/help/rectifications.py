"""Help of rectifications: from what was found to what is closed, with their deadlines."""

from __future__ import annotations

from collections.abc import Mapping

from services.inspection.rectifications.rules.rounds import ESCALATED_AFTER, REOPENING_DAYS, VERIFIED_WITHIN
from shared.help.written import Help, OftenAsked

RECTIFICATIONS: Mapping[str, Help] = {
    "rectifications": Help(
        "检查发现的每个问题、签收的反馈文件的每条整改意见都有一项整改，从待领办到整改、核验、销号，在这里逐项列出，逾期的在前。",
        (
            "整改单位：点开待领办的事项，先领办，整改后报送情况和照片。",
            "核验单位：点开待核验的，看整改前后的照片，通过或者退回。",
            "按环节、来源、乡镇（街道）、逾期筛选，需要时导出或者打印。",
        ),
        (
            OftenAsked(
                "期限从哪天算？", "从发现的次日起按工作日计算，当日不算，期限当天报送的算按期。等待核验的时间不算逾期。"
            ),
            OftenAsked(
                "逾期以后会怎样？", f"逾期计入整改单位的统计；逾期超过{ESCALATED_AFTER}个工作日的，提请其上级单位督办。"
            ),
            OftenAsked(
                "反馈文件的整改意见怎么办？",
                "签收后自动列入，期限是文件写明的完成时限，由印发文件的联合党委核验；全部销号后文件办结归档。意见内容只对主送单位及其上级显示。",
            ),
            OftenAsked("“暂定”是什么意思？", "当年放假安排还没有公布，期限先按周末推算；公布后重新推算。"),
        ),
    ),
    "rectification": Help(
        "一项整改的办理经过、照片，以及轮到本单位办理的环节。",
        (
            "整改单位先点“领办”，整改后填写情况、附上照片，点“报送”。",
            "核验单位点“核验通过”；整改不到位的点“退回”，写明理由，期限按原工作日数重新计算。",
            "确有困难的，由核验单位同意延期，写明理由和延长的工作日数。",
            f"核验后{REOPENING_DAYS}日内问题再次出现的，点“恢复整改”；满{REOPENING_DAYS}日自动销号。",
        ),
        (
            OftenAsked(
                "谁可以核验？",
                "整改单位的上级单位；检查发现的窗口问题还可以由承担大厅巡查的单位核验。整改单位和报送整改结果的单位不能核验自己的整改。",
            ),
            OftenAsked(
                "报送后一直没有核验？",
                f"报送后超过{VERIFIED_WITHIN}个工作日没有核验的，系统提醒核验单位一次，不算整改单位逾期。",
            ),
            OftenAsked("上一步办错了？", "下一环节办理之前，可以从页面下方更正或者撤回。"),
        ),
        name="整改事项",
        path="rectifications/{organisation}/{inspection}/{n}",
        of="rectifications",
    ),
}
