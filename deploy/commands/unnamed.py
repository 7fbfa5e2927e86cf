"""Text without what only some may know: persons' particulars, and whatever opens something."""

from __future__ import annotations

import re
from collections.abc import Collection

SECRET, NUMBER, NAME = "〔密钥〕", "〔号码〕", "〔姓名〕"
OPENS = re.compile(
    r"AGE-SECRET-KEY-[0-9A-Z]+"
    r"|eyJ[\w-]{10,}\.[\w-]+\.[\w-]+"
    r"|\bS[A-Z][A-Z2-7]{50,}\b"
    r"|\b(?:[0-9a-f]{12}\.)?[0-9a-f]{32,}\b"
    r"|\b(?:[A-HJ-NP-Z2-9]{4}-){3,8}[A-HJ-NP-Z2-9]{4}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----",
    re.DOTALL,
)
"""Keys of backups, JWTs, seeds of NKEYs, tokens and secrets in hex, one-time codes, PEM."""
WITHIN_URL = re.compile(r"(?<=://)[^\s/@\"']+(?=@)")
"""Who and by which password, in an address."""
PARTICULARS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+")
"""Numbers of identity cards, mobiles and other telephones; addresses of mail."""


def unnamed(text: str, names: Collection[str]) -> str:
    """The longest names first, so that none is left in half."""
    text = WITHIN_URL.sub(SECRET, text)
    text = PARTICULARS.sub(NUMBER, OPENS.sub(SECRET, text))
    for name in sorted((one for one in names if len(one) > 1), key=len, reverse=True):
        text = text.replace(name, NAME).replace(name.encode("unicode_escape").decode(), NAME)
    return text
