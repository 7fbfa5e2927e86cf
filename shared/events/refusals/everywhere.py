"""Why any service says no, before its own rule is asked."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

EVERYWHERE: Mapping[str, Sentences] = {
    "already-corrected": (
        "该报送已经更正或者撤回，请对更正后的报送办理。",
        "It was already corrected or withdrawn; correct what took its place.",
    ),
    "beyond-reason": (
        "{what}超过{most}，请核对后重新填写；确有其事的，请分次登记。",
        "{what} is more than {most}; check it, or submit each occasion by itself.",
    ),
    "bus-away": (
        "系统暂时无法连接，本次报送尚未收到，请稍后原样再报一次。",
        "The bus cannot be reached and nothing was received; submit again later under the same id.",
    ),
    "before-start": (
        "该事项发生在本县系统启用日（{start}）之前，不能登记，请核对发生时间。",
        "It happened before the county's start on {start}; check the time it happened.",
    ),
    "committee-only": (
        "“{type}”由县联合党委报送，请报请联合党委办理。",
        "Only the county's joint committee may submit {type}; ask the committee to do it.",
    ),
    "correction-closed": (
        "该报送由本单位更正、撤回的期限已于{day}届满，请报请上级单位说明理由后办理。",
        "Its submitter could correct or withdraw it until {day}; ask the organisation above, which says why.",
    ),
    "corrects-another-type": (
        "更正的内容与原报送不是同一类事项，请用同类表单更正；不再需要原报送的，请撤回后另行报送。",
        "It is not of the type of what it corrects; use the same type, or withdraw that one and submit this anew.",
    ),
    "date-ahead": (
        "发生时间填写为{time}，收到时是{received}，请核对日期和时间后再报一次。",
        "It is said to happen at {time} and arrived at {received}; check day and time and submit it under a new id.",
    ),
    "id-of-another": (
        "本次报送与其他单位为{organisation}所作的报送重号，没有登记，请重新打开表单后再报一次。",
        "Another submitter already used this id for {organisation}; submit again under a new id.",
    ),
    "id-reused": (
        "本次报送与此前内容不同的一次报送重号，没有登记，请重新打开表单后再报一次。",
        "This id was already used for another content; submit again under a new id.",
    ),
    "no-post": (
        "您在本单位没有现任职务，不能办理“{type}”，请由本单位{others}办理；职务登记有误的，请由本单位登记任职后再办理。",
        "You hold no post of this organisation today, so {type} is not yours; {others} may submit it.",
    ),
    "no-right": (
        "您的职务（{posts}）不能办理“{type}”，请由本单位{others}办理。",
        "Your post ({posts}) does not submit {type}; {others} may.",
    ),
    "no-right-here": (
        "“{type}”不是本单位各职务办理的事项，请报请上级单位办理。",
        "No post of this organisation submits {type}; ask the one above.",
    ),
    "not-correctable": (
        "该类报送受理后不能更正或者撤回，请办理相应的后续事项；仍需改动的，请报请联合党委处理。",
        "What was accepted of this type is not corrected; submit what follows it, or ask the committee.",
    ),
    "not-your-posts": (
        "该内容不由您的职务查看；工作确需查看的，请由本单位承担相应职务的同志办理，职务登记有误的，请先更正登记。",
        "None of your posts reads this; ask whoever holds the post that does.",
    ),
    "not-yours-to-correct": (
        "该报送由{organisation}报送，请由该单位或者其上级单位更正、撤回。",
        "It was submitted by {organisation}; let that organisation or one above it correct or withdraw it.",
    ),
    "nothing-to-withdraw": (
        "该报送没有受理，没有可以撤回的内容，无须办理。",
        "It was not accepted: there is nothing to withdraw.",
    ),
    "not-your-token": (
        "程序口令缺失、失效或者不属于该报送单位，请使用本单位的程序口令报送。",
        "The token is missing, invalid or not that of {submitter}; use your own organisation's token.",
    ),
    "organisation-ended": (
        "{organisation}自{last_day}次日起已撤销，此后的事项请以承接单位{successor}的名义报送；该日及以前的事项仍可补报。",
        "{organisation} ended with {last_day}; what happens later is submitted for {successor}, which answers for it.",
    ),
    "not-yours-to-read": (
        "该内容由所涉单位、其上级单位和承担相应职责的单位查看；本单位工作确需查看的，请向联合党委申请。",
        "Only the organisation concerned, those above it and holders of the office may read this; ask the committee.",
    ),
    "outside-subtree": (
        "{submitter}无权代{organisation}报送，请由该单位本身、其上级单位或者承担相应职责的单位报送。",
        "{submitter} may not submit for {organisation}; let it, one above it or the holder of the office submit.",
    ),
    "password-again": (
        "请先输入登录密码确认本人，再提交。",
        "Show your password again first, then submit it within 5 minutes.",
    ),
    "reason-needed": (
        "此时更正、撤回应当说明理由，请填写理由后重新报送。",
        "A correction or withdrawal needs its reason now; give it and submit again.",
    ),
    "sign-in-needed": (
        "请以本单位的单位编号和登录口令登录后查询。",
        "Sign in with your own organisation's code and token.",
    ),
    "slow-down": (
        "本单位报送过快，此前的报送正在依次办理，本次报送尚未收到，请稍后原样再报一次。",
        "Too many of this submitter wait at this service; nothing was received: submit it again shortly, same id.",
    ),
    "submitter-ended": (
        "报送单位{organisation}自{last_day}次日起已撤销，此后的事项请由承接单位{successor}报送；该日及以前的事项仍可补报。",
        "The submitter {organisation} ended with {last_day}; {successor} submits what happens later.",
    ),
    "taken-back-otherwise": (
        "该报送受理后不能更正、撤回，需要改动的，请办理“{type}”。",
        "What was accepted of this type is not corrected; submit {type} to change it.",
    ),
    "time-ahead": (
        "发生时间比收到时间晚{minutes}分钟，可能是本机时钟快了，请校准时钟后再报一次。",
        "It is said to happen {minutes} minutes after it arrived; set the clock and submit it under a new id.",
    ),
    "too-old": (
        "该事项发生在{days}天以前，本单位不能再报。请核对发生时间；确需补报的，请报请上级单位代为报送，"
        "批量补录以前年度资料的，请系统管理员调整期限。",
        "It happened more than {days} days ago; check the time, ask the organisation above to submit it, "
        "or the operator to set another bound for what is brought in of earlier years.",
    ),
    "unknown-correction": (
        "未查到要更正、撤回的报送，请核对其编号；仍在办理中的，待有结果后再更正、撤回。",
        "What it corrects is not known here; check its id, or wait until it is decided.",
    ),
    "unknown-organisation": (
        "所涉单位{organisation}在发生之日尚未登记，请核对单位和日期，或者报请联合党委先行登记。",
        "No organisation {organisation} was registered on that day; check the code or have it registered first.",
    ),
    "unknown-submitter": (
        "报送单位{submitter}在发生之日尚未登记，请核对单位和日期，或者报请联合党委先行登记。",
        "The submitter {submitter} was not registered on that day; check the code or have it registered first.",
    ),
    "unknown-type": (
        "“{service}”不办理{type}，请核对报送类型和受理栏目。",
        "The service {service} does not take {type}; check the type's name and its service.",
    ),
    "unfit-request": (
        "查询条件不符合要求：{why}。请改正后重新查询。",
        "What was asked is not as it should be ({why}); correct it and ask again.",
    ),
    "unreadable": (
        "报送内容无法读取：{why}。请更正后再报一次。",
        "The submission cannot be read ({why}); correct it by the published contract and submit it again.",
    ),
    "withdraws-elsewhere": (
        "要撤回的报送是关于{organisation}的，请将撤回的对象改为该单位。",
        "What is to be withdrawn concerns {organisation}; name it as the organisation concerned.",
    ),
}
