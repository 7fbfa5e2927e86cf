"""What the green channel keeps under some words: cases by their own mark or number, of those who may read them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from services.greenchannel.channels import apart_text, case_state, case_url, process_names
from services.greenchannel.model import Case
from shared.asks.search import FoundItem, FoundKind
from shared.database.documents import COUNTS
from shared.identity.reading import PERSONS
from shared.pages.chinese import day_text
from shared.web.searching import kept_under
from shared.web.visit import Visit


async def found(here: Visit, words: str) -> list[FoundKind]:
    """The newest first."""
    names = await process_names(here.parts.db)

    def case(one: Case) -> FoundItem:
        called = f"{names.get(one.process, one.process)} {apart_text(one)}"
        return FoundItem(
            title=called, url=case_url(one), note=f"{day_text(one.opened)}受理，{case_state(one, here.today).word}"
        )

    among: dict[str, Any] = {**COUNTS, **here.reading.filter(PERSONS)}
    marked = await kept_under(here, Case, "mark", words, among, case)
    numbered = await kept_under(here, Case, "_id", words, among, case) if _is_number(words) else []
    items = list({one.url: one for one in (*marked, *numbered)}.values())
    return [FoundKind(kind="办件", items=items, all_url=f"/greenchannel/cases?{urlencode({'words': words})}")]


def _is_number(words: str) -> bool:
    """The end of a number as records show it has four signs."""
    return len(words) >= 4 and all(one in "0123456789abcdef-" for one in words)
