"""Which of an organisation's tokens are good: kept with it in the roster, so that every service knows at once."""

from __future__ import annotations

from datetime import date, datetime

from shared.part import KeptPart

FIRST = "k"
"""How the serial begins of the token that comes with a key, or that an organisation without one had from the first."""


class ProgramToken(KeptPart):
    """One that was issued, to whom and until when; `of_key` is how many keys had ended when it came of a key's own.

    Of a token that came with a key there is an entry only once it has an end.
    """

    serial: str
    holder: str
    since: datetime
    until: date
    revoked: datetime | None = None
    of_key: int | None = None

    def is_good(self, day: date, keys_ended: int) -> bool:
        """Neither over nor revoked, nor come of a key that has ended."""
        return self.revoked is None and day <= self.until and self.of_key in (None, keys_ended)

    def ending(self, **changed: object) -> ProgramToken:
        """The same, with an earlier end."""
        return self.model_copy(update=changed)


def first_serial(keys_ended: int) -> str:
    """Of the token that came with the key in force."""
    return f"{FIRST}{keys_ended}"
