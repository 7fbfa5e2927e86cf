"""What a person reads whom the provider did not bring in, and what the log and the audit keep of it."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from fastapi import Request
from fastapi.responses import Response

from services.roster.places import PAGES
from shared.identity.attempts import is_worth_a_line
from shared.identity.audit import AuditKind
from shared.process.metrics import NOT_LET_IN
from shared.process.running import Running
from shared.web.failing import address_of
from shared.web.sign_in_forms import Waiting
from shared.web.sign_in_page import shown
from shared.web.told import Told

TITLE = "统一身份认证未成"
NOWHERE = Waiting()


def _said(status: int, title: str, sentence: str) -> tuple[int, Told]:
    return status, Told(title, "warn", (sentence,))


SAID: Mapping[str, tuple[int, Told]] = {
    "away": _said(503, "统一身份认证平台暂时没有应答", "请稍后再试，或者用姓名和密码登录；其他登录方式不受影响。"),
    "late": _said(401, TITLE, "本次认证已经过期、已经用过，或者不是从本机开始的。请重新点“统一身份认证登录”。"),
    "cancelled": _said(401, TITLE, "认证平台没有确认身份。请重新认证，或者用姓名和密码登录。"),
    "unfit": _said(401, TITLE, "认证平台返回的结果核对不符，不能登录。请联系系统管理员，或者用姓名和密码登录。"),
    "unknown": _said(
        401,
        "该统一身份没有绑定本系统的账号",
        "请先用姓名和密码登录，在“我的账号”中绑定统一身份；也可以请联合党委的安全保密管理员绑定。",
    ),
    "locked": _said(401, "账号已锁定", "多次密码不符的，锁定30分钟。请稍后再试，或者请安全保密管理员开锁。"),
    "disabled": _said(401, "账号已停用", "请联系联合党委办公室。"),
    "no-unit": _said(401, "没有任职单位", "本人现在不在任何单位任职，请联系本单位联络员。"),
}
"""By what hindered it: the status and the sentences."""
log = structlog.get_logger()


async def not_let_in_by_it(request: Request, parts: Running, what: str, why: str = "", person: str = "") -> None:
    """Counted by address, noted in the log and told to the audit, answered later the more there were."""
    address = address_of(request.scope)
    failures = parts.attempts.failed("", address)
    NOT_LET_IN.labels(parts.service, "unified").inc()
    if is_worth_a_line(failures):
        log.warning("not let in", way="unified", what=what, why=why, address=address, person=person or "-")
        parts.audit.tell(AuditKind.SIGN_IN_FAILED, "unified", what, person=person, address=address)
    await parts.attempts.kept_back(failures)


async def no(
    request: Request, parts: Running, what: str, why: str = "", person: str = "", waiting: Waiting = NOWHERE
) -> Response:
    """The page of signing in again, with a sentence: the other ways are open."""
    await not_let_in_by_it(request, parts, what, why, person)
    status, told = SAID[what]
    answer = await shown(request, parts, PAGES, waiting, told, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
