"""What a browser keeps to be known again, and how a device is called in a list."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import NamedTuple

SYSTEMS = (
    ("Android", "安卓"),
    ("HarmonyOS|OpenHarmony", "鸿蒙"),
    ("iPhone|iPad", "苹果"),
    ("Windows", "Windows电脑"),
    ("Macintosh", "苹果电脑"),
    ("Kylin|UOS|Linux", "Linux电脑"),
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ浏览器"),
    ("360SE|360EE|QihooBrowser", "360浏览器"),
    ("MetaSr", "搜狗浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
UNKNOWN = "未知设备"


class DeviceToken(NamedTuple):
    """256 random bits of which only the SHA-256 is kept."""

    token: str
    digest: str

    @classmethod
    def new(cls) -> DeviceToken:
        """For a browser that is to be remembered."""
        token = secrets.token_urlsafe(32)
        return cls(token, digest_of_device(token))


def digest_of_device(token: str) -> str:
    """By which it is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def device_words(user_agent: str) -> str:
    """`Windows电脑，Chrome`; nothing that was sent is repeated."""
    found = (_first(SYSTEMS, user_agent), _first(BROWSERS, user_agent))
    return "，".join(one for one in found if one) or UNKNOWN


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, text)), "")
