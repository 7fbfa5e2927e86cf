"""The form by which something reported is taken back: why, and nothing else."""

from __future__ import annotations

from shared.events import Submission
from shared.forms.declared import Field, Form


def withdrawal(kind: type[Submission], key: str, lead: str, word: str = "撤回") -> Form:
    """Of one service."""
    return Form(kind, key, word, f"确认{word}", (Field("reason", f"{word}理由"),), lead=lead)
