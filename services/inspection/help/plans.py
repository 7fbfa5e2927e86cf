"""Help of patrol plans and checklists: how they are adopted, from when on they hold."""

from __future__ import annotations

from collections.abc import Mapping

from services.inspection.patrols.model.checklists import STILL_USED
from services.inspection.patrols.model.plans import first_plans
from shared.help.written import Help, OftenAsked
from shared.pages.chinese import MARKS

FIRST = first_plans("")
UNTIL = FIRST.history[0].until
"""Of the plans with which a county begins."""
NOT_BEGUN = "施行日期的前一日为止，可以更改、取消；施行以后只能另行调整，自以后的日期起施行。"

PLANS: Mapping[str, Help] = {
    "plans": Help(
        "现行和历次的巡查计划、检查表。计划规定谁检查、查哪里、多久一次、几点前算按时；检查表规定查哪几项、各占多少分。",
        (
            "联合党委在本页制定巡查计划、发布检查表，填写施行日期。",
            "要调整的，点开计划或者检查表，下达调整后的内容或者发布新一版。",
            "其他单位在本页查看；对计划有意见的，向联合党委提出。",
        ),
        (
            OftenAsked(
                "没有制定计划时怎么办？",
                f"系统先按每个工作日{UNTIL}前村级便民服务站日自查、窗口日巡查安排，联合党委下达计划后按计划执行。",
            ),
            OftenAsked("下达以后发现有误？", NOT_BEGUN),
        ),
    ),
    "plan": Help(
        "一个巡查计划的内容和历次调整，每次从施行日期起算，以前的检查仍按当时的计划。",
        (
            "核对现行的一次：类别、范围、频次、由谁检查、按时截止、联系间隔上限。",
            "联合党委要调整的，在本页填写调整后的内容和施行日期，点“下达”。",
            "还没有施行的，从本行更改或者取消。",
        ),
        (
            OftenAsked("专项巡查能延期吗？", "已经下达的专项巡查不再变更范围和期限，请另行下达新的计划。"),
            OftenAsked(
                "每周的计划遇到放假？", "当周的检查日是休息日的，改为当周最后一个工作日；整周放假的，当周不查。"
            ),
        ),
        name="一个巡查计划",
        path="plans/{plan}",
        of="plans",
    ),
    "checklist": Help(
        "一张检查表的各版检查项和分值。打分按检查当日施行的版本，以前的检查不受新版影响。",
        (
            "查看现行版本的检查项。",
            "联合党委要改的，发布新一版，写全检查项和施行日期；检查项不能重复。",
            "还没有施行的一版，可以取消后重新发布。",
        ),
        (
            OftenAsked(
                "得分怎么算？", f"每项选{MARKS['100']}得满分，{MARKS['50']}得一半，{MARKS['0']}不得分，按各项分值合计。"
            ),
            OftenAsked(
                "站点没有线路，用的是旧版怎么办？",
                f"新版施行后{STILL_USED.days}日内，仍按旧版打的分照样受理，记录中注明；再晚的，请更新任务后按新版打分。",
            ),
        ),
        name="一张检查表",
        path="checklists/{checklist}",
        of="plans",
    ),
}
