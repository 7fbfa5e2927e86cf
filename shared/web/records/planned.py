"""What is only planned is changed and cancelled from its own page: from there lead the ways of its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.database.kept import documents
from shared.events import Submission
from shared.pages.boards import Cell
from shared.pages.chinese import NOTHING
from shared.pipeline.corrections import Correction, handler_for
from shared.pipeline.decisions import Original
from shared.pipeline.ledger import ledger
from shared.web.records.correctable import Correctable
from shared.web.records.lookup import Found, ways
from shared.web.visit import Visit


@dataclass(frozen=True, slots=True)
class ChangeLinks:
    """Where what is planned is changed and cancelled; empty where there is no form for it."""

    change: str
    cancel: str


CHANGING = {"更改": "", "取消": ""}
"""Columns of a list in which something has not begun: each way has its own, for one form never leads to the other."""


def change_cells(links: ChangeLinks | None) -> tuple[Cell, Cell]:
    """Below `CHANGING`; nothing of what has begun or is another's to change."""
    change, cancel = (links.change, links.cancel) if links else ("", "")
    return Cell("更改", change) if change else Cell(NOTHING), Cell("取消", cancel) if cancel else Cell(NOTHING)


def change_facts(links: ChangeLinks | None) -> tuple[tuple[str, Cell], ...]:
    """The same on the page of one thing; nothing where it has begun or is another's to change."""
    ways = (("更改", "更改安排", links.change), ("取消", "取消安排", links.cancel)) if links else ()
    return tuple((label, Cell(words, url)) for label, words, url in ways if url)


Keys = Callable[[Original], Iterable[str]]
"""By which a page knows what a submission planned: a turn, the processes of a meeting."""


async def change_links(
    here: Visit, how: Correctable, planned: Mapping[type[Submission], Keys], about: Sequence[str]
) -> Mapping[str, ChangeLinks]:
    """Of what was planned about these organisations and has not begun; nothing for whoever may not change it.

    Ask for it only where a page shows something that has not begun: the ledger is read for it.
    """
    if here.who is None or not about:
        return {}
    types = {kind.type: keys for kind, keys in planned.items()}
    asked = {"organisation": {"$in": [*about]}, "type": {"$in": [*types]}, "verdict": "accepted"}
    entries = await ledger(here.parts.db).find(asked).sort("received", 1).to_list(None)
    gone = {one.id for one in await documents(here.parts.db, Correction, {"_id": {"$in": [e["_id"] for e in entries]}})}
    found = (Found(entry, None) for entry in entries if entry["_id"] not in gone)
    ahead = (one for one in found if _is_ahead(here, how, one.original) and not ways(here, one, how).no)
    return {key: _links(here, how, one) for one in ahead for key in types[one.entry["type"]](one.original)}


def _is_ahead(here: Visit, how: Correctable, original: Original) -> bool:
    handler = handler_for(original, how.handlers)
    return bool(handler and handler.begun and here.today <= handler.until(original))


def _links(here: Visit, how: Correctable, it: Found) -> ChangeLinks:
    at, rewriting = f"/{here.parts.service}/submissions/{it.entry['_id']}", how.rewriting(it.entry["type"])
    return ChangeLinks(f"{at}/{rewriting.form.key}" if rewriting else "", f"{at}/withdraw")
