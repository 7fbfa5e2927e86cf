"""What every service shows under its own path, so that it is there when another service is not: 更多, and 大字."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from shared.identity.reading import PUBLIC, SENT
from shared.pages.navigation import MORE, groups
from shared.pages.rendering import SIGNED_IN, WhoIsSignedIn
from shared.web.asking import OwnPages
from shared.web.letters import in_large, in_usual
from shared.web.reading import reads

router = APIRouter()
router.add_api_route("/letters/large", in_large, methods=["POST"], dependencies=[reads(SENT)])
router.add_api_route("/letters/usual", in_usual, methods=["POST"], dependencies=[reads(SENT)])


@router.get("/more", dependencies=[reads(PUBLIC)])
async def more(pages: OwnPages) -> HTMLResponse:
    """Every page that opens to whoever looks, by work."""
    who = SIGNED_IN.get() or WhoIsSignedIn()
    return pages.render("more.html", MORE, groups=groups(who.finds()), code=who.code)
