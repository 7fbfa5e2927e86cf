"""The form by which something reported is taken back: why, and nothing else."""

from __future__ import annotations

from shared.events import Submission
from shared.forms.declared import Field, Form


def withdrawal(kind: type[Submission], key: str, lead: str) -> Form:
    """Of one service."""
    return Form(kind, key, "撤回", "确认撤回", (Field("reason", "撤回理由"),), lead=lead)
