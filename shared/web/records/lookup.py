"""An entry of a service's ledger, what has taken its place, and what whoever looks may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import uuid4

from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events import Event, EventData, Submission
from shared.events.refusals import reason
from shared.events.withdrawals import Withdrawal
from shared.identity.acting import Acting
from shared.identity.no_right import no_right
from shared.identity.rights import may_correct as may_amend
from shared.pipeline.corrections import Correction, may_correct
from shared.pipeline.decisions import Original, Refused
from shared.pipeline.ledger import Entry, ledger
from shared.pipeline.originals import original_of
from shared.web.records.correctable import Correctable
from shared.web.visit import Visit

IN_CONFIDENCE = tuple(sorted(name for name, kind in Submission.registry.items() if kind.in_confidence))
"""Types whose records are read by whoever acted, and by nobody else."""
SOMETHING = "—"
"""In the place of a reason, when it is asked whether one would do."""


class Found(NamedTuple):
    """An entry, and the correction that took its place, if any did."""

    entry: Entry
    correction: Correction | None

    @property
    def original(self) -> Original:
        """As the rules look at it."""
        return original_of(self.entry)


async def found(db: Database, submitter: str, id: str, acting: Acting | None) -> Found | None:
    """By the key of the submission; one in confidence for whoever acted alone."""
    key, person = f"{submitter}/{id}", acting.person if acting else ""
    entry = await ledger(db).find_one({"_id": key})
    if entry is None or (entry["type"] in IN_CONFIDENCE and entry.get("actor", "") != person):
        return None
    return Found(entry, await document(db, Correction, key))


def _about(organisation: str, who: str) -> dict[str, Any]:
    """What it said itself, what was accepted, what `who` looks tried; others' refused attempts are no record of it."""
    return {
        "organisation": organisation,
        "type": {"$nin": IN_CONFIDENCE},
        "$or": [{"verdict": "accepted"}, {"submitter": {"$in": [organisation, who]}}],
    }


async def count(db: Database, organisation: str, who: str) -> int:
    """How many there are about an organisation."""
    return await ledger(db).count_documents(_about(organisation, who))


async def listed(db: Database, organisation: str, who: str, most: int, skip: int) -> Sequence[Found]:
    """Some of those about an organisation, those received last first."""
    about = ledger(db).find(_about(organisation, who))
    entries = await about.sort("received", -1).skip(skip).limit(most).to_list(None)
    corrections = await documents(db, Correction, {"_id": {"$in": [one["_id"] for one in entries]}})
    by = {one.id: one for one in corrections}
    return [Found(entry, by.get(entry["_id"])) for entry in entries]


class Ways(NamedTuple):
    """Whether it can be corrected and taken back, or the sentence why not; and whether a reason is needed for it."""

    no: str = ""
    needs_reason: bool = False


def ways(here: Visit, it: Found, how: Correctable) -> Ways:
    """As the rule will say, whose clock is the broker's."""
    withdrawal = how.withdrawal(it.entry["type"])
    if withdrawal is None or it.entry["verdict"] == "refused" or it.correction is not None:
        return Ways("", False)
    if no_post := not_amended(here, it):
        return Ways(no_post["zh"])
    no = _asked(here, it, how, _withdrawing(withdrawal.submission))
    if no is not None:
        return Ways(reason(no.slug, lambda code: here.roster.called(code, here.today), **no.details)["zh"])
    return Ways(needs_reason=_asked(here, it, how, _saying_nothing(it)) is not None)


def not_amended(here: Visit, it: Found) -> dict[str, str] | None:
    """Why the posts of whoever looks do not put such a thing right."""
    type_name, acting = it.entry["type"], here.acting
    if acting is None or may_amend(acting, type_name):
        return None
    return no_right(acting, type_name, here.roster.standing(acting.code, here.now))


def _withdrawing(kind: type[Submission]) -> EventData:
    return kind.model_validate({"reason": SOMETHING})


def _saying_nothing(it: Found) -> EventData:
    return Submission.registry[it.entry["type"]].model_construct()


def _asked(here: Visit, it: Found, how: Correctable, data: EventData) -> Refused | None:
    original, type_name = it.original, data.type if isinstance(data, Withdrawal) else it.entry["type"]
    id, who = str(uuid4()), here.who or ""
    about = (type_name, who, original.organisation, here.now, data, b"")
    event: Event[EventData] = Event(id, f"{who}/{id}", *about, corrects=original.key)
    return may_correct(event, original, original, how.handlers, here.roster, here.now)


async def is_named(db: Database, who: str, it: Found, corrects: str) -> bool:
    """Whether a form names this record, or what was refused in its place before; one that names nothing is asked on."""
    key = corrects if not corrects or "/" in corrects else f"{who}/{corrects}"
    if key in ("", it.entry["_id"]):
        return True
    tried = await ledger(db).find_one({"_id": key}, {"replaces": 1})
    return tried is not None and tried.get("replaces") == it.entry["_id"]


def named_by(who: str, entry: Entry) -> str:
    """As a correction names it: of one's own the id alone."""
    submitter, id = entry["_id"].split("/")
    return id if submitter == who else f"{submitter}/{id}"
