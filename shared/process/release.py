"""Which releases may work on a database: one whose documents an older release would misread notes so there.

What is only added needs no note: an older release leaves what it does not know as it stands (`shared.part`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from shared.database.mongo import Database

RELEASE = os.environ.get("LIANBAN_VERSION", "0.2.0")
FORMAT = 1
"""Of the data; raised by a release that begins to keep something in another form. Its steps stand in the changelog."""
COLLECTION, ID = "release", "data"


class LaterRelease(Exception):
    """A database is kept in a form that this release does not know: the sentence says what to do."""


async def may_work_on(databases: Sequence[Database]) -> None:
    """`LaterRelease` where one of them needs another release than this."""
    for db in databases:
        noted = await db[COLLECTION].find_one({"_id": ID})
        if noted is not None and noted["format"] > FORMAT:
            raise LaterRelease(
                f"The database {db.name} is kept as release {noted['release']} keeps it, which this one, {RELEASE}, "
                "would misread: start that release again or a later one, or restore a backup from before its upgrade."
            )


async def note_release(databases: Sequence[Database]) -> None:
    """That they are kept in this release's form from now on, unless they were before."""
    for db in databases:
        noted = await db[COLLECTION].find_one({"_id": ID})
        if noted is None or noted["format"] < FORMAT:
            await db[COLLECTION].replace_one({"_id": ID}, {"format": FORMAT, "release": RELEASE}, upsert=True)
