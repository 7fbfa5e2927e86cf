"""How each way wants a message, and whether its answer is a yes. Pure."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Template
from urllib.parse import quote, quote_plus, urlencode

from deploy.alerts.message import Notice

WECOM_BYTES, DINGTALK_BYTES, SMS_LETTERS = 4_000, 15_000, 130
"""The robots take 4,096 and 20,000 bytes; a text of 130 letters is two SMS."""
JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Request:
    """One over HTTP; without a body it only asks."""

    url: str
    body: bytes = b""
    headers: Mapping[str, str] | None = None

    @property
    def method(self) -> str:
        """What asks only needs no body."""
        return "POST" if self.body else "GET"


Way = Callable[[Notice, int], Request]
"""A message at a moment (milliseconds since 1970), as this way wants it."""


def wecom(url: str) -> Way:
    """企业微信: a group's robot."""

    def request(notice: Notice, at: int) -> Request:
        text = within(f"**{notice.title}**\n" + "\n".join(f"> {line}" for line in notice.lines), WECOM_BYTES)
        return Request(url, _json({"msgtype": "markdown", "markdown": {"content": text}}), JSON)

    return request


def dingtalk(url: str, secret: str = "") -> Way:
    """钉钉: a group's robot; with 加签 the moment is signed with its secret."""

    def request(notice: Notice, at: int) -> Request:
        text = within(f"### {notice.title}\n" + "\n".join(f"- {line}" for line in notice.lines), DINGTALK_BYTES)
        body = _json({"msgtype": "markdown", "markdown": {"title": notice.title, "text": text}})
        return Request(_signed(url, secret, at) if secret else url, body, JSON)

    return request


def _signed(url: str, secret: str, at: int) -> str:
    mark = hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), "sha256")
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'timestamp': at, 'sign': base64.b64encode(mark).decode()})}"


def sms(url: str, to: str, body: str = "") -> Way:
    """A gateway that is asked by an address with $to and $text in it, or sent a body (a form, or JSON) with both."""

    def request(notice: Notice, at: int) -> Request:
        text = "".join((notice.title, *notice.lines[:1]))[:SMS_LETTERS]
        filled = Template(url).safe_substitute(to=quote(to, safe=""), text=quote(text, safe=""))
        if not body:
            return Request(filled)
        is_json = body.lstrip().startswith("{")
        escaped = _in_json if is_json else quote_plus
        sent = Template(body).safe_substitute(to=escaped(to), text=escaped(text))
        return Request(filled, sent.encode(), JSON if is_json else FORM)

    return request


def refused(status: int, body: bytes) -> str:
    """Why an answer is no yes; empty where it is one. Robots say it in `errcode`, with status 200."""
    if status >= 300:
        return f"HTTP {status}"
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    code = said.get("errcode", 0) if isinstance(said, dict) else 0
    return "" if code in (0, "0") else f"errcode {code}: {str(said.get('errmsg', ''))[:200]}"


def within(text: str, most: int) -> str:
    """Cut at a line, so that its bytes are fewer than a robot takes."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - 30].decode(errors="ignore")
    return f"{kept.rpartition(chr(10))[0] or kept}\n……"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
