"""Why feedback says no to what is said of annual packages."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

PACKAGES: Mapping[str, Sentences] = {
    "no-organisation-department": (
        "还没有登记组织部门。请先在单位名录中登记组织部，勾选其“组织部门”职责，再报送。",
        "No organisation holds the organisation department's office; register one first.",
    ),
    "package-adopted-when": (
        "采用日期{day}不对：应当在报送之日{since}以后，且不晚于今日。",
        "Results are adopted on a day from {since}, when they were sent, to today; not on {day}.",
    ),
    "package-already-adopted": (
        "{document}报送的考核材料已经采用，不能退回；采用登记有误的，请重新登记采用。",
        "What {document} reports was adopted; say anew how, if that was wrong.",
    ),
    "package-already-received": (
        "{document}报送的考核材料已经签收，无须重复办理。",
        "What {document} reports was signed for; nothing is left to do.",
    ),
    "package-already-returned": (
        "{document}报送的考核材料已经退回，请等待补正后重新报送。",
        "What {document} reports was sent back; it will be sent again.",
    ),
    "package-beyond-withdrawal": (
        "{document}报送的考核材料已经签收、退回或者另行报送，不能撤回；内容有变化的，请重新报送。",
        "What {document} reports was signed for, sent back or sent anew; it cannot be withdrawn.",
    ),
    "package-not-received": (
        "{document}报送的考核材料尚未签收，请先签收，再登记采用。",
        "What {document} reports was not signed for; sign for it first.",
    ),
    "package-not-yours": (
        "考核材料报送{organisation}，由该单位签收、退回和采用。",
        "The package is addressed to {organisation}, which signs for it, returns it or adopts it.",
    ),
    "package-too-often": (
        "{document}以前已经报送{most}次，不能再报送，请联系组织部门办理。",
        "It was sent {most} times up to {document}; no more is possible.",
    ),
    "package-unchanged": (
        "{document}已经报送，考核材料没有变化，无须重复报送。",
        "{document} reports the same already; nothing is left to do.",
    ),
    "package-unknown": (
        "{period}的考核材料还没有报送，请在考核材料的清单中选择。",
        "No package of {period} was sent.",
    ),
    "package-void": (
        "{document}报送的考核材料已经撤回，请等待重新报送。",
        "{document} was withdrawn; wait for the next.",
    ),
    "package-without-reason": (
        "{document}已经报送；考核材料有变化重新报送的，请写明补报理由。",
        "{document} was sent already; say why it is sent again.",
    ),
    "package-without-scheme": (
        "还没有反馈文件办法，报送函不能编号。请先下达反馈文件办法。",
        "No scheme of documents holds, so that a letter has no number; adopt one first.",
    ),
    "seal-missing": (
        "系统没有签名密钥，不能生成带签名的压缩包，请联系系统管理员；报送函和各文件仍可分别下载。",
        "Without TOKEN_SECRET nothing can be signed; the papers are still given one by one.",
    ),
    "year-not-issued": (
        "{period}的反馈文件还有{left}份没有签发：{organisation}。全部签发以后再报送。",
        "{left} documents of {period} are not issued: {organisation}. Issue all of them first.",
    ),
}
