"""What inspection tells of an opinion moves its document on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.feedback.documents.model import Delivery
from services.feedback.documents.putting_right import MOVES, moved_on
from shared.database.documents import Key
from shared.events import Event
from shared.pipeline.decisions import Accepted, State

CHANGES_IT = frozenset(MOVES)
"""The facts that change how far an opinion is."""


def needs(event: Event[Any]) -> Iterable[Key]:
    """The document whose opinion it is; of a finding nothing."""
    return [Key(Delivery, event.data.report)] if event.data.report else []


def follow(state: State, event: Event[Any]) -> Accepted:
    """A fact is never refused: what its document does not have moves nothing."""
    one = state.get(Delivery, event.data.report) if event.data.report else None
    moved = moved_on(one, event) if one else None
    return Accepted() if moved is None or moved is one else Accepted((moved,))
