"""Who issues which certificates, and to people of which organisations: the offices that it holds say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.roster.learning.rules import may_issue
from shared.events.roster import issuing
from shared.pages.chinese import CERTIFICATES
from shared.pages.words import names_on
from shared.roster.organisations import Roster

OF_ANY = issuing("")
"""How the name of such an office begins."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """What may be chosen in the form: kinds, organisations of the people who gained one, and people of one of them."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def issuing_of(roster: Roster, issuer: str, day: date) -> Issuing:
    """All that it may issue on a day."""
    stands = roster.standing(issuer, day)
    held = stands.offices if stands else ()
    kinds = sorted({one.office.removeprefix(OF_ANY) for one in held if one.office.startswith(OF_ANY)})
    homes = {
        code: name
        for code, name in sorted(names_on(roster, day).items())
        if any(may_issue(roster, issuer, kind, code, day) for kind in kinds)
    }
    return Issuing({one: CERTIFICATES.get(one, "其他证书") for one in kinds}, homes)
