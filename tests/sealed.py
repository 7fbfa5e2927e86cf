"""Persons for tests: particulars, sealed with keys of a county of its own; numbers are of nobody."""

from __future__ import annotations

import json
from datetime import date, timedelta

from shared.events.roster import RegisterPerson
from shared.identity.sealing import SealKey, SealKeys
from shared.pipeline.allowance import Allowance
from shared.roster.particulars import check_digit
from tests.asking import OFFICE, START

OLD, NEW = SealKey("a1", bytes(range(32))), SealKey("b2", bytes(range(1, 33)))
KEYS = SealKeys([OLD])
ROTATED = SealKeys([NEW, OLD])
ALLOWED = Allowance(seals=KEYS)
FIRST_DAY = START + timedelta(days=1)


def id_number(born: str = "19850203", serial: int = 122) -> str:
    """With its true check digit; an even serial is a woman's."""
    digits = f"150424{born}{serial:03}"
    return digits + check_digit(digits)


def particulars(**more: object) -> dict[str, object]:
    """As they are sealed."""
    return {"name": "样例甲", "sex": "female", "birth_year": 1985, "party_member": True, **more}


def registers(
    person: str = "p-1",
    home: str = OFFICE,
    since: date = START,
    moves_from: str | None = None,
    key: SealKey = OLD,
    **more: object,
) -> RegisterPerson:
    """A person of an organisation, sealed for both."""
    sealed = key.public.seal(json.dumps(particulars(**more)).encode(), person, home)
    return RegisterPerson(person=person, sealed=sealed, valid_from=since, moves_from=moves_from)
