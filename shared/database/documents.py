"""What services keep: versioned documents, counters, and the working copy that rules decide on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Self, TypeVar

from shared.part import KeptPart


class Document(KeptPart):
    """Something a service keeps. `version` counts its writes; 0 has never been written."""

    collection: ClassVar[str]
    read: ClassVar[tuple[str, ...]] = ()
    """The fields that a query reads where the rest is large; all unless it is said. Such a one is never written."""

    projected: ClassVar[bool] = False
    """Whether other services are to know it: what was written of it goes into a bucket of the bus."""

    id: str
    version: int = 0

    def having(self, **changes: object) -> Self:
        """The same document with some values changed."""
        return self.model_copy(update=changes)

    @classmethod
    def stored(cls, raw: Mapping[str, Any]) -> Self:
        """The document that MongoDB holds as `raw`."""
        named = dict(raw)
        named["id"] = named.pop("_id")
        return cls.model_validate(named, extra="allow")

    def to_store(self) -> dict[str, Any]:
        """What MongoDB is to hold: one version on, days and times as ISO text so that they sort.

        What a later release has written beside stays as it lies there, whatever that is.
        """
        unknown = self.__pydantic_extra__ or {}
        raw = {**self.model_dump(mode="json", exclude=set(unknown) or None), **unknown}
        raw["_id"] = raw.pop("id")
        raw["version"] = self.version + 1
        return raw


COUNTS: Mapping[str, Any] = {"withdrawn": {"$ne": True}}
"""The filter of documents that stand: neither withdrawn nor corrected since, where a kind of document says so."""

T = TypeVar("T", bound=Document)


class Key(NamedTuple):
    """A document that a decision needs, by its id."""

    kind: type[Document]
    id: str


class Query(NamedTuple):
    """The documents that a decision needs, by a filter; what earlier decisions wrote is seen.

    `most` bounds them, and of more those are found that are the first by a field.
    """

    kind: type[Document]
    filter: Mapping[str, Any]
    by: str = "_id"
    most: int = 0


Need = Key | Query


@dataclass(frozen=True, slots=True)
class Increment:
    """Adds to the counters of one document, made when it is missing.

    `add` sums integers by dotted name; `once` is set when made.
    """

    collection: str
    id: str
    add: Mapping[str, int] = field(default_factory=dict)
    once: Mapping[str, Any] = field(default_factory=dict)


Change = Document | Increment


class Place(NamedTuple):
    """Where a document lies."""

    collection: str
    id: str


def place(document: Document) -> Place:
    """Where a document lies."""
    return Place(document.collection, document.id)


class WorkingCopy:
    """Documents as they stand after the decisions so far in this batch, and what is to be written of them."""

    def __init__(self) -> None:
        self._documents: dict[Place, Document] = {}
        self._found: dict[tuple[str, str], list[Place]] = {}
        self._read: set[Place] = set()
        self._asked: set[Place] | None = None
        self.changed: dict[Place, Document] = {}
        self.guarded: set[Place] = set()
        self.increments: dict[Place, Increment] = {}

    def load(self, documents: Iterable[Document], asked: Iterable[Key] | None = None) -> None:
        """Takes in documents as the database holds them; those already changed here stay.

        Once it is told which keys were `asked` for, only those can be got: None then always means that there is none.
        """
        if asked is not None:
            self._asked = (self._asked or set()) | {Place(key.kind.collection, key.id) for key in asked}
        for document in documents:
            self._documents.setdefault(place(document), document)

    def load_found(self, query: Query, documents: list[Document]) -> None:
        """Takes in what a query found."""
        self.load(documents)
        self._found[query.kind.collection, repr(query.filter)] = [place(document) for document in documents]

    def get(self, kind: type[T], id: str) -> T | None:
        """The document as it stands now, or None."""
        at = Place(kind.collection, id)
        document = self._documents.get(at)
        if document is None:
            if self._asked is not None and at not in self._asked:
                raise LookupError(f"{at.collection} {at.id} is not among the needs of its handler")
            return None
        self._read.add(at)
        assert isinstance(document, kind)
        return document

    def find(self, query: Query, kind: type[T]) -> list[T]:
        """The documents that a query found before this decision."""
        places = self._found.get((query.kind.collection, repr(query.filter)), [])
        return [document for at in places if isinstance(document := self._documents[at], kind)]

    def forked(self) -> WorkingCopy:
        """Another on which a decision may go on before all of it is certain; what is read there is read here."""
        other = WorkingCopy()
        other._documents, other._found = dict(self._documents), self._found
        other._read, other._asked = self._read, self._asked
        return other

    def begin(self) -> None:
        """A new decision: nothing read yet."""
        self._read.clear()

    def apply(self, changes: Iterable[Change]) -> None:
        """Keeps what a decision changed, and guards what it only read: two writers are then never both right."""
        for change in changes:
            if isinstance(change, Increment):
                self._count(change)
            else:
                at = place(change)
                self._documents[at] = self.changed[at] = change
        self.guarded |= self._read

    def _count(self, more: Increment) -> None:
        at = Place(more.collection, more.id)
        before = self.increments.get(at)
        self.increments[at] = more if before is None else _merged(before, more)

    def written(self) -> None:
        """All changes so far lie in the database: what follows in this batch builds on them."""
        for at, document in self.changed.items():
            self._documents[at] = document.having(version=document.version + 1)
        for at in self.guarded - self.changed.keys():
            document = self._documents[at]
            self._documents[at] = document.having(version=document.version + 1)
        self.changed, self.guarded, self.increments = {}, set(), {}


def _merged(before: Increment, more: Increment) -> Increment:
    add = dict(before.add)
    for name, amount in more.add.items():
        add[name] = add.get(name, 0) + amount
    return Increment(before.collection, before.id, add, before.once)
