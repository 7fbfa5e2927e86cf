"""After a rotation what lies under the old key is sealed under the new one, found as before, and counted until then."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from deploy.commands.people_keys import people_keys as says_how_many
from deploy.identity.people_keys import people_keys, rotated
from services.roster.enrolment.settings import RosterSettings
from services.roster.people.model import Person
from services.roster.people.resealing import resealed, sealed_under
from services.roster.people.rules import ID_NUMBER
from shared.database.kept import document
from shared.pipeline.allowance import Allowance
from shared.roster.particulars import read_particulars
from tests.county import County
from tests.sealed import ALLOWED, KEYS, NEW, ROTATED, id_number, registers
from tests.submitters import just_now, office

WITH_NUMBER = registers("p-1", id_number=id_number())


async def registered(county: County, *said: object) -> list[str]:
    """Who is registered, and what became of it."""
    sent = [office.says(one, just_now()) for one in said]  # type: ignore[arg-type]
    async with county.working():
        await county.hears(*sent)
        await county.settles()
    verdicts = [await county.verdict(one) for one in sent]
    return [one["reasons"][0]["slug"] if one["reasons"] else one["verdict"] for one in verdicts if one]


async def test_what_lies_under_the_old_key_is_sealed_anew_once(county: County) -> None:
    county.allowed, db = ALLOWED, county.db("roster")
    await registered(county, WITH_NUMBER, registers("p-2"))
    assert await sealed_under(db) == {"a1": 2}
    assert await resealed(db, KEYS) == 0
    assert await resealed(db, ROTATED) == 2
    assert await sealed_under(db) == {"b2": 2}
    assert await resealed(db, ROTATED) == 0
    person = await document(db, Person, "p-1")
    assert person
    assert read_particulars(ROTATED.open(person.sealed, "p-1", office.code)).id_number == id_number()
    assert person.marks == (NEW.mark(ID_NUMBER, id_number()),)


async def test_an_identity_number_is_found_while_some_lie_under_the_old_key_and_afterwards(county: County) -> None:
    county.allowed, db = ALLOWED, county.db("roster")
    await registered(county, WITH_NUMBER)
    county.allowed = Allowance(seals=ROTATED)
    twin = registers("p-2", key=NEW, id_number=id_number())
    assert await registered(county, twin) == ["identity-number-registered"]
    await resealed(db, ROTATED)
    assert await registered(county, twin.model_copy(update={"person": "p-3"})) == ["unreadable-person"]
    assert await registered(county, registers("p-3", id_number=id_number())) == ["identity-number-registered"]


async def test_what_no_key_opens_stays_and_stops_nobody(county: County) -> None:
    county.allowed, db = ALLOWED, county.db("roster")
    await registered(county, registers("p-1"), registers("p-2"))
    await db[Person.collection].update_one({"_id": "p-1"}, {"$set": {"sealed": "zz.lost"}})
    assert await resealed(db, ROTATED) == 1
    assert await sealed_under(db) == {"zz": 1, "b2": 1}


def settings(**more: object) -> RosterSettings:
    own: dict[str, Any] = {"county": "150424", "nats_url": "nats://a", "mongo_url": "mongodb://a", **more}
    return RosterSettings(http_port=1, instance="a", **own)


def test_the_file_is_made_once_is_its_owners_alone_and_a_new_key_stands_first(tmp_path: Path) -> None:
    place = people_keys(tmp_path)
    first = place.read_text()
    assert people_keys(tmp_path).read_text() == first
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    id = rotated(tmp_path)
    assert place.read_text().startswith(f"{id} ")
    assert place.read_text().endswith(first)
    seals = settings(people_keys=place).allowed.seals
    assert seals is not None
    assert len([*seals.marks("mobile", "13800138000")]) == 2


def test_without_a_file_nobody_is_registered_and_a_wrong_one_ends_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings().allowed.seals is None
    (tmp_path / "wrong").write_text("secret\n")
    for place, why in (("wrong", "holds no keys"), ("missing", "No such file")):
        with pytest.raises(SystemExit):
            _ = settings(people_keys=tmp_path / place).allowed
        said = capsys.readouterr().err
        assert re.search(f"PEOPLE_KEYS.*{why}", said)
        assert "secret" not in said.replace(str(tmp_path), "")


class Answering:
    """A county that answers an operator's command."""

    def __init__(self, **under: int) -> None:
        self.under = under

    def asks(self, path: str) -> dict[str, object]:
        assert path == "/roster/api/people/keys"
        return {"newest": "b2", "sealed_under": self.under}


def test_the_command_says_how_many_remain(capsys: pytest.CaptureFixture[str]) -> None:
    says_how_many(lambda: Answering(a1=3, b2=4))  # type: ignore[arg-type, return-value]
    assert "还有3份信息待换用新密钥。" in capsys.readouterr().out
    says_how_many(lambda: Answering(b2=7))  # type: ignore[arg-type, return-value]
    assert "全部信息已使用现用密钥。" in capsys.readouterr().out
