"""How what a submission made is taken back: it is kept and marked as withdrawn, and what it told counts no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shared.database.documents import Document, Key
from shared.pipeline.decisions import Accepted, Original, State, UndoingFact


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """What has a document of its own: of which kind, under which id, and `by` which facts it is told back.

    `mark` is the field of the document that says so.
    """

    kind: type[Document]
    id_of: Callable[[Original], str]
    by: UndoingFact
    mark: str = "withdrawn"

    def needs(self, original: Original) -> Iterator[Key]:
        """The document."""
        yield Key(self.kind, self.id_of(original))

    def undo(self, state: State, original: Original) -> Accepted:
        """What is older than its documents has none: then the facts alone are told back."""
        kept = state.get(self.kind, self.id_of(original))
        return Accepted((kept.having(**{self.mark: True}),) if kept else (), original.taken_back(self.by))
