"""Why a step of an appraisal is not taken; of whose it is, and of what was said, no reason tells anything."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

APPRAISALS: Mapping[str, Sentences] = {
    "appeal-too-late": (
        "申诉期限到{day}为止，已经超过，请向联合党委说明情况。",
        "Appeals were taken until {day}; tell the committee about it.",
    ),
    "appealed-already": (
        "本年度的申诉已经答复，不再受理第二次申诉；仍有意见的，请向上级党组织反映。",
        "This year's appeal was answered; there is no second one.",
    ),
    "appraisal-scheme-exists": (
        "已有自{effective_from}起施行的窗口党员考核办法，新的办法请另选更晚的施行日期。",
        "A scheme of appraisal holds from {effective_from} on; another begins on a later day.",
    ),
    "appraised-already": (
        "名单中第{nth}名今年已经开展考核评议，请取消勾选后再提交。",
        "Number {nth} of the list is appraised in {year} already; leave that one out.",
    ),
    "appraised-under-it": (
        "自{effective_from}起施行的窗口党员考核办法已经用于考核评议，不能更正、撤回，请另行施行新的办法。",
        "Appraisals were opened under the scheme of {effective_from}; adopt another one from a later day.",
    ),
    "ballot-mismatch": (
        "各等次票数之和与到会人数不一致，请核对后重新提交。",
        "The ballots do not add up to those present; check both.",
    ),
    "begins-in-another-year": (
        "开始日期不在{year}年，请核对年份和开始日期。",
        "Appraisal of {year} begins on a day of that year.",
    ),
    "excellent-beyond-quota": (
        "该支部参加考核{appraised}人，优秀最多{most}人，名额已满，请改评其他等次，或者先调整其他人的等次。",
        "Of {appraised} who are appraised in this branch {most} may be excellent, and are.",
    ),
    "excellent-with-incident": (
        "有查实的三无事项的，不能评为优秀，请改评其他等次。",
        "Whoever has an upheld incident is not excellent.",
    ),
    "no-window-branch": (
        "没有这个窗口联合党支部，请先在“党组织”页面登记联合党支部及其成员。",
        "There is no such joint branch of windows; register it with its members first.",
    ),
    "not-the-step-now": (
        "现在应当办理“{waits}”，不能办理“{step}”，请刷新页面查看最新进度。",
        "The sheet waits for {waits}, and not for {step}.",
    ),
    "not-to-be-appraised": (
        "名单中第{nth}名不是该支部中在窗口任职的党员，请核对其支部、职务和党员登记。",
        "Number {nth} of the list is no Party member of this branch who serves at a window.",
    ),
    "own-sheet": (
        "本人的考核评议表不能由本人评定，请由其他同志办理。",
        "Nobody appraises themselves; another person does this step.",
    ),
    "part-beyond-points": (
        "有一项得分超过该项满分，请核对四项得分。",
        "One of the four parts has more points than there are for it.",
    ),
    "parts-not-a-hundred": (
        "四项满分合计{total}分，应当为100分，请调整。",
        "The four parts add up to {total}, and should be 100.",
    ),
    "sheet-closed": (
        "该考核评议表已经归档、撤回，或者其个人信息已经删除，不能办理“{step}”。",
        "The sheet is filed or was taken away: {step} is not done any more.",
    ),
    "sheet-not-yours": (
        "没有这份考核评议表，或者不由您办理，请核对后从“考核评议”页面打开。",
        "There is no such sheet, or it is another's to do.",
    ),
    "too-few-present": (
        "支部党员{members}人，互评时到会人数应当不少于三分之二且不超过全体，请核对到会人数，或者另行召集。",
        "Of the {members} members of the branch two thirds at least, and no more than all, are present; call it anew.",
    ),
    "unfit-enclosure": (
        "加密内容缺项或者超出范围，请核对后重新填写。",
        "What is enclosed lacks something, or is beyond its bounds.",
    ),
    "unreadable-enclosure": (
        "加密内容不能解开：不是用本系统现用的公钥加密，或者不是为这一步加密的，请从页面重新填写。",
        "What is enclosed cannot be opened: sealed with another key, or for another sheet or step.",
    ),
}
