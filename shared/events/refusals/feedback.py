"""Why feedback says no."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

FEEDBACK: Mapping[str, Sentences] = {
    "award-already-granted": (
        "该人员或者单位{period}已获得“{award}”，不得重复授予。",
        "This person or organisation was already given {award} in {period}.",
    ),
    "award-not-found": (
        "无法确定{day}授予的“{award}”所对应的人员，不能更正、撤回，请联系系统管理员。",
        "Whom {award} of {day} was given to is not known for certain; ask the administrator.",
    ),
    "award-needs-nomination": (
        "“{award}”由联合党委评选，须经推荐、公示后授予，请先推荐。",
        "{award} is the committee's own: it is granted after nomination and publication.",
    ),
    "award-already-nominated": (
        "该人员或者单位{period}已被推荐为“{award}”，无须重复推荐。",
        "This person or organisation was already nominated for {award} in {period}.",
    ),
    "award-quota-used": (
        "“{award}”{award_rhythm}名额{most}名，{period}已授予{given}名，不能再授予。",
        "{award} is given to {most} each {award_rhythm}; in {period} it was given to {given}.",
    ),
    "award-without-quota": (
        "“{award}”不由联合党委评选，无须推荐，授予后由联合党委直接登记。",
        "{award} is given by others: nobody is nominated, the committee enters it once it was given.",
    ),
    "award-for-agents": (
        "“{award}”授予代办员，{organisation}不是乡镇（街道）和村级便民服务站，请核对单位。",
        "{award} is for agents: {organisation} is neither a township nor a village station.",
    ),
    "award-for-windows": (
        "“{award}”授予窗口，{organisation}当时没有进驻大厅的窗口，请核对单位和时间。",
        "{award} is for windows: {organisation} had none in a hall then.",
    ),
    "award-moved-later": (
        "“{award}”已于{day}授予{organisation}，不能再登记此前的授予；登记有误的，请先撤回。",
        "{award} went to {organisation} on {day}; a grant of before is not entered any more.",
    ),
    "award-moved-on": (
        "“{award}”已于{day}授予下一个获得者，请先撤回其后的授予。",
        "{award} went on to the next holder on {day}; take that grant back first.",
    ),
    "award-needs-person": (
        "“{award}”授予个人，请选择人员。",
        "{award} is given to a person; say to whom.",
    ),
    "award-not-to-a-person": (
        "“{award}”授予窗口或者组织，不授予个人，请不要选择人员。",
        "{award} is given to a window or organisation: name no person.",
    ),
    "closed-under-it": (
        "自{effective_from}起施行的反馈办法已经用于{period}的反馈，不能更正、撤回，请另行下达新的办法。",
        "Period {period} was closed under the scheme of {effective_from}; adopt another one from a later day.",
    ),
    "county-sign-in-needed": (
        "该内容由联合党委查看和办理，请以联合党委的单位编号和口令登录。",
        "This is the county's to read and to see to; sign in with the county's own code and token.",
    ),
    "document-too-much-work": (
        "文件内容过多，未能在规定的时间内生成，请稍后重试；仍然如此的，请联系系统管理员。",
        "The document took more time or memory than is allowed; try again, and tell the administrator if it goes on.",
    ),
    "faces-missing": (
        "系统没有安装公文字体，不能生成PDF和文档，请联系系统管理员；网页和数据仍可查看。",
        "The faces of documents are not installed; the administrator runs deploy/fonts.sh.",
    ),
    "graded-failing": (
        "{organisation}{period}考核等次为不合格，不符合推荐条件。",
        "{organisation} failed its assessment of {period}: nobody there is nominated.",
    ),
    "incident-in-the-year": (
        "{organisation}{day}的{matter}已查实，不符合{period}无事故、无差评、无投诉的推荐条件。",
        "An incident of {organisation} ({matter}) was found founded on {day}: nobody there is nominated in {period}.",
    ),
    "nomination-already-granted": (
        "该推荐已经授予荣誉，请先撤回授予。",
        "The award was granted by this nomination; take the grant back first.",
    ),
    "nomination-already-published": (
        "该推荐已经公示，公示到{until}止。",
        "This nomination was already published; it is public until {until}.",
    ),
    "nomination-id-taken": (
        "该推荐的编号已经使用，请重新打开表单后填写。",
        "Another nomination has this id; send it with a new one.",
    ),
    "nomination-not-public": (
        "该推荐不在公示期内，不能提出异议；有问题的，请向联合党委办公室反映。",
        "The nomination is not public on that day: nobody objects to it; tell the committee's office.",
    ),
    "nomination-objected": (
        "{organisation}{day}对该推荐提出的异议尚未答复，请先答复。",
        "{organisation} objected on {day} and has no answer yet; answer first.",
    ),
    "nomination-objected-to": (
        "{organisation}{day}已对该推荐提出异议，不能撤回公示；推荐有误的，请撤回推荐。",
        "{organisation} objected on {day}: the publication stays; take the nomination itself back.",
    ),
    "nomination-objection-known": (
        "本单位已对该推荐提出异议，需要补充的，请先从报送记录撤回，再重新提出。",
        "Your organisation objected to this nomination already; take that back to say it otherwise.",
    ),
    "nomination-objection-not-found": (
        "没有该项异议，或者异议已经撤回。",
        "There is no such objection, or it was taken back.",
    ),
    "nomination-objection-upheld": (
        "{organisation}{day}对该推荐提出的异议成立，不能授予。",
        "The objection of {organisation} of {day} was upheld: the award is not granted by this nomination.",
    ),
    "nomination-not-found": (
        "没有该项推荐，或者推荐已经撤回，请重新推荐。",
        "There is no such nomination, or it was taken back.",
    ),
    "nomination-not-judged": (
        "该推荐还没有评审，请先评审，再公示。",
        "Nobody has judged this nomination; judge it before it is published.",
    ),
    "nomination-not-published": (
        "该推荐还没有公示，请先公示。",
        "This nomination was not made public; publish it first.",
    ),
    "nomination-still-public": (
        "该推荐公示到{until}止，请于其后授予。",
        "The nomination is public until {until}; grant the award after that day.",
    ),
    "nominator-judges-not": (
        "推荐人不能评审自己推荐的人员，请由其他评委评审。",
        "Whoever nominated does not judge the nomination; another judge does.",
    ),
    "judged-otherwise": (
        "“{award}”应当按以下标准逐项评分，各项不超过满分：{criteria}。",
        "{award} is judged by each of its criteria, and by no others: {criteria}.",
    ),
    "nothing-to-re-place": (
        "{organisation}自{since}起的事项都按发生之日的隶属关系统计，无须重新归属。",
        "Everything of {organisation} since {since} counts where it stood then; nothing is left to do.",
    ),
    "period-already-closed": (
        "{period}的反馈已经汇总，无须重复办理。",
        "Period {period} is already closed; nothing is left to do.",
    ),
    "period-in-grace": (
        "{period}的补报宽限到{day}止，请于其后汇总。",
        "Late facts of period {period} still count until {day}; close it after that.",
    ),
    "period-not-over": (
        "{period}尚未结束，请于期满后汇总。",
        "Period {period} is not over; close it when it is.",
    ),
    "rebuild-under-way": (
        "上一次汇总重算尚未结束，请待其结束后再开始。",
        "Another rebuild is under way; begin one when it has ended.",
    ),
    "scheme-exists": (
        "已有自{effective_from}起施行的反馈办法，新办法的施行日期应当在其之后。",
        "A reporting scheme holds from {effective_from}; a new one must begin on a later day.",
    ),
    "training-up-answered": (
        "该培养建议已于{day}答复，不能重复办理；答复有误的，请先从报送记录撤回答复。",
        "This proposal was answered on {day}; take the answer back first.",
    ),
    "training-up-id-taken": (
        "该培养建议已经提出，请重新打开表单后填写。",
        "Another proposal has this id; send it with a new one.",
    ),
    "training-up-known": (
        "对该项荣誉已于{day}提出培养建议，需要更正的，请先从报送记录撤回。",
        "Something was proposed because of this award on {day}; take that back to say it otherwise.",
    ),
    "training-up-not-found": (
        "没有向本单位提出的该项培养建议，或者已经撤回。",
        "Nothing of the kind was proposed to this organisation, or it was taken back.",
    ),
    "training-up-without-award": (
        "{organisation}没有人员获得该项荣誉，或者授予已经撤回，不能提出培养建议。",
        "Nobody of {organisation} was given that award, or it was taken back.",
    ),
    "unknown-format": (
        "文件没有“{format}”格式，可以选择：网页（HTML）、PDF、文档（DOCX）、表格（XLSX）、数据（JSON）。",
        "There is no format {format}; there are html, pdf, docx, xlsx and json.",
    ),
}
