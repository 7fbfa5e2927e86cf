"""What a page's form sends: text fields, and which submission it is."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request

Filled = Mapping[str, str]


async def filled_in(request: Request) -> Filled:
    """The fields of text; a file where text is expected counts as nothing."""
    async with request.form() as sent:
        return {name: value.strip() for name, value in sent.items() if isinstance(value, str)}
