"""What the pages of the roster's subjects show alike: one template for what is kept, records, organisations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from fastapi.responses import HTMLResponse, Response

from services.roster.places import PAGES
from shared.identity.reading import OWN
from shared.pages.boards import Cell, SubjectPage
from shared.pages.words import name_of, names_on
from shared.web.again import in_its_page
from shared.web.forms import Again
from shared.web.offering import Offering, address
from shared.web.visit import Visit

RECORD = "报送记录（更正、撤回）"


def show(here: str, seen: SubjectPage, offered: Offering) -> HTMLResponse:
    """A page by its key in the table of pages, or that of the list to which it belongs."""
    return PAGES.render("subject.html", here, offered.status, seen=seen, offering=offered)


async def answered(
    sent: Response | Again, here: str, at: str, page: Callable[[Again], Awaitable[Response]]
) -> Response:
    """What is answered to a form: one that was not taken stands in its page, which is at an address."""
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(page(sent), sent, address(at, sent.form), PAGES, here)


def record_of(here: Visit, key: str) -> tuple[tuple[str, Cell], ...]:
    """Where a submission is corrected and taken back, for those who may read it; none where it is not known which."""
    submitter = key.partition("/")[0]
    if not key or not here.reading.may(OWN, submitter):
        return ()
    return (("报送记录", Cell(RECORD, f"/roster/submissions/{key}")),)


def organisation_cell(here: Visit, code: str) -> Cell:
    """An organisation by its name, leading to its page."""
    return Cell(name_of(code, here.roster, here.today), f"/roster/organisations/{code}")


def named(here: Visit, codes: Iterable[str]) -> Mapping[str, str]:
    """Organisations by name, in the order of their codes."""
    called = names_on(here.roster, here.today)
    return {code: called.get(code, code) for code in sorted(codes)}
