"""Why a Party organisation or a joint branch is not entered, and why nobody joins or leaves one."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

PARTY: Mapping[str, Sentences] = {
    "already-in-branch": (
        "该同志已在“{title}”中，无须重复登记。",
        "The person belongs to {title} already.",
    ),
    "branch-has-members": (
        "“{title}”已有成员，不能撤回；请先撤回成员登记。",
        "{title} has members and is not taken back; take those back first.",
    ),
    "branch-known": (
        "“{title}”已经登记，请勿重复登记；确属另一支部的，请换一个编号。",
        "{title} is registered under this name already; give another branch another name.",
    ),
    "branch-not-begun": (
        "“{title}”自{day}起设立，加入日期不得早于该日。",
        "{title} exists from {day} on; nobody joins it before.",
    ),
    "branch-of-the-county": (
        "联合党支部、课题攻关小组由联合党委在县本级登记，请改正所报单位。",
        "A joint branch is the county's: the organisation concerned is the county itself.",
    ),
    "left-branch-since": (
        "该同志已登记于{day}退出“{title}”，请先撤回退出登记。",
        "That the person left {title} on {day} is entered; take that back first.",
    ),
    "not-in-branch": (
        "该同志不在“{title}”中，或者已登记退出，请核对人员和日期。",
        "The person does not belong to {title} on that day, or has left it; check person and day.",
    ),
    "party-organisation-known": (
        "{organisation}的党组织自{day}起的名称已有登记；有误的，请更正原登记。",
        "What the Party organisation of {organisation} is called from {day} on is entered; correct that.",
    ),
    "unfit-sharing": (
        "{organisation}不能共用该党组织：须是在{day}已登记的其他单位。",
        "{organisation} cannot share the Party organisation: it is another that stands on {day}.",
    ),
    "unknown-branch": (
        "未查到该联合党支部或者课题攻关小组，请从列表中选择，或者报请联合党委先行登记。",
        "There is no such branch or group; check its name, or have it registered first.",
    ),
}
