"""The roster as every service sees it: organisations, how each stood on a day, and who stands above whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar

from shared.calendar import china_day
from shared.countys_own import CatalogueEntry, CommitteeName
from shared.database.documents import Document
from shared.events.roster import Office
from shared.events.vocabulary import HALL_PATROL, Hall, OrganisationKind, PatrolKind
from shared.notices import Notice
from shared.part import KeptPart
from shared.roster.program_tokens import ProgramToken, first_serial
from shared.roster.successors import Successors

REMEMBERED_PATHS = 20_000


class Ending(KeptPart):
    """That an organisation stands no more: who came after it, the one that answers for what it left open first."""

    followed_by: tuple[str, ...] = ()
    basis: str = ""


class Standing(KeptPart):
    """How an organisation stands from a day on; with an `ended` it stands no more, and `parent` is who was above it.

    `passed_from` is the organisation whose end brought it below its parent.
    """

    since: date
    name: str
    kind: OrganisationKind
    parent: str | None = None
    committee_member: bool = False
    due_in_hall: bool = False
    feedback_recipient: bool = False
    stationed: Hall | None = None
    offices: tuple[Office, ...] = ()
    ended: Ending | None = None
    passed_from: str | None = None

    @property
    def patrolled(self) -> PatrolKind | None:
        """Village stations and the windows of departments in a hall are patrolled each working day."""
        if self.kind is OrganisationKind.VILLAGE:
            return PatrolKind.STATION
        return PatrolKind.WINDOW if self.stationed else None

    @property
    def belongs_in_hall(self) -> bool:
        """Due in a hall, or there all the same: of these no more can be there than all."""
        return self.due_in_hall or self.stationed is not None

    def holds(self, office: str | None, path: Sequence[str] | None = None) -> bool:
        """Whether it holds an office; with a `path`, one whose scope lies on it."""
        return any(held.office == office and (path is None or held.scope in path) for held in self.offices)


class Organisation(Document):
    """An organisation with its dated history, oldest first; the last that began by a day holds on it.

    `keys_ended` counts the keys of its station that were revoked or replaced: each made its HTTP token void. `tokens`
    are its programs', those that were issued or have an end. `notices`, `committee_names` and `catalogues` are a
    county's: with its roster every service learns which days are worked, what its committee is called and lists.
    """

    collection: ClassVar[str] = "organisations"
    projected: ClassVar[bool] = True

    history: tuple[Standing, ...]
    keys_ended: int = 0
    tokens: tuple[ProgramToken, ...] = ()
    notices: tuple[Notice, ...] = ()
    committee_names: tuple[CommitteeName, ...] = ()
    catalogues: tuple[CatalogueEntry, ...] = ()

    def token(self, serial: str) -> ProgramToken | None:
        """One of its programs' tokens."""
        return next((one for one in self.tokens if one.serial == serial), None)

    def has_token(self, serial: str, day: date) -> bool:
        """Whether it is good on a day; the one that came with its key is, unless it was given an end."""
        held = self.token(serial)
        if held is None:
            return serial == first_serial(self.keys_ended)
        return held.is_good(day, self.keys_ended)

    def on(self, day: date) -> Standing | None:
        """How it stood on a day; None before it existed and once it has ended."""
        last = self._last_begun(day)
        return None if last is None or last.ended is not None else last

    def ending(self, day: date) -> Standing | None:
        """Its end, on a day on which it stands no more."""
        last = self._last_begun(day)
        return last if last is not None and last.ended else None

    def _last_begun(self, day: date) -> Standing | None:
        if self.history[-1].since <= day:
            return self.history[-1]
        found = None
        for standing in self.history:
            if standing.since > day:
                break
            found = standing
        return found


