"""Help of awards, nominations for them, and what is proposed for whoever was given one."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.awards.nominating import PUBLIC_DAYS
from services.feedback.awards.objecting import ANSWER_DAYS
from shared.help.written import Help, OftenAsked

AWARDS: Mapping[str, Help] = {
    "awards": Help(
        "人员、窗口和组织获得的荣誉，以及流动红旗等由谁持有、自何日起。由联合党委登记。",
        (
            "按荣誉、单位、年度查找。",
            "联合党委登记其他单位授予的荣誉：先按单位筛选，再选荣誉和人员，填写证明材料和授予时间；"
            "授予窗口、组织的不选人员。",
            "登记有误的，由联合党委从报送记录撤回。",
        ),
        (
            OftenAsked("为什么选不到人员？", "该单位还没有登记人员，登记以后再授予。"),
            OftenAsked("同一荣誉能授予几次？", "同一人员（单位）每个评选周期一次，评选周期在荣誉目录中规定。"),
            OftenAsked(
                "流动的荣誉怎么流转？", "授予下一个时，原获得者自当日起不再持有；撤回这次授予的，由原获得者继续持有。"
            ),
        ),
    ),
    "nominations": Help(
        "联合党委评选的荣誉：推荐谁、是否评审、公示到何日、是否授予。公示的各单位都能看到。",
        (
            "成员单位在本页推荐本单位人员；联合党委先按单位筛选，再推荐。",
            "点人员姓名，查看推荐理由和办理到哪一步。",
            "推荐有误的，从报送记录撤回；已经授予的先撤回授予。",
        ),
        (
            OftenAsked("为什么没有可选的荣誉？", "只列填写了名额的荣誉，由联合党委在荣誉目录中填写。"),
            OftenAsked(
                "哪些单位不能推荐？", "评选周期内有事故、差评、投诉查实的单位，以及最近一次年度考核不合格的单位。"
            ),
        ),
    ),
    "nomination": Help(
        "一项推荐：人员、荣誉、理由，以及评审、公示和授予。由联合党委办理。",
        (
            "评委按荣誉目录中的评审标准逐项评分；评审以后点“开始公示”。",
            f"公示次日起满{PUBLIC_DAYS}个工作日，没有问题的，填写授予时间，点“授予”。",
            f"公示期内各单位可以在本页提出异议，联合党委办公室核实后在{ANSWER_DAYS}个工作日内答复。",
            "公示有误的，从报送记录撤回公示。",
        ),
        (
            OftenAsked("公示期间能授予吗？", "不能，公示截止日的次日起授予。"),
            OftenAsked("名额满了怎么办？", "名额在荣誉目录中规定，本评选周期已满的不能再授予。"),
        ),
        name="一项推荐",
        path="nominations/{id}",
        of="nominations",
    ),
    "training-up": Help(
        "联合党委对获得荣誉的人员，向其所在单位提出的培养建议，以及是否采纳。",
        (
            "联合党委先按单位筛选，再选择人员和荣誉，写明建议。",
            "所在单位点人员姓名，在答复期限以前答复采纳或者不采纳，并写明理由。",
            "提出、答复有误的，从报送记录撤回；已经答复的，先撤回答复。",
        ),
        (
            OftenAsked("为什么选不到人员？", "只列该单位获得荣誉、还没有提出培养建议的人员。"),
            OftenAsked("逾期没有答复怎么办？", "在联合党委的待办中列出，由联合党委催办；逾期后仍可以答复。"),
        ),
    ),
    "training-up-one": Help(
        "一项培养建议：人员、荣誉、建议内容、答复期限和答复。",
        (
            "所在单位选择采纳或者不采纳：采纳的写明安排，不采纳的写明原因，点“答复”。",
            "所在单位的党组织书记、联络员和窗口首席代表可以答复。",
        ),
        (
            OftenAsked("答复以后能改吗？", "从报送记录撤回答复，再重新答复。"),
            OftenAsked("建议写错了怎么办？", "答复以前由联合党委从报送记录撤回，再重新提出。"),
        ),
        name="一项培养建议",
        path="training-up/{id}",
        of="training-up",
    ),
}
