"""What the pages of every service's subjects show alike: lists of what is kept, records, organisations by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from fastapi.responses import Response

from shared.identity.reading import OWN
from shared.pages.boards import Cell, Narrowing, SubjectPage, each_apart, narrowing
from shared.pages.chinese import NOTHING
from shared.pages.rendering import Pages
from shared.pages.words import name_of, names_on
from shared.web.again import in_its_page
from shared.web.exporting import exported_from
from shared.web.forms import Again
from shared.web.offering import Offering, address
from shared.web.persons import actors
from shared.web.visit import Visit

RECORD = "报送记录（更正、撤回）"


class SubjectPages(NamedTuple):
    """Those of one service: one template for what is kept, and `here`, a page by its key in the table of pages."""

    pages: Pages

    def show(self, here: str, seen: SubjectPage, offered: Offering) -> Response:
        """A page, or that of the list to which it belongs; or one of its lists as a table."""
        seen = replace(seen, boards=each_apart(seen.boards))
        return exported_from(*seen.boards) or self.pages.render(
            "subject.html", here, offered.status, seen=seen, offering=offered
        )

    async def answered(
        self, sent: Response | Again, here: str, at: str, page: Callable[[Again], Awaitable[Response]]
    ) -> Response:
        """What is answered to a form: one that was not taken stands in its page, which is at an address."""
        if not isinstance(sent, Again):
            return sent
        return await in_its_page(page(sent), sent, address(at, sent.form), self.pages, here)


async def record_of(here: Visit, key: str) -> tuple[tuple[str, Cell], ...]:
    """Who acted, and where a submission is corrected and taken back, for those who may read it."""
    url = record_url(here, key)
    if not url:
        return ()
    acted = (await actors(here, [key])).get(key)
    return (*((("办理人", Cell(acted)),) if acted else ()), ("报送记录", Cell(RECORD, url)))


def record_cell(here: Visit, key: str) -> Cell:
    """The same in a line of a list."""
    url = record_url(here, key)
    return Cell("查看", url) if url else Cell(NOTHING)


def record_url(here: Visit, key: str) -> str:
    """The page of a submission; empty where whoever looks may not read it, or it is not known which it was."""
    submitter = key.partition("/")[0]
    may = bool(key) and here.reading.may(OWN, submitter)
    return f"/{here.parts.service}/submissions/{key}" if may else ""


def organisation_cell(here: Visit, code: str) -> Cell:
    """An organisation by its name, leading to its page."""
    return Cell(name_of(code, here.roster, here.today), f"/roster/organisations/{code}")


def unit_narrowing(
    here: Visit, label: str, chosen: str | None, units: Mapping[str, str], name: str = "organisation"
) -> Narrowing:
    """By one of these organisations; one that is chosen and has nothing in the list is named all the same."""
    called = names_on(here.roster, here.today)
    more = {chosen: called[chosen]} if chosen and chosen in called and chosen not in units else {}
    return narrowing(name, label, chosen, {**units, **more})


def named(here: Visit, codes: Iterable[str]) -> Mapping[str, str]:
    """Organisations by name, in the order of their codes."""
    called = names_on(here.roster, here.today)
    return {code: called.get(code, code) for code in sorted(codes)}
