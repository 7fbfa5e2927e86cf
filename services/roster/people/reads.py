"""Persons as the roster's own database has them, and that somebody looked at one's particulars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import Depends, Request

from services.roster.people.entered import particulars_of
from services.roster.people.model import Person
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.events.roster.people import Appoint, RegisterPerson
from shared.identity.sealing import SealKeys
from shared.roster.particulars import Particulars
from shared.roster.people import People
from shared.roster.staff import Staff
from shared.web.visit import Visit


async def _seals(request: Request) -> SealKeys | None:
    keys: SealKeys | None = request.app.state.seals
    return keys


Seals = Annotated[SealKeys | None, Depends(_seals)]
"""The roster's keys for particulars, where it has any."""


def may_enter(here: Visit) -> bool:
    """Whether somebody registers or appoints at all: about whom, each form and each row of a table is asked."""
    return here.does(RegisterPerson) or here.does(Appoint)


async def people_in(db: Database) -> People:
    """All persons and posts as they were committed: a page shows what its form has just changed."""
    return People({one.id: one for one in await documents(db, Staff, {})})


async def known_of(db: Database, keys: SealKeys | None, ids: Iterable[str]) -> Mapping[str, Particulars | None]:
    """What is known of each, by its id."""
    found = await documents(db, Person, {"_id": {"$in": [*ids]}})
    return {one.id: particulars_of(keys, one) for one in found}
