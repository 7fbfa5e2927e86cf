"""The forms by which a station is let in with a one-time code, and its key is made void."""

from __future__ import annotations

from datetime import date, timedelta

from shared.events.enrolment import InviteStation, RevokeStation
from shared.forms import Field, Form

GOOD_FOR = timedelta(days=6)
"""After today: a code is good for a week."""
INVITE = Form(
    InviteStation,
    "invite",
    "发放登记码",
    "发放登记码",
    (Field("expires", "有效期至", hint="最后一天，当日有效。"),),
    given=("code_digest",),
    lead="登记码只显示一次，只能使用一次；再次发放的，以前没有使用的登记码作废。",
)
REVOKE = Form(
    RevokeStation,
    "revoke",
    "注销站点密钥",
    "注销",
    (Field("reason", "理由", required=True),),
    lead="电脑遗失、更换或者有疑问的，注销后两秒内断开，不能恢复；没有使用的登记码同时作废。再次启用时重新发放登记码。",
)


def until(today: date) -> str:
    """The last day of a code that is given out today, unless somebody says otherwise."""
    return (today + GOOD_FOR).isoformat()
