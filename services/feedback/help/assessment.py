"""Help of assessments: schemes, lists of a period, why a unit has its points, trials, vetoes."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.assessment import MOST_ADJUSTED, MOST_INDICATORS
from shared.help.written import Help, OftenAsked

ASSESSMENT: Mapping[str, Help] = {
    "assessments": Help(
        "各单位每期考核的得分、名次和等次。成员单位看到本单位的，联合党委看到全部。",
        (
            "按期次、类别查找，选择排列顺序。",
            "点单位名称，查看每项指标的数据、算法和得分。",
            "联合党委点“各期考核”中的期次，审定或者重新生成。",
        ),
        (
            OftenAsked("为什么还看不到本期的？", "书记办公会审定以后才列出。"),
            OftenAsked("能看别的单位的得分吗？", "不能，只看本单位在同类单位中的名次；联合党委、组织部门可以看全部。"),
        ),
    ),
    "assessments-of": Help(
        "一期的考核结果：各类单位按得分排列，登记书记办公会的表决。由联合党委办理。",
        (
            "核对得分、名次和等次；“现有数据”一栏标明补报以后会有什么变化。",
            "数据有变化的，先重新生成文稿，再在本页重新生成考核结果。",
            "书记办公会表决以后，填写会议日期和各种票数，点“登记审定”。",
        ),
        (
            OftenAsked(
                "优秀怎么定？",
                "达到优秀分数线，按得分取到优秀比例上限为止；最后一个名额有同分的，同分的都不评优秀。",
            ),
            OftenAsked("审定错了怎么办？", "本期第一份反馈签发以前，可以从报送记录撤回审定，重新表决。"),
        ),
        name="一期的考核结果",
        path="assessments/of/{period}",
        of="assessments",
    ),
    "assessment": Help(
        "一个单位一期的考核：每项指标的数据、怎样计分、得多少分。",
        (
            "从上往下看每项指标的数据和算法，得分精确到百分之一分。",
            "点“数据”一栏，查看该项数据的来源。",
            "对数据有异议的，在本期反馈文件的页面提出。",
        ),
        (
            OftenAsked("没有数据的指标怎么算？", "按考核办法：分值由其他指标分担、按满分计或者不计分，表中写明。"),
            OftenAsked("印发以后又有补报怎么办？", "考核结果不变；需要更正的，由联合党委决定。"),
        ),
        name="一个单位的考核",
        path="assessments/{report}",
        of="assessments",
    ),
    "assessment-trial": Help(
        "用已经截止的一期的数据，按另一个考核办法试算，与该期施行的办法对照。",
        (
            "先在“考核办法”中登记新的办法，施行以前可以更正。",
            "在一期的考核结果页面点“试算”。",
            "对照得分、名次和等次的增减，可以导出。",
        ),
        (
            OftenAsked("试算会改变结果吗？", "不会，试算不保存，也不影响已经审定的结果。"),
            OftenAsked("试算不满意怎么办？", "新办法施行日期的前一日为止可以更正，更正后再试算。"),
        ),
        name="考核试算",
        path="assessments/trial/{period}/{day}",
        of="assessments",
    ),
    "assessment-scheme": Help(
        "各单位按什么考核：指标、分值、分数线和优秀比例。自某年1月1日起施行，不得从过去施行。",
        (
            f"每个指标选一项数据，填写分值、起计值和满分值，最多{MOST_INDICATORS}个指标。",
            f"每类单位各项分值合计100分；扣分、加分另计，各不超过{MOST_ADJUSTED}分。",
            "施行以前，可以用以前一期的数据试算。",
        ),
        (
            OftenAsked("越少越好的数据怎么填？", "起计值填得比满分值大，例如到现场次数起计值2、满分值1。"),
            OftenAsked("填错了怎么办？", "施行日期的前一日为止可以更正、撤回；已经用过的，另定以后年度的办法。"),
        ),
    ),
    "vetoes": Help(
        "查实违纪、瞒报的单位，该期考核等次不高于合格。由联合党委登记。",
        (
            "选择单位、期次和情形，写明理由和证明材料。",
            "登记后到该期考核结果的页面重新生成。",
            "登记有误的，从报送记录撤回。",
        ),
        (
            OftenAsked("得分会变吗？", "不变，只是等次不高于合格，优秀的名额由后面的单位递补。"),
            OftenAsked("已经审定的还能登记吗？", "先撤回审定，登记以后重新生成、重新审定。"),
        ),
    ),
}
