"""Which token a program or a person presents, as the roster has it now; nobody is believed before it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from shared.calendar import CHINA, china_day
from shared.identity.tokens import NOW, is_good, serial_of
from shared.identity.used import UsedTokens
from shared.roster.known import KnownRoster


@dataclass(frozen=True)
class PresentedTokens:
    """As a service looks at them; without a secret there are none."""

    roster: KnownRoster
    used: UsedTokens
    secret: str | None = field(repr=False)
    first_until: date | None

    async def serial(self, code: str, token: str) -> str | None:
        """Which of an organisation's tokens this is, whose use is noted; None when it is none that it has now."""
        if self.secret is None:
            return None
        known, now = await self.roster.organisation(code), datetime.now(CHINA)
        if not self.roster.is_known:
            return None
        serial = serial_of(code, token, self.secret, known, now, self.first_until)
        if serial and serial != NOW and known is not None:
            self.used.note(code, serial, china_day(now))
        return serial

    async def goes_on(self, code: str, serial: str) -> bool:
        """Whether one that was presented before is good still."""
        known = await self.roster.organisation(code)
        return self.roster.is_known and is_good(serial, known, datetime.now(CHINA), self.first_until)
