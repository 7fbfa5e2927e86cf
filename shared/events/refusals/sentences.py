"""What a reason for a no is made of."""

from __future__ import annotations

from typing import NamedTuple

Sentences = tuple[str, str]
"""In Chinese and in English; `{details}` are filled in."""


class InBoth(NamedTuple):
    """A detail that a person reads in Chinese, and a program in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en


TOO_LARGE = InBoth("内容过大，请精简", "body too large")
