"""Why feedback says no to what is said of assessments."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

ASSESSMENT: Mapping[str, Sentences] = {
    "adjustments-beyond-most": (
        "{kind}的扣分或者加分合计{points}分，各不得超过{most}分，请调整。",
        "Deductions, or bonuses, of {kind} come to {points} points; each may come to {most}.",
    ),
    "already-vetoed": (
        "{organisation}{period}已经登记一票否决，无须重复登记。",
        "The grade of {organisation} in {period} is kept down already.",
    ),
    "assessed-otherwise": (
        "{organisation}{period}的数据与审定的考核结果不一致，请撤回审定、重新生成并审定后签发。",
        "The figures of {organisation} of {period} are no longer those that were assessed; withdraw the approval, draw "
        "up anew and approve.",
    ),
    "assessed-under-it": (
        "自{effective_from}起施行的考核办法已经用于{period}的考核，不能更正、撤回，请另行下达新的办法。",
        "{period} was assessed under the scheme of {effective_from}; adopt another one from a later year.",
    ),
    "assessment-already-approved": (
        "{period}的考核结果已经审定；要改的，请先撤回审定。",
        "The assessment of {period} is approved; withdraw the approval first.",
    ),
    "assessment-not-approved": (
        "{period}的考核结果尚未审定，审定后才能签发，请先提交书记办公会审定。",
        "The assessment of {period} is not approved; documents that bear it are signed after that.",
    ),
    "assessment-outdated": (
        "{period}的考核结果生成后数据或者一票否决有变化，请重新生成后审定。",
        "Figures or vetoes of {period} changed since the assessment was drawn up; draw it up anew.",
    ),
    "assessment-replaced": (
        "{period}的考核结果已经重新生成，请打开新稿后审定。",
        "The assessment of {period} has another edition; read that one.",
    ),
    "assessment-scheme-exists": (
        "已有自{effective_from}起施行的考核办法，新办法的施行日期应当在其之后。",
        "A scheme of assessment holds from {effective_from}; a new one must begin in a later year.",
    ),
    "assessment-signed": (
        "{organisation}{period}的反馈文件已经签发，考核结果不能撤回审定；有误的，请先撤回该文件。",
        "The document of {organisation} of {period} was signed; withdraw that first.",
    ),
    "assessment-unknown": (
        "没有{period}的考核结果：该期没有考核办法，或者尚未截止。",
        "There is no assessment of {period}: no scheme assesses it, or it is not closed.",
    ),
    "figure-unknown": (
        "指标“{title}”的数据不在可选范围内，请重新选择。",
        "Indicator {title} names a figure that units are not assessed by.",
    ),
    "grades-out-of-order": (
        "优秀、良好、合格的分数线应当依次降低，请调整。",
        "The bounds of excellent, good and passing go down in this order.",
    ),
    "indicator-listed-twice": (
        "指标“{title}”对同一类单位列了两次，请合并或者改名。",
        "Indicator {title} is listed twice for the same kind of unit.",
    ),
    "meeting-before-the-last": (
        "{period}的考核结果{start}表决未通过，再次表决的会议日期{day}不能早于该日，请核对。",
        "The assessment of {period} was voted down on {start}; another vote on it cannot be of {day}, before that.",
    ),
    "meeting-out-of-time": (
        "{period}的考核结果于{start}生成，会议日期{day}应当在此之后、今天以前，请核对。",
        "The assessment of {period} was drawn up on {start}; the meeting of {day} is not between that day and today.",
    ),
    "month-not-assessed": (
        "{period}不单独考核，请选择年度或者季度。",
        "{period} is not assessed; name a year or a quarter.",
    ),
    "not-a-quotient": (
        "指标“{title}”的数据本身是比率，或者不能这样相除，请把“除以”留空。",
        "The figure of indicator {title} is a rate already, or cannot be divided so.",
    ),
    "not-assessed": (
        "{organisation}在{period}末不是接收反馈的单位，不参加考核，请重新选择。",
        "{organisation} receives no feedback at the end of {period}, and is not assessed.",
    ),
    "not-carried": (
        "到会{present}人，赞成{in_favour}人，没有超过半数，考核结果未获通过；请核对票数，确未通过的，登记为“未通过”。",
        "{in_favour} of {present} were for it, not more than half: say that it was not carried, or mend the numbers.",
    ),
    "outcome-mismatch": (
        "到会{present}人，赞成{in_favour}人，按超过到会半数为通过，表决结果应当为“{counted_outcome}”，与所填的“{outcome}”不符，请核对。",
        "{in_favour} of {present} were for it, which is {counted_outcome}, and the outcome entered is {outcome}.",
    ),
    "scheme-from-the-past": (
        "考核办法不能自已经过去的{effective_from}起施行，请改为今后的1月1日。",
        "A scheme of assessment does not hold from {effective_from}, which is past; choose a 1 January to come.",
    ),
    "scheme-not-from-new-year": (
        "考核办法应当自1月1日起施行，请调整施行日期{effective_from}。",
        "A scheme of assessment holds from a 1 January, not from {effective_from}.",
    ),
    "target-is-floor": (
        "指标“{title}”的起计值和满分值相同，无法计分，请调整。",
        "Floor and target of indicator {title} are the same.",
    ),
    "vote-already-entered": (
        "{day}书记办公会对{period}考核结果的这次表决已经登记，无须重复登记。",
        "This vote of {day} on the assessment of {period} is entered already.",
    ),
    "votes-not-all": (
        "赞成、反对、弃权合计{votes}人，与到会{present}人不符，请核对。",
        "{votes} votes were counted of {present} people present.",
    ),
    "weights-not-hundred": (
        "{kind}各项分值合计{points}，应当为100，请调整。",
        "Weights of {kind} come to {points}, not to 100.",
    ),
}
