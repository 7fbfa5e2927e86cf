"""Text that people write, as it is meant: the same words are the same characters, whatever keyboard wrote them.

Only what is read is made so; the bytes that came stay in the ledger, and their digest is of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
NOTHING_SEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, spaces without width, what turns the direction of writing: no text, and they disguise text.

What joins (U+200C, U+200D) and what chooses a letter's shape stays: emoji and Mongolian are written with it.
"""
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters by their category of which nothing is seen."""
SEEN = frozenset("LNPS")
OF_A_FONT = ("Co", "Cn")
"""Rare characters of names may lie where no standard has put them yet."""


GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?").fullmatch
POINTS = "。.!;,、…"


def as_meant(text: object) -> object:
    """In NFC, with lines that end in one character, without what is not seen; empty when nothing is seen at all."""
    if not isinstance(text, str):
        return text
    if text and not (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        text = unicodedata.normalize("NFC", NOTHING_SEEN.sub("", LINE_ENDS.sub("\n", text)))
    return text.strip() if any(map(is_seen, text)) else ""


def in_one_line(text: object) -> object:
    """As it is meant, where a line has no end: a title."""
    meant = as_meant(text)
    return re.sub("[\t\n]+", " ", meant) if isinstance(meant, str) and not meant.isprintable() else meant


def is_seen(letter: str) -> bool:
    """Whether anything of a character is to be seen by itself."""
    category = unicodedata.category(letter)
    return (category[0] in SEEN or category in OF_A_FONT) and letter not in BLANK_LETTERS


def number_as_meant(text: str) -> str:
    """９５．５, 95。5 and 1,200 as 95.5, 95.5 and 1200: digits and points as a Chinese keyboard writes them."""
    plain = unicodedata.normalize("NFKC", str(as_meant(text))).replace("。", ".").replace("−", "-")
    return plain.replace(",", "") if GROUPED(plain) else plain


@lru_cache(maxsize=8192)
def alike(text: str) -> str:
    """What two texts share that say the same: without width, case, spaces, and the points behind them."""
    folded = unicodedata.normalize("NFKC", str(as_meant(text))).casefold()
    return "".join(folded.split()).rstrip(POINTS) or text
