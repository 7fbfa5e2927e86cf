"""What a form brought: kept whole, so that nobody writes twice what was not taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.forms.questions import Question
from shared.forms.sentences import Confirming, Wrong
from shared.forms.tickets import Ticket

WHEN = "at"
"""The name of the field in which a person says when it happened."""
GROUNDS = "grounds-of-correction"
"""The name of the field in which a person says why something is corrected."""
Values = Mapping[str, str]
"""What was entered, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The fields and pictures of one form, and what is said about them when it is shown again under `notice`.

    `photos` were sent already and need not be chosen again. `corrects` is the submission whose place it takes: its id,
    with its submitter where that is another; `grounds` are why, where that is asked for (None: it is not). `question`
    is to be answered before it is taken.
    """

    values: Values = field(default_factory=dict)
    ticket: Ticket = field(default_factory=Ticket.new)
    photos: tuple[str, ...] = ()
    corrects: str = ""
    wrongs: tuple[Wrong, ...] = ()
    notice: str = ""
    question: Question | None = None
    answers: Values = field(default_factory=dict)
    """To questions that the form has asked, by their names."""
    grounds: str | None = None
    confirming: Confirming | None = None
    """Where the password is shown again, without which it was not taken."""

    @property
    def why(self) -> str:
        """The grounds in one line."""
        return " ".join((self.grounds or "").split())
