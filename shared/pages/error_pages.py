"""Errors as a person reads them: what happened and what to do; programs that ask under `/api/` get JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from shared.events.refusals import reason
from shared.events.refusals.sentences import InBoth
from shared.failures import brief
from shared.pages import asked
from shared.pages.chinese import NOT_TAKEN
from shared.pages.headers import with_always
from shared.pages.rendering import Pages
from shared.patience import is_fault

log = structlog.get_logger()


class Refusing(HTTPException):
    """An error whose sentence is a refusal's."""

    def __init__(self, status: int, slug: str, **details: Any) -> None:
        super().__init__(status, slug)
        self.why = reason(slug, **details)


SENTENCES = {
    **NOT_TAKEN,
    403: ("不能这样办理", "这项操作须在本系统的页面上点击办理。请返回原页面，刷新后重新点击。"),
    404: ("没有找到这一页", "地址可能有误，或者该报告、机构尚未登记。请核对地址，或从上方栏目重新进入。"),
    408: ("本次提交没有收全", "网络传输过慢，内容没有收全。请检查网络后返回填写的页面再次提交，填写的内容仍在。"),
    422: ("查询条件不符合要求", "请核对所填的日期、期次和单位，改正后重新查看。"),
    500: ("系统内部出错", "差错已记入日志。请稍后重试；仍然如此的，请将本页地址和时间告知系统管理员。"),
    503: (
        "数据暂时读不到",
        "系统连接或者数据库没有应答，已报送的内容不受影响。请稍后刷新；仍然如此的，请联系系统管理员。",
    ),
}
"""Title and what to do, by status."""
SENT_IN_VAIN = {
    404: (
        "本次提交没有收到",
        "所填事项目前不需要办理，或者页面地址有误。请返回上一页留存所填内容，再从上方栏目重新进入。",
    ),
    500: (
        "本次提交没有完成",
        "系统内部出错，差错已记入日志。请稍后刷新本页再次提交，同样的内容不会重复登记；仍然如此的，"
        "请将本页地址和时间告知系统管理员。",
    ),
    503: ("本次提交没有完成", "系统暂时没有应答。请稍后刷新本页再次提交，同样的内容不会重复登记。"),
}
"""What a person reads instead who has just sent a form: what was entered is still with the browser."""

UNDER_WAY = (
    "已收到，办理中",
    "刚才提交的内容已经收到，请勿重复填写。办理情况暂时读不到，请稍后刷新本页查看。",
)
"""What a person reads who was sent on from a form to a page that cannot be read now."""

BUSY = (
    "系统正忙",
    "同时办理的人较多，请稍等几秒后刷新本页；刚才提交的内容没有收到，请再次提交，同样的内容不会重复登记。",
)
SOON = {"Retry-After": "2"}


def has_not(_: Request) -> bool:
    """Nobody has sent anything."""
    return False


def answer_errors(app: FastAPI, pages: Pages, has_sent: Callable[[Request], bool] = has_not) -> None:
    """Every error of a page is a page in Chinese; whoever `has_sent` a form just now reads that it was received."""
    app.state.pages, app.state.has_sent = pages, has_sent
    app.add_exception_handler(HTTPException, _answered)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _failed)


async def forbidden(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers everything with 403."""
    answer = await _answered(Request(scope), HTTPException(403))
    await answer(scope, receive, send)


async def crowded(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers everything with 503, for there are too many at once."""
    request = Request(scope)
    if _asks_for_json(request):
        answer: Response = JSONResponse({"detail": "too many at once"}, 503)
    else:
        title, advice = BUSY
        answer = request.app.state.pages.render("error.html", status=503, title=title, advice=advice, code=503)
    answer.headers.update(SOON)
    await answer(scope, receive, send)


async def _answered(request: Request, error: Exception) -> Response:
    http_error = cast(HTTPException, error)
    if isinstance(http_error, Refusing):
        return _refused(request, http_error)
    if _asks_for_json(request):
        return await http_exception_handler(request, http_error)
    if http_error.status_code == 405 and request.method in ("GET", "HEAD"):
        return RedirectResponse(above(request.url.path), 303)
    return _page(request, http_error.status_code)


def _refused(request: Request, error: Refusing) -> Response:
    if _asks_for_json(request):
        return JSONResponse({"reasons": [error.why]}, error.status_code)
    return _page(request, error.status_code, error.why["zh"])


def closed(request: Request, why: str) -> Response:
    """The page of what is not for whoever has signed in: another may sign in and comes back to it."""
    pages: Pages = request.app.state.pages
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return pages.render("error.html", status=403, title="不能查看", advice=why, code=403, back=here)


def above(path: str) -> str:
    """Where a form is sent is no page: who opens that address is at the page that it lies below."""
    page = path.rstrip("/").rpartition("/")[0]
    return page if page.count("/") > 1 else f"{page}/"


async def _invalid(request: Request, error: Exception) -> Response:
    invalid = cast(RequestValidationError, error)
    names = [str(one["loc"][-1]) for one in invalid.errors() if one["loc"]]
    if _asks_for_json(request):
        return _unfit(invalid, names)
    return _page(request, 422, advice=asked.sentences(names))


def _unfit(invalid: RequestValidationError, names: Sequence[str]) -> JSONResponse:
    """What is wrong with an address or a body, in words and field by field, without what was sent."""
    errors = [{"type": one["type"], "loc": one["loc"] or ("body",), "msg": one["msg"]} for one in invalid.errors()]
    is_body = any(one["loc"][0] == "body" for one in errors)
    zh = "内容不完整或者格式有误" if is_body else asked.what_is_wrong(names).rstrip("。")
    why = reason("unfit-request", why=InBoth(zh, "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in errors)))
    return JSONResponse({"reasons": [why], "detail": errors}, 422)


async def _gone(request: Request, error: Exception) -> Response:
    """Whoever sent half of something and left reads nothing: no failure of ours."""
    return Response(status_code=400)


async def _failed(request: Request, error: Exception) -> Response:
    status = 503 if is_fault(error) else 500
    log.error("page failed", path=_route(request), status=status, **brief(error))
    if _asks_for_json(request):
        answer: Response = JSONResponse(
            {"detail": "service unavailable" if status == 503 else "internal error"}, status
        )
    else:
        answer = _page(request, status)
    with_always(answer.headers)
    return answer


def _route(request: Request) -> str:
    """The address as the route declares it: what stands in its places may be anybody's."""
    return str(getattr(request.scope.get("route"), "path", ""))


def _page(request: Request, status: int, advice: str = "") -> Response:
    """The page of a status; one without a sentence of its own reads like the nearest that has one."""
    pages: Pages = request.app.state.pages
    known = status if status in SENTENCES else 404 if status < 500 else 500
    sentences = SENTENCES if request.method in ("GET", "HEAD") else SENTENCES | SENT_IN_VAIN
    if status == 503 and request.method == "GET" and request.app.state.has_sent(request):
        sentences = {503: UNDER_WAY}
    title, general = sentences[known]
    return pages.render("error.html", status=status, title=title, advice=advice or general, code=status)


def _asks_for_json(request: Request) -> bool:
    return is_api(request.url.path)


def is_api(path: str) -> bool:
    """Whether programs ask under it, and are answered in JSON."""
    return "/api/" in path and not path.endswith(".html")
