"""Why any service says no, before its own rule is asked."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

EVERYWHERE: Mapping[str, Sentences] = {
    "bus-away": (
        "消息总线暂时无法连接，本次报送尚未收到，请稍后以同一编号重新报送。",
        "The bus cannot be reached and nothing was received; submit again later under the same id.",
    ),
    "before-start": (
        "该事项发生于本县系统启用日（{start}）之前，不予受理，请核对发生时间。",
        "It happened before the county's start on {start}; check the time it happened.",
    ),
    "committee-only": (
        "“{type}”仅限县联合党委报送，请报请联合党委办理。",
        "Only the county's joint committee may submit {type}; ask the committee to do it.",
    ),
    "id-of-another": (
        "该编号已由其他报送单位用于{organisation}的同类事项，请使用新的编号重新报送。",
        "Another submitter already used this id for {organisation}; submit again under a new id.",
    ),
    "id-reused": (
        "该报送编号已用于其他内容，请使用新的编号重新报送。",
        "This id was already used for another content; submit again under a new id.",
    ),
    "not-your-token": (
        "访问令牌缺失、失效或者不属于{submitter}，请使用本单位令牌报送。",
        "The token is missing, invalid or not that of {submitter}; use your own organisation's token.",
    ),
    "organisation-ended": (
        "{organisation}自{last_day}次日起已撤销，此后的事项请以承接单位{successor}的名义报送；该日及以前的事项仍可补报。",
        "{organisation} ended with {last_day}; what happens later is submitted for {successor}, which answers for it.",
    ),
    "outside-subtree": (
        "{submitter}无权代{organisation}报送，请由该组织本身、其上级组织或者承担相应职责的组织报送。",
        "{submitter} may not submit for {organisation}; let it, one above it or the holder of the office submit.",
    ),
    "sign-in-needed": (
        "请以本单位组织机构代码和访问令牌登录后查询。",
        "Sign in with your own organisation's code and token.",
    ),
    "submitter-ended": (
        "报送单位{organisation}自{last_day}次日起已撤销，此后的事项请由承接单位{successor}报送；该日及以前的事项仍可补报。",
        "The submitter {organisation} ended with {last_day}; {successor} submits what happens later.",
    ),
    "time-ahead": (
        "发生时间比收到时间晚{minutes}分钟（报送端时钟超前），请校准时钟后以新编号重新报送。",
        "It is said to happen {minutes} minutes after it arrived; set the clock and submit it under a new id.",
    ),
    "unknown-organisation": (
        "组织机构代码{organisation}在发生之日尚未登记，请核对代码，或者报请联合党委先行登记。",
        "No organisation {organisation} was registered on that day; check the code or have it registered first.",
    ),
    "unknown-submitter": (
        "报送单位{submitter}在发生之日尚未登记，请核对代码，或者报请联合党委先行登记。",
        "The submitter {submitter} was not registered on that day; check the code or have it registered first.",
    ),
    "unknown-type": (
        "{service}服务不受理“{type}”类报送，请核对类型名称和受理服务。",
        "The service {service} does not take {type}; check the type's name and its service.",
    ),
    "unreadable": (
        "报送内容无法读取（{why}），请按照接口规范更正后重新报送。",
        "The submission cannot be read ({why}); correct it by the published contract and submit it again.",
    ),
}
