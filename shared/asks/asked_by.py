"""Who asks a question over the bus: what was shown to one service, as a password, is none of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import PlainSerializer

from shared.identity.acting import Acting


def _without_proof(acting: Acting) -> list[Any]:
    """As copies of older releases read it too."""
    return [acting.code, acting.person, None if acting.posts is None else sorted(acting.posts)]


AskedBy = Annotated[Acting, PlainSerializer(_without_proof)]
"""How it stands in a question."""