class Roster(Successors):
    """All organisations of the county at one moment; never changed, only followed by another."""

    def __init__(self, organisations: Mapping[str, Organisation] | None = None) -> None:
        self._organisations = dict(organisations or {})
        self._paths: dict[tuple[str, date], str] = {}
        self._holders: dict[tuple[str, date], tuple[tuple[str, str], ...]] = {}

    def __iter__(self) -> Iterator[Organisation]:
        """By code, so that what is decided for each does not depend on how the roster came to be known."""
        return (self._organisations[code] for code in sorted(self._organisations))

    def __len__(self) -> int:
        return len(self._organisations)

    def __contains__(self, code: str) -> bool:
        return code in self._organisations

    def organisation(self, code: str) -> Organisation | None:
        """The organisation with its whole history."""
        return self._organisations.get(code)

    def having(self, *changed: Organisation) -> Roster:
        """The roster after some organisations changed."""
        return Roster({**self._organisations, **{organisation.id: organisation for organisation in changed}})

    def standing(self, code: str, when: datetime | date) -> Standing | None:
        """How an organisation stood; None for an unknown one, before it existed and once it has ended."""
        organisation = self._organisations.get(code)
        return organisation.on(_day(when)) if organisation else None

    def ending(self, code: str, when: datetime | date) -> Standing | None:
        """The end of an organisation that stands no more on a day; None for any other."""
        organisation = self._organisations.get(code)
        return organisation.ending(_day(when)) if organisation else None

    def called(self, code: str, when: datetime | date) -> str:
        """What an organisation was called on a day, or first called if it came later; its code when it never came."""
        organisation = self._organisations.get(code)
        if organisation is None:
            return code
        return (organisation.on(_day(when)) or organisation.history[0]).name

    def path(self, code: str, when: datetime | date) -> str:
        """The organisation's place in the tree on a day, `123456/123456100/123456100202`; empty when unknown."""
        day = _day(when)
        known = self._paths.get((code, day))
        if known is not None:
            return known
        if len(self._paths) >= REMEMBERED_PATHS:
            self._paths.clear()
        self._paths[code, day] = path = self._climb(code, day)
        return path

    def _climb(self, code: str, day: date) -> str:
        steps: list[str] = []
        at: str | None = code
        while at and at not in steps:
            standing = self.standing(at, day)
            if standing is None:
                return ""
            steps.append(at)
            at = standing.parent
        return "/".join(reversed(steps))

    def place(self, code: str, when: datetime | date) -> str:
        """The path of whoever answers for an organisation on a day: of itself, while it stands."""
        return self.path(code, when) or self.path(self.answering(code, when), when)

    def may_speak_for(self, submitter: str, organisation: str, office: str | None, when: datetime | date) -> bool:
        """Whether an organisation lies in the submitter's subtree or within the scope of an office it holds.

        For one that has ended, it is who answers for it that lies there. The hall's patrol is of windows alone,
        whatever its scope.
        """
        path = self.place(organisation, when).split("/")
        if submitter in path:
            return True
        held = self.standing(submitter, when)
        return held is not None and held.holds(office, path) and self._is_for(office, path[-1], when)

    def _is_for(self, office: str | None, code: str, when: datetime | date) -> bool:
        """Whether an office has anything to do with an organisation of its scope."""
        stands = self.standing(code, when)
        return office != HALL_PATROL or (stands is not None and stands.stationed is not None)

    def holder(self, office: str, code: str, when: datetime | date) -> str | None:
        """Who holds an office for an organisation: itself, or else whoever has the narrowest scope that it lies in.

        None where the office is not for such an organisation, as the hall's patrol is not for a village.
        """
        day = _day(when)
        path, held = self.path(code, day).split("/"), self._holding(office, day)
        if any(holder == code for holder, _ in held):
            return code
        if not self._is_for(office, code, day):
            return None
        fitting = [(path.index(scope), holder) for holder, scope in held if scope in path]
        return max(fitting, key=lambda one: one[0])[1] if fitting else None

    def _holding(self, office: str, day: date) -> tuple[tuple[str, str], ...]:
        """Holders with their scopes, by code: looked up once a day, for few hold an office and many ask who does."""
        if (office, day) not in self._holders:
            if len(self._holders) >= REMEMBERED_PATHS:
                self._holders.clear()
            stood = ((one.id, one.on(day)) for one in self)
            self._holders[office, day] = tuple(
                (code, held.scope)
                for code, standing in stood
                if standing
                for held in standing.offices
                if held.office == office
            )
        return self._holders[office, day]

    def starts(self, county: str) -> date | None:
        """The county's first day: nothing that happened before it is counted."""
        founded = self._organisations.get(county)
        return founded.history[0].since if founded else None

    def patrolled(self, county: str, day: date) -> dict[str, PatrolKind]:
        """Every station and window that is due a patrol on a working day."""
        due: dict[str, PatrolKind] = {}
        for code in sorted(self._organisations):
            standing = self.standing(code, day)
            if standing and standing.patrolled and self.path(code, day).startswith(county):
                due[code] = standing.patrolled
        return due


def _day(when: datetime | date) -> date:
    return china_day(when) if isinstance(when, datetime) else when


def county_of(code: str) -> str:
    """The county is the first six digits of every code: the unit of order."""
    return code[:6]


def of_county(organisation: str, name: str) -> str:
    """Issues, processes and lists are named within their county."""
    return f"{county_of(organisation)}/{name}"
