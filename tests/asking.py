"""Rules asked without bus and database: a desk holds one service's documents and decides one event after another.

    desk = Desk(HANDLERS, roster())
    desk.agrees(LogInspection(patrol=PatrolKind.STATION, score=9500), STATION, "2018-03-05")
    assert desk.refuses(CloseDay(day=...)) == "day-not-over"

A rule sees the documents that its handler names and no others. Every question is asked again after it was decided,
for a rule has to tolerate repetition.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from deploy.embedded.settings import ROOT
from shared.calendar import CHINA
from shared.database.documents import Document, Increment, Place, T, place
from shared.events import Event, EventData, Fact
from shared.events.refusals import REFUSALS, reason
from shared.events.roster import Office, issuing
from shared.events.vocabulary import HALL_PATROL, Hall, OrganisationKind
from shared.pipeline.allowance import Allowance
from shared.pipeline.decisions import EVERYTHING, About, Accepted, Handlers, Query, Refused, State, Verdict
from shared.roster.organisations import Organisation, Roster, Standing
from tests.listed import ENTRIES

SLUGS = frozenset[object](REFUSALS)
NAMESPACE = UUID("3c1b8f0e-77d2-5f34-9a3e-0d5a6b7c8d9e")
START = date(2018, 1, 1)
COUNTY, HALL, OFFICE, OUTSIDER = "150424", "150424-D01", "150424-D02", "150424-P01"
TOWNSHIP, OTHER_TOWNSHIP = "150424100", "150424101"
STATION, NEIGHBOUR = "150424100202", "150424100203"


def moment(text: str) -> datetime:
    """`2018-03-05` is nine in the morning in China, `2018-03-05T00:00` is midnight."""
    at = datetime.fromisoformat(text)
    if "T" not in text:
        return datetime.combine(at.date(), time(9), CHINA)
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def moments(first: int, last: int) -> SearchStrategy[datetime]:
    """Any second of these years, in China."""
    begins, ends = datetime(first, 1, 1, tzinfo=CHINA), datetime(last + 1, 1, 1, tzinfo=CHINA)
    seconds = st.integers(0, int((ends - begins).total_seconds()) - 1)
    return seconds.map(lambda n: begins + timedelta(seconds=n))


def standing(kind: OrganisationKind, parent: str | None, since: date = START, **more: object) -> Standing:
    """How an organisation stands from a day on."""
    return Standing(since=since, name=f"{kind}", kind=kind, parent=parent).model_copy(update=more)


def organisation(code: str, *history: Standing) -> Organisation:
    """An organisation with its history, oldest first."""
    return Organisation(id=code, history=history)


def roster(*more: Organisation) -> Roster:
    """A county with its hall, an office with a window, a ranch, two townships and two stations in the first."""
    certifies = tuple(Office(office=issuing(kind), scope=COUNTY) for kind in ("first-aid", "fire-safety"))
    patrol = (Office(office=HALL_PATROL, scope=COUNTY), *certifies)
    department, village = OrganisationKind.DEPARTMENT, OrganisationKind.VILLAGE
    member: dict[str, Any] = {"committee_member": True, "due_in_hall": True, "feedback_recipient": True}
    known = (
        organisation(COUNTY, standing(OrganisationKind.COUNTY, None)).having(catalogues=ENTRIES),
        organisation(HALL, standing(department, COUNTY, offices=patrol, **member)),
        organisation(OFFICE, standing(department, COUNTY, stationed=Hall.HALL, offices=certifies, **member)),
        organisation(OUTSIDER, standing(OrganisationKind.RANCH, COUNTY)),
        organisation(TOWNSHIP, standing(OrganisationKind.TOWNSHIP, COUNTY, feedback_recipient=True)),
        organisation(OTHER_TOWNSHIP, standing(OrganisationKind.TOWNSHIP, COUNTY)),
        organisation(STATION, standing(village, TOWNSHIP)),
        organisation(NEIGHBOUR, standing(village, TOWNSHIP)),
    )
    return Roster().having(*known, *more)


def asked(
    data: EventData, about: str = COUNTY, at: datetime | str = "2018-03-05", by: str = "", n: int = 0
) -> Event[EventData]:
    """A submission as it was read; the same words have the same id, unless `n` tells them apart."""
    when = moment(at) if isinstance(at, str) else at
    submitter, body = by or about, data.model_dump_json().encode()
    id = str(uuid5(NAMESPACE, f"{submitter}/{about}/{data.type}/{when.isoformat()}/{n}/{body.decode()}"))
    return Event(id, f"{submitter}/{id}", data.type, submitter, about, when, data, body)


class Desk:
    """One service's rules, on documents kept in memory."""

    def __init__(
        self, handlers: Handlers, known: Roster, *documents: Document, allowed: Allowance = EVERYTHING
    ) -> None:
        self.roster = known
        self._handlers, self._allowed = handlers, allowed
        self._documents: dict[Place, Document] = {}
        self.increments: list[Increment] = []
        self.keeps(documents)

    def keeps(self, documents: Iterable[Document]) -> None:
        """These lie in the service's database."""
        self._documents |= {place(document): document for document in documents}
        self.roster = self.roster.having(*(one for one in documents if isinstance(one, Organisation)))

    def kept(self, kind: type[T]) -> list[T]:
        """All documents of a kind, by id."""
        found = (document for document in self._documents.values() if isinstance(document, kind))
        return sorted(found, key=lambda document: document.id)

    def only(self, kind: type[T]) -> T:
        """The one document of a kind."""
        (found,) = self.kept(kind)
        return found

    def state(self, event: Event[EventData], found: Iterable[Document] = ()) -> State:
        """What the rule may look at: what its handler names; `found` answers its queries."""
        state, here, handler = State(self.roster, self._allowed), list(found), self._handlers[type(event.data)]
        needs = (*handler.needs(event), *handler.by_allowance(event, self._allowed))
        for need in (*needs, *handler.by_roster(event, self.roster)):
            if isinstance(need, Query):
                state.copy.load_found(need, [one for one in here if isinstance(one, need.kind)])
            elif document := self._documents.get(Place(need.kind.collection, need.id)):
                state.copy.load([document])
        return state

    def decides(self, event: Event[EventData], found: Iterable[Document] = ()) -> Verdict:
        """The verdict, its changes kept; then the same event again, which must not raise."""
        rule, state = self._handlers[type(event.data)].decide, self.state(event, found)
        verdict = rule(state, event)
        match verdict:
            case Accepted(changes):
                state.apply(verdict)
                self.keeps([change for change in changes if isinstance(change, Document)])
                self.increments += [change for change in changes if isinstance(change, Increment)]
            case Refused(slug, details):
                assert reason(slug, **details)["slug"] == slug
        rule(state, event)
        return verdict

    def answers(
        self, data: EventData, about: str = COUNTY, at: datetime | str = "2018-03-05", by: str = "", n: int = 0
    ) -> Verdict:
        """The verdict on a submission in these words."""
        return self.decides(asked(data, about, at, by, n))

    def agrees(
        self, data: EventData, about: str = COUNTY, at: datetime | str = "2018-03-05", by: str = "", n: int = 0
    ) -> tuple[tuple[str, Fact], ...]:
        """The facts that follow, each with the organisation it is about."""
        verdict = self.answers(data, about, at, by, n)
        assert isinstance(verdict, Accepted), verdict
        return facts(verdict, about)

    def refuses(
        self, data: EventData, about: str = COUNTY, at: datetime | str = "2018-03-05", by: str = "", n: int = 0
    ) -> str:
        """The slug of the reason; a refusal changes nothing."""
        before = dict(self._documents)
        verdict = self.answers(data, about, at, by, n)
        assert isinstance(verdict, Refused), verdict
        assert self._documents == before
        return verdict.slug


def facts(verdict: Accepted, about: str) -> tuple[tuple[str, Fact], ...]:
    """What is told, and about whom."""
    return tuple((fact.organisation, fact.fact) if isinstance(fact, About) else (about, fact) for fact in verdict.facts)


def slugs_in(*sources: str) -> set[str]:
    """Every reason for a no that these files (or all of a folder) name."""
    files = [path for source in sources for path in sorted(_modules(ROOT / source))]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text())))
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant) and node.value in SLUGS}


def _modules(source: Path) -> Iterable[Path]:
    return source.rglob("*.py") if source.is_dir() else [source]
