"""The help of every page, under each service's own path: all of it by work, and that of one page with the way back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse

from shared.help.everywhere import EVERYWHERE
from shared.help.shelf import ALL, Shelf, ShelvedHelp
from shared.identity.reading import PUBLIC
from shared.pages.navigation import groups
from shared.pages.rendering import SIGNED_IN, WhoIsSignedIn
from shared.web.asking import OwnPages
from shared.web.reading import reads
from shared.web.staying import came_from

HelpKey = Annotated[str, Path(max_length=40)]
router = APIRouter(prefix=f"/{ALL}")


@router.get("", dependencies=[reads(PUBLIC)])
async def helps(pages: OwnPages) -> HTMLResponse:
    """That of every page which opens to whoever looks, by work."""
    who = SIGNED_IN.get() or WhoIsSignedIn()
    everywhere = [pages.shelf.helps[key] for key in EVERYWHERE]
    return pages.render("helps.html", groups=groups(who.finds()), everywhere=everywhere)


@router.get("/{page}", dependencies=[reads(PUBLIC)])
async def of_page(request: Request, pages: OwnPages, page: HelpKey) -> HTMLResponse:
    """Of one page, and the way back to where somebody comes from, if that is the page."""
    found = pages.shelf.helps.get(page)
    if found is None:
        raise HTTPException(404)
    back = _back(came_from(request), found, pages.shelf)
    return pages.render("help.html", found.here, written=found.written, name=found.name, back=back)


def _back(page: str, found: ShelvedHelp, shelf: Shelf) -> str:
    return page if shelf.of_path(page.partition("?")[0]) == found else found.place
