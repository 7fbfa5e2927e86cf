"""What a form carries unseen: its ticket, what it corrects, what was answered already."""

from __future__ import annotations

from shared.forms.entered import Entered
from shared.forms.questions import ANSWER, NO


def unseen(entered: Entered) -> list[tuple[str, str]]:
    """Names and values of its hidden fields; what is empty is none."""
    fields = {"ticket": entered.ticket.id, "time": entered.ticket.time, "corrects": entered.corrects}
    return [(name, value) for name, value in (*fields.items(), *_answered(entered)) if value]


def _answered(entered: Entered) -> list[tuple[str, str]]:
    """What was answered goes along, but for the question that is asked now and what was answered with a no."""
    asked = entered.question.name if entered.question else ""
    return [(f"{ANSWER}{name}", value) for name, value in entered.answers.items() if name != asked and value != NO]
