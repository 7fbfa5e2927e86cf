"""The page on which a person signs in, under each service's own path; it goes on where they wanted to go."""

from __future__ import annotations

import re

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from shared.web.asking import OwnPages, Parts
from shared.web.signing_in import is_token, is_too_early

IS_PATH = re.compile(r"/([!-.0-\[\]-~][!-\[\]-~]*)?").fullmatch
"""One slash, then visible ASCII without a backslash: what a browser cannot read as another host."""
NOT_YOURS = "组织机构代码与访问令牌不符，请核对后重新登录；令牌遗失的，请向联合党委申领。"
TOO_EARLY = "消息总线暂时无法连接，无法核对访问令牌，请稍后重新登录。"

router = APIRouter()


@router.get("/sign-in")
async def form(parts: Parts, pages: OwnPages, back: str = "") -> HTMLResponse:
    """Nothing filled in yet."""
    return pages.render("sign_in.html", action=f"/{parts.service}/sign-in", back=back, no="", code="")


@router.post("/sign-in")
async def sign_in(
    request: Request, parts: Parts, pages: OwnPages, code: str = Form(""), token: str = Form(""), back: str = Form("")
) -> Response:
    """The cookie, or the page again with what is wrong."""
    code = code.strip()
    if not await is_token(parts, code, f"Bearer {token.strip()}"):
        status, no = (503, TOO_EARLY) if is_too_early(parts) else (401, NOT_YOURS)
        action = f"/{parts.service}/sign-in"
        return pages.render("sign_in.html", status=status, action=action, back=back, no=no, code=code)
    request.session.clear()
    request.session.update(code=code, keys_ended=await parts.roster.keys_ended(code))
    return RedirectResponse(_inside(back) or f"/{parts.service}/", 303)


@router.post("/sign-out")
async def sign_out(request: Request, parts: Parts) -> Response:
    """Nobody is signed in afterwards, whoever was."""
    request.scope.get("session", {}).clear()
    return RedirectResponse(f"/{parts.service}/sign-in", 303)


def _inside(back: str) -> str:
    """Only a path of this origin: nobody is sent elsewhere by a link."""
    return back if IS_PATH(back) else ""
