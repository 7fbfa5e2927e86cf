"""Speaks with the running county in the county's own name: asks it, or submits to it and reads what was decided."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener
from uuid import uuid4

from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.outgoing import submission_message
from shared.events.vocabulary import CODE_PATTERN
from shared.identity.tokens import passing_token

PATIENCE = 30
PAGE = 200
"""Items of a list that are asked for at a time."""
AWAY = Trouble("网关暂时无法连接，请稍后重试。")
STARTING = Trouble("服务正在启动，请稍后重试。")
NOT_FOUNDED = Trouble("本县还没有登记单位，请先登记：lianban found 单位名录.csv（样例：lianban found --example）。")


def known_code(code: str) -> str:
    """An organisation's code, or a sentence."""
    if not re.fullmatch(CODE_PATTERN, code):
        raise Trouble(f"{code or '（空）'}不是单位编号；村级便民服务站的编号为12位数字，例如123456100202。")
    return code


class NotDone(Trouble):
    """What a service said no to, for reasons that it gave."""

    def __init__(self, reasons: Sequence[Mapping[str, Any]]) -> None:
        super().__init__("没有办成：" + "；".join(str(one["zh"]) for one in reasons))
        self.slugs = frozenset(str(one["slug"]) for one in reasons)


class Hub(NamedTuple):
    """Where stations reach the county, and the mark of the authority that it shows them; empty where it shows none."""

    url: str
    mark: str


@dataclass(frozen=True)
class Speaker:
    """Has the county's secret, and so speaks for it whatever became of its tokens; `url` is its gateway."""

    url: str
    county: str
    secret: str = field(repr=False)
    hub: Callable[[], Hub]
    services: Mapping[str, str] = field(default_factory=dict)
    """Where each answers at a port of its own, by name; it is asked there where there is no gateway before it."""

    def says(self, data: Submission, about: str) -> None:
        """Accepted; otherwise `Trouble` with the reasons."""
        _raise_reasons({"reasons": self.reasons(data, about)})

    def reasons(self, data: Submission, about: str) -> Sequence[Mapping[str, Any]]:
        """Why it was refused; none when it was accepted."""
        message = submission_message(data, self.county, about, str(uuid4()), datetime.now(CHINA))
        headers = {**message.headers, "Authorization": f"Bearer {self._token()}"}
        verdict = self._answered(f"/{data.service}/api/submissions", headers, message.body)
        reasons: Sequence[Mapping[str, Any]] = verdict.get("reasons") or ()
        if any(one["slug"] == "unknown-submitter" for one in reasons):
            raise NOT_FOUNDED
        if not reasons and verdict.get("verdict") != "accepted":
            raise Trouble("已收到，办理中；请稍后查询办理结果。")
        return reasons

    def asks(self, path: str) -> dict[str, Any]:
        """What a service answers; `Trouble` when it knows nothing of it."""
        basic = b64encode(f"{self.county}:{self._token()}".encode()).decode()
        answered = self._answered(path, {"Authorization": f"Basic {basic}"})
        _raise_reasons(answered)
        return answered

    def lists(self, path: str) -> Iterator[dict[str, Any]]:
        """A list's items, page after page."""
        after = ""
        while True:
            page = self.asks(f"{path}{'&' if '?' in path else '?'}limit={PAGE}{after}")
            yield from page["items"]
            if not page.get("next"):
                return
            after = f"&after={quote(str(page['next']))}"

    def makes(self, path: str, what: Mapping[str, Any], unknown: str = "") -> dict[str, Any]:
        """What a service answers to something that is no submission; the sentence of what it does not know."""
        basic = b64encode(f"{self.county}:{self._token()}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", "content-type": "application/json"}
        answered = self._answered(path, headers, json.dumps(what).encode(), unknown)
        _raise_reasons(answered)
        return answered

    def _token(self) -> str:
        return passing_token(self.county, self.secret, datetime.now(CHINA))

    def _answered(
        self, path: str, headers: Mapping[str, str], body: bytes | None = None, unknown: str = ""
    ) -> dict[str, Any]:
        at = self.url or self.services[path.split("/")[1]]
        request = Request(f"{at}{path}", body, dict(headers))
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=PATIENCE) as answer:
                return _json(answer.headers.get_content_type(), answer.read())
        except HTTPError as error:
            if error.code == 404:
                raise (Trouble(unknown) if unknown else self._unknown(path)) from error
            return _json(error.headers.get_content_type(), error.read())
        except (OSError, HTTPException) as error:
            raise AWAY from error

    def _unknown(self, path: str) -> Trouble:
        """Where not even the county is registered, that comes first."""
        founded = f"/roster/api/organisations/{self.county}"
        if path != founded:
            self.asks(founded)
            return Trouble("单位名录中没有这个单位，请核对单位编号。")
        return NOT_FOUNDED


def _raise_reasons(answered: Mapping[str, Any]) -> None:
    if reasons := answered.get("reasons"):
        raise NotDone(reasons)


def _json(kind: str, body: bytes) -> dict[str, Any]:
    if kind != "application/json":
        raise STARTING
    answered: dict[str, Any] = json.loads(body)
    return answered


Speaking = Callable[[], Speaker]
"""Found once it is known what to say; `Trouble` when no county runs."""
