"""Bytes that people hand over as text: read as UTF-8 whatever their byte order mark, else named as what they are."""

from __future__ import annotations

import codecs

WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What Windows calls Unicode."""
GBK = "内容是GBK（ANSI）编码，无法准确读取，应当在记事本中另存为UTF-8编码"
UNKNOWN = "内容的文字编码无法识别，应当另存为UTF-8编码"


class NoUtf8(ValueError):
    """It is not UTF-8: how it has to be saved, in Chinese without an end, for others say what to do next.

    `named` is what it looks like.
    """

    def __init__(self, zh: str, named: str) -> None:
        super().__init__(zh)
        self.named = named


def in_utf8(body: bytes) -> bytes:
    """The same text in UTF-8 without a mark; `NoUtf8` for what says of itself nothing else."""
    if body.startswith(WIDE):
        return _read(body, "utf-16").encode()
    plain = body.removeprefix(codecs.BOM_UTF8)
    _read(plain, "utf-8")
    return plain


def _read(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise _named(body) from error


def _named(body: bytes) -> NoUtf8:
    try:
        body.decode("gb18030")
    except UnicodeDecodeError:
        return NoUtf8(UNKNOWN, "not UTF-8")
    return NoUtf8(GBK, "GBK, not UTF-8")
