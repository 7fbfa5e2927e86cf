"""A command that speaks for the county: one submission through the running gateway, with the county's token."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

import httpx

from deploy.embedded import record
from deploy.embedded.folder import token_secret
from deploy.embedded.programs import LINXI
from deploy.embedded.settings import Settings
from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA
from shared.events import Submission, submission_headers
from shared.events.vocabulary import CODE_PATTERN
from shared.tokens import token_of


def known_code(code: str) -> str:
    """An organisation's code, or a sentence."""
    if not re.fullmatch(CODE_PATTERN, code):
        raise Trouble(f"{code or '（空）'}不是组织机构代码；村级便民服务站的代码为12位数字，例如150424100202。")
    return code


def county_says(data: Submission, about: str) -> str:
    """Accepted, and where the gateway is; otherwise `Trouble` with the reasons."""
    data_folder = Settings().data
    running = record.read(data_folder)
    if running is None or running.addresses.gateway_url is None:
        raise Trouble("联办尚未运行：请先执行 make run，再执行本命令。")
    headers = submission_headers(str(uuid4()), data, LINXI, about, datetime.now(CHINA))
    headers["authorization"] = f"Bearer {token_of(LINXI, token_secret(data_folder))}"
    url = running.addresses.gateway_url
    try:
        answer = httpx.post(
            f"{url}/{data.service}/api/submissions",
            headers=headers,
            content=data.model_dump_json(),
            timeout=30,
            trust_env=False,
        )
    except httpx.TransportError as error:
        raise Trouble("网关暂时无法连接，请稍后重试。") from error
    _raise_unless_accepted(answer)
    return url


def _raise_unless_accepted(answer: httpx.Response) -> None:
    if answer.headers.get("content-type") != "application/json":
        raise Trouble("服务正在启动，请稍后重试。")
    told = answer.json()
    if reasons := told.get("reasons"):
        raise Trouble("不予受理：" + "；".join(str(reason["zh"]) for reason in reasons))
    if told.get("verdict") != "accepted":
        raise Trouble("已收到，办理中；请稍后查询办理结果。")
