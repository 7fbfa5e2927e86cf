"""Why inspection says no to plans, checklists and the patrols that follow them."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

PATROLS: Mapping[str, Sentences] = {
    "campaign-already-adopted": (
        "专项巡查计划“{title}”已经下达，其范围和期限不再变更，请另行下达新的计划。",
        "The campaign {plan} was adopted already and does not change; adopt another one under a new slug.",
    ),
    "campaign-needs-an-end": (
        "专项巡查计划“{title}”未规定截止日期，或者期限内没有工作日，请核对起止日期。",
        "The campaign {plan} has no last day or no working day before it; check its first and last day.",
    ),
    "checklist-in-force": (
        "该版检查表自{day}起已经施行，不能再撤回；需要改变的，请发布自以后日期起施行的新版。",
        "The version is in force from {day} on and stays; publish the next one from a later day.",
    ),
    "checklist-not-in-force": (
        "检查表第{version}版在{day}未施行，请按照当日施行的版本打分。",
        "Version {version} of the checklist {checklist} was not in force on {day}; mark by the one that was.",
    ),
    "checklist-version-followed": (
        "检查表“{title}”已有更新的第{version}版，请先撤回该版。",
        "The checklist has a newer version {version}; take that one back first.",
    ),
    "checklist-version-out-of-order": (
        "检查表“{title}”应当发布第{expected}版，并且施行日期不早于上一版，请核对版本和施行日期。",
        "The next version of {checklist} is {expected}, in force no earlier than the one before; check both.",
    ),
    "item-listed-twice": (
        "检查表“{title}”中检查项重复，请核对后重新发布。",
        "The checklist {checklist} lists the item {item} twice; correct it and publish it again.",
    ),
    "marks-incomplete": (
        "打分与检查表“{title}”的检查项不一致，请逐项打分后再报一次。",
        "The marks do not match the items of {checklist} ({items}); mark every item and submit under a new id.",
    ),
    "plan-begun": (
        "该巡查计划自{day}起已经施行，不能再撤回；需要改变的，请另行下达自以后日期起施行的计划。",
        "The plan is in force from {day} on and stays; adopt another from a later day.",
    ),
    "plan-ends-before-it-begins": (
        "巡查计划“{title}”的截止日期早于开始日期，请核对起止日期。",
        "The plan {plan} ends before it begins; check both days.",
    ),
    "plan-needed": (
        "报送“{patrol}”须注明所依据的巡查计划，请选择计划后再报一次。",
        "A {patrol} patrol names the plan it follows; add the plan's slug and submit under a new id.",
    ),
    "plan-not-in-force": (
        "所选巡查计划在{day}未施行，或者不适用于“{patrol}”，请核对计划、巡查类别和发生日期。",
        "The plan {plan} is not in force on {day} for a {patrol}; check the plan, the kind of patrol and the day.",
    ),
    "plan-of-another": (
        "“{title}”由{patroller}负责巡查，{organisation}不能代为填报；自行检查的，请不注明巡查计划，作为自查报送。",
        "By the plan {plan} {patroller} patrols {organisation}, not it itself; a self-check of its own names no plan.",
    ),
    "rhythm-not-of-kind": (
        "巡查计划“{title}”的频次“{rhythm}”与巡查类别“{patrol}”不符：专项巡查按期限安排，其他巡查按日或者按周安排，按周的须注明星期。",
        "The rhythm {rhythm} does not go with {patrol} in the plan {plan}: a campaign has a period, "
        "other patrols are daily, or weekly with a weekday.",
    ),
    "score-mismatch": (
        "报送得分{score}与按检查表计算的得分{computed}不一致，请核对打分后再报一次。",
        "The score {score} is not what the marks come to, {computed}; check the marks and submit under a new id.",
    ),
    "unknown-checklist": (
        "所选检查表尚未发布，请先发布检查表，或者核对选择。",
        "There is no checklist {checklist}; publish it first, or check the slug.",
    ),
}
