"""Why a person is not registered, appointed or erased, and why its Party organisation or branch is not entered."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

PEOPLE: Mapping[str, Sentences] = {
    "already-in-post": (
        "该同志自{day}起已任{post}，无须重复登记；任职日期有误的，请更正原登记。",
        "The person has been {post} since {day}; correct that appointment where its day is wrong.",
    ),
    "appointed-by-committee": (
        "{post}由联合党委任免，请报请联合党委登记。",
        "{post} is appointed to, and ended, by the committee alone.",
    ),
    "code-by-security": (
        "已有安全保密管理员，其他人员的登录码由安全保密管理员或者本单位发放；本命令只用于三类管理员。",
        "There is a security administrator, who gives this code, or the person's own organisation does.",
    ),
    "home-ahead": (
        "登记自{day}起生效，晚于报送日期；请在到任之后登记。",
        "The registration would begin on {day}, after it is submitted; submit it then.",
    ),
    "home-since": (
        "该同志自{day}起才登记在原单位，调入日期须晚于该日。",
        "The person has been registered where it was since {day}; it moves on a later day.",
    ),
    "identity-number-contradicts": (
        "居民身份证号码与填写的“{field}”不一致，请核对后再报一次。",
        "The identity number contradicts {field}; check both.",
    ),
    "identity-number-registered": (
        "该居民身份证号码已登记在另一人员编号下，请查找原有登记；确由其他单位调入的，请办理调入。",
        "This identity number is registered under another person's id; find that one, or move it here.",
    ),
    "no-people-keys": (
        "系统尚未配置人员信息的密钥，暂时不能登记人员，请联系系统管理员。",
        "The roster has no keys for persons' particulars; the operator sets them up.",
    ),
    "not-in-post": (
        "该同志在{day}不担任{post}，或者已登记免去，请核对职务和日期。",
        "The person does not hold {post} on {day}, or its end is entered already; check post and day.",
    ),
    "not-registered-then": (
        "该同志自{day}起登记，任职日期不得早于该日；确需更早的，请先更正其登记日期。",
        "The person is registered from {day} on and holds no post before; correct that day first.",
    ),
    "not-standing-then": (
        "{organisation}在{day}尚未登记或者已经撤销，请核对日期。",
        "{organisation} does not stand on {day}; check the day.",
    ),
    "own-appointment": (
        "本人的职务（{post}）不能由本人登记，请由本单位其他同志或者上级单位登记。",
        "Nobody appoints themselves ({post}); another person or the organisation above does.",
    ),
    "person-elsewhere": (
        "该同志登记在{organisation}。确已调入的，请由双方共同的上级单位办理调入。",
        "The person is at home in {organisation}; who stands above both moves it, and names that in moves_from.",
    ),
    "post-ended-since": (
        "该职务已登记于{day}免去，请先撤回免职登记。",
        "The post's end on {day} is entered; take that back first.",
    ),
    "post-held": (
        "{post}自{day}起已由他人担任，同一时间只能由一人担任；请先登记其免职，再登记任职。",
        "Another has been {post} since {day}, and one holds it at a time; enter that one's end first.",
    ),
    "post-not-here": (
        "{organisation}不设{post}，请核对单位和职务。",
        "There is no {post} in {organisation}; check organisation and post.",
    ),
    "same-hand": (
        "{post}与{other_post}不能由同一人担任，请另行安排人员。",
        "{post} and {other_post} are never held by one person; choose another.",
    ),
    "still-in-post": (
        "该同志仍在{organisation}担任{post}，请先登记免职，再删除个人信息。",
        "The person still is {post} in {organisation}; end that first.",
    ),
    "too-many-persons": (
        "{organisation}登记的人员已达{most}人，请先删除或者调出已离任的人员。",
        "{organisation} has {most} persons registered, which is the most; erase or move those who left.",
    ),
    "too-many-posts": (
        "{organisation}登记的任职已达{most}条，请联系系统管理员。",
        "{organisation} has {most} posts entered, which is the most.",
    ),
    "unfit-identity-number": (
        "居民身份证号码有误：应为18位，且出生日期、校验码正确，请对照证件核对。",
        "The identity number is wrong: 18 characters with a true day of birth and check digit.",
    ),
    "unfit-mobile": (
        "手机号码有误：应为以13至19开头的11位号码，请核对。",
        "The mobile number is wrong: 11 digits that begin with 13 to 19.",
    ),
    "unfit-particulars": (
        "人员信息中的“{field}”缺少或者不符合要求，请核对后再报一次。",
        "Of the particulars, {field} is missing or not as it should be.",
    ),
    "unknown-person": (
        "未查到该人员，或者其个人信息已经删除，请先登记人员。",
        "The person is not registered, or was erased; register it first.",
    ),
    "unreadable-person": (
        "人员信息不能解开：不是用本系统现用的公钥加密，或者不是为该单位的该人员加密的，请重新取得公钥后再报一次。",
        "The particulars cannot be opened: sealed with another key, or for another person or organisation.",
    ),
}
