"""A form that was not taken is shown again in its page; where that cannot be read, or is no more, it stands alone.

Nobody writes twice because something else than the form was away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from starlette.exceptions import HTTPException
from starlette.responses import Response

from shared.forms import shown
from shared.pages.rendering import Pages
from shared.patience import is_fault
from shared.web.forms import Again

LOOK = 4.0
"""Seconds for which the rest of a page is waited for."""


async def in_its_page(page: Awaitable[Response], again: Again, action: str, pages: Pages, here: str) -> Response:
    """`action` is where the form is sent; `here` names its place in the navigation."""
    try:
        async with asyncio.timeout(LOOK):
            return await page
    except Exception as error:
        if not is_fault(error) and not isinstance(error, HTTPException):
            raise
    form = shown(again.form, action, None, again.entered)
    return pages.render("form_alone.html", here, again.status, form=form)
