"""Commands that speak with the running county through its gateway: ask it, or submit with the county's token."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from deploy.embedded.county import record
from deploy.embedded.county.folder import program
from deploy.embedded.county.record import Addresses
from deploy.embedded.settings import Settings
from deploy.embedded.trouble import Trouble
from deploy.linxi.county import COUNTY
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.outgoing import submission_message
from shared.events.vocabulary import CODE_PATTERN
from shared.identity.invitations import mark_of


def known_code(code: str) -> str:
    """An organisation's code, or a sentence."""
    if not re.fullmatch(CODE_PATTERN, code):
        raise Trouble(f"{code or '（空）'}不是单位编号；村级便民服务站的编号为12位数字，例如150424100202。")
    return code


def county_says(data: Submission, about: str) -> None:
    """Accepted; otherwise `Trouble` with the reasons."""
    message = submission_message(data, COUNTY, about, str(uuid4()), datetime.now(CHINA))
    _, token = program(Settings().data, COUNTY)
    headers = {**message.headers, "authorization": f"Bearer {token}"}
    _raise_unless_accepted(_asked("POST", f"/{data.service}/api/submissions", headers=headers, content=message.body))


def county_tells(path: str) -> dict[str, Any]:
    """What a service answers; `Trouble` when it knows nothing of it."""
    answer = _asked("GET", path, auth=program(Settings().data, COUNTY))
    if answer.status_code != httpx.codes.OK:
        raise Trouble("名录中没有这个组织机构，请核对代码。")
    answered: dict[str, Any] = answer.json()
    return answered


def hub() -> tuple[str, str]:
    """Where stations reach the county, and the mark of the authority that it shows them; empty where it shows none."""
    shown = _answered("GET", "/ca.pem")
    addresses = _addresses()
    return addresses.public_url or "", mark_of(shown.text) if shown.status_code == httpx.codes.OK else ""


def _addresses() -> Addresses:
    running = record.read(Settings().data)
    if running is None or running.addresses.gateway_url is None:
        raise Trouble("联办尚未运行：请先执行 make run，再执行本命令。")
    return running.addresses


def _answered(method: str, path: str, **content: Any) -> httpx.Response:
    url = _addresses().gateway_url
    try:
        return httpx.request(method, f"{url}{path}", timeout=30, trust_env=False, **content)
    except httpx.TransportError as error:
        raise Trouble("网关暂时无法连接，请稍后重试。") from error


def _asked(method: str, path: str, **content: Any) -> httpx.Response:
    answer = _answered(method, path, **content)
    if answer.headers.get("content-type") != "application/json":
        raise Trouble("服务正在启动，请稍后重试。")
    return answer


def _raise_unless_accepted(answer: httpx.Response) -> None:
    verdict = answer.json()
    if reasons := verdict.get("reasons"):
        raise Trouble("没有办成：" + "；".join(str(reason["zh"]) for reason in reasons))
    if verdict.get("verdict") != "accepted":
        raise Trouble("已收到，办理中；请稍后查询办理结果。")
