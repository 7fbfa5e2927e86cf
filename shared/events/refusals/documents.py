"""Why feedback says no to what is said of documents."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

DOCUMENTS: Mapping[str, Sentences] = {
    "already-received": (
        "{organisation}{period}的反馈文件已经签收，无须重复办理。",
        "The report of {organisation} of {period} was signed for; nothing is left to do.",
    ),
    "already-returned": (
        "{organisation}{period}的反馈文件已经退回，请等待重新送达。",
        "The report of {organisation} of {period} was sent back; it will be delivered again.",
    ),
    "already-signed": (
        "{organisation}{period}的反馈文件已经签发，不能再改；有误的，请由签发人撤回或者另行更正。",
        "The report of {organisation} of {period} was signed; whoever signed it may withdraw it.",
    ),
    "document-scheme-exists": (
        "已有自{effective_from}起施行的反馈文件办法，新办法的施行日期应当在其之后。",
        "A scheme of documents holds from {effective_from}; a new one must begin on a later day.",
    ),
    "draft-not-reviewed": (
        "{organisation}{period}的文稿尚未核稿，请核稿后签发。",
        "The draft of {organisation} of {period} was not reviewed; have it reviewed first.",
    ),
    "draft-replaced": (
        "{organisation}{period}的文稿已有新稿，请打开新稿重新办理。",
        "The draft of {organisation} of {period} has another edition; read that one.",
    ),
    "draft-unknown": (
        "没有这份{period}的文稿，请在文稿清单中选择。",
        "There is no such draft of {period}.",
    ),
    "drafted-under-it": (
        "自{effective_from}起施行的反馈文件办法已经用于{period}的文稿，不能更正、撤回，请另行下达新的办法。",
        "Reports of {period} were drafted under the scheme of {effective_from}; adopt another one from a later day.",
    ),
    "figures-changed-since-draft": (
        "{organisation}{period}的文稿生成后又有补报，数据已有变化，请重新生成后核稿。",
        "Facts that change the figures of {organisation} of {period} came after it was drafted; draft it anew.",
    ),
    "ground-without-words": (
        "退回原因为其他的，请写明原因。",
        "Say in words why it is sent back.",
    ),
    "no-longer-recipient": (
        "{organisation}在{period}末不是接收反馈的单位，不能重新生成文稿，请先核对单位登记。",
        "{organisation} receives no feedback at the end of {period}; see how it is registered.",
    ),
    "no-revision-under-way": (
        "{organisation}{period}的反馈文件没有正在办理的更正，无须取消；更正已经签发的，不能取消。",
        "No correction of the report of {organisation} of {period} is under way.",
    ),
    "no-reply-waits": (
        "{organisation}{period}的整改回复没有待审核的，请先核对回复情况。",
        "No reply of {organisation} of {period} waits to be judged.",
    ),
    "not-by-authority": (
        "{period}的反馈文件应当由联合党委书记、副书记签发。",
        "Reports of {period} are signed by the committee's secretary or a deputy.",
    ),
    "not-received": (
        "{organisation}{period}的反馈文件尚未签收，请先签收。",
        "The report of {organisation} of {period} was not signed for; sign for it first.",
    ),
    "not-returned": (
        "{organisation}{period}的反馈文件没有退回，无须重新送达。",
        "The report of {organisation} of {period} was not sent back.",
    ),
    "not-the-signer": (
        "{document}由签发人本人撤回，请联系签发人办理。",
        "{document} is withdrawn by whoever signed it.",
    ),
    "nothing-to-reply": (
        "{organisation}{period}的反馈文件没有要求回复的意见，无须回复。",
        "The report of {organisation} of {period} asks for no reply.",
    ),
    "objection-too-late": (
        "提出异议的期限{day}已过；数据有误的，请更正原报送。",
        "Objections were possible until {day}; correct what was submitted instead.",
    ),
    "objection-unknown": (
        "没有第{nth}条异议，请在文件页面选择。",
        "There is no objection {nth}.",
    ),
    "opinion-due-past": (
        "第{nth}条整改意见的完成时限{day}已过，请改为今后的日期。",
        "The day {day} of opinion {nth} is not yet to come; choose a later one.",
    ),
    "opinion-unanswered": (
        "第{nth}条整改意见没有回复，请逐条回复后提交。",
        "Opinion {nth} has no reply; reply to each of them.",
    ),
    "opinion-unknown": (
        "没有第{nth}条整改意见，请按文件逐条回复。",
        "There is no opinion {nth}.",
    ),
    "opinion-without-due": (
        "第{nth}条整改意见没有完成时限，请补充后提交核稿。",
        "Opinion {nth} has no day until which it is done; add one.",
    ),
    "receipt-not-yours": (
        "该文件主送{organisation}，请由主送单位签收。",
        "This document is addressed to {organisation}, which signs for it.",
    ),
    "reply-agreed": (
        "{organisation}{period}的整改回复已经审核同意，不能再改。",
        "The reply of {organisation} of {period} was agreed to.",
    ),
    "reply-beyond-due": (
        "第{nth}条的完成时限不得晚于{day}，请调整。",
        "What opinion {nth} asks for is done by {day} at the latest.",
    ),
    "reply-to-withdrawn": (
        "{document}已经撤回作废，无须回复。",
        "{document} was withdrawn; nothing is to be said to it.",
    ),
    "report-unknown": (
        "没有这份{period}的反馈文件，请在文件清单中选择。",
        "There is no such report of {period}.",
    ),
    "report-void": (
        "{document}已经撤回作废，请等待重新印发。",
        "{document} was withdrawn and is void.",
    ),
    "same-hand-in-document": (
        "拟稿人不得核稿，核稿人不得签发，请由其他有权人员办理。",
        "Who drafted does not review, who reviewed does not sign; another person has to.",
    ),
    "signature-without-person": (
        "签发应当由本人登录后办理，程序不能代签。",
        "A person signs, signed in; no program does.",
    ),
    "too-many-objections": (
        "一份文件最多提出{most}条异议，请合并提出。",
        "No more than {most} objections to one document; put them together.",
    ),
    "no-document-scheme": (
        "还没有规定反馈文件办法，不能签发更正文件，请先施行反馈文件办法。",
        "No scheme of documents holds; adopt one before reports are corrected.",
    ),
    "nothing-to-revise": (
        "{organisation}{period}的反馈文件印发后数据没有变化，无须更正；更正正在办理的，请取消更正。",
        "No figure that the report of {organisation} of {period} prints has changed; cancel the correction.",
    ),
    "revision-stays": (
        "{document}是更正文件，不能撤回；仍有错误的，请再次更正。",
        "{document} is a correction and stays; correct it once more where it is wrong.",
    ),
    "revision-under-way": (
        "{organisation}{period}的反馈文件正在更正，请先办完。",
        "The report of {organisation} of {period} is being corrected; finish that first.",
    ),
    "year-locked": (
        "{organisation}{year}年度考核已经印发，该年度的更正应当由联合党委书记、副书记决定。",
        "The assessment of {organisation} of {year} was issued; its secretary or a deputy orders such a correction.",
    ),
}
