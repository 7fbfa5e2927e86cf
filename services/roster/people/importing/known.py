"""What is known beforehand of those whom a table names: whose numbers they are, who is called so, what is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.roster.people.importing.table import SEXES
from services.roster.people.model import Person
from services.roster.people.rules import ID_NUMBER, MOBILE
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.identity.sealing import SealKeys
from shared.roster.particulars import Particulars, born_on, sex_of
from shared.roster.people import People
from shared.tables.declared import Row, yes_or_no


@dataclass(frozen=True, slots=True)
class KnownPersons:
    """Persons by the keyed hash of a number, and by id."""

    keys: SealKeys | None
    people: People
    by_mark: Mapping[str, Person] = field(default_factory=dict)
    by_id: Mapping[str, Person] = field(default_factory=dict)

    def with_number(self, kind: str, number: str | None) -> Person | None:
        """Whose number it is."""
        if self.keys is None or not number:
            return None
        return next((self.by_mark[mark] for mark in self.keys.marks(kind, number) if mark in self.by_mark), None)

    def called(self, unit: str, name: str) -> list[str]:
        """Who is at home there under that name."""
        return [id for id, known in self.people.of(unit).names.items() if known == name]

    def has_both_numbers(self, person: str) -> bool:
        """Whose identity number is known beside the mobile's: another's is not theirs."""
        known = self.by_id.get(person)
        return known is not None and len(known.marks) > 1


async def known_persons(db: Database, keys: SealKeys | None, people: People, rows: Iterable[Row]) -> KnownPersons:
    """All that are needed for these rows, at once."""
    rows = list(rows)
    numbers = [(kind, number) for row in rows for kind, number in _numbers(row)]
    marks = sorted({mark for kind, number in numbers for mark in keys.marks(kind, number)}) if keys else []
    names = {row.values["name"] for row in rows}
    ids = sorted({id for staff in people for id, name in staff.names.items() if name in names})
    found = await documents(db, Person, {"$or": [{"marks": {"$in": marks}}, {"_id": {"$in": ids}}]})
    by_mark = {mark: one for one in found for mark in one.marks}
    return KnownPersons(keys, people, by_mark, {one.id: one for one in found})


def _numbers(row: Row) -> list[tuple[str, str]]:
    """As they are hashed: read as particulars are."""
    said = {name: row.values[name] for name in ("mobile", "id_number") if name in row.values}
    plain = Particulars.model_construct(name="-", sex=next(iter(SEXES.values())), birth_year=2000, party_member=False)
    read = Particulars.model_validate({**plain.model_dump(), **said})
    pairs = ((MOBILE, read.mobile), (ID_NUMBER, read.id_number))
    return [(kind, number) for kind, number in pairs if number]


def said_of(row: Row) -> dict[str, object]:
    """The particulars as a row says them; an identity number says sex and year of birth by itself."""
    number = str(row.values.get("id_number", "")).upper()
    born = born_on(number) if number else None
    year, sex = row.values.get("birth_year", ""), SEXES.get(row.values.get("sex", ""))
    return {
        "name": row.values["name"],
        "sex": sex or (sex_of(number) if born else None),
        "birth_year": int(year) if year.isdecimal() else born.year if born and not year else None,
        "party_member": yes_or_no(row.values["party_member"]),
        "mobile": row.values.get("mobile"),
        "id_number": row.values.get("id_number"),
    }
