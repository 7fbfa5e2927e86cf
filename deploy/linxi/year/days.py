"""The year 2018 of Linxi County, day by day, as stations, offices and the clock submitted it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from deploy.linxi.year.feedback import assessments, awards, documents, opinions, packages
from deploy.linxi.year.greenchannel import green
from deploy.linxi.year.greenchannel.cases import case_day
from deploy.linxi.year.inspection import excellence, plans, supervision, townships
from deploy.linxi.year.inspection.patrols import patrol_day, patrolled
from deploy.linxi.year.roster import appraisals, catalogues, guide, learning, meetings, people, turns
from deploy.linxi.year.roster.founding import registrations, stationings
from deploy.linxi.year.submitting import Arrival, Asked, chance, submitted
from deploy.linxi.year.ticks import day_ticks, document_ticks, opening_ticks, period_ticks
from shared.calendar import is_working_day
from shared.events.outgoing import Outgoing
from shared.identity.sealing import PublicSealKey

SEED = 2018
FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)
MESSAGES = 52_756
"""What `founding`, `peopling` and `year` send with this seed, repeats included; a test counts it."""
COPIES = 0.2
"""The share of days on which another copy of the clock sends its ticks too."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is sent of a day at one time; `repeats` were sent before, byte for byte.

    `ticks` tells the clock's submissions from the others'. After a step that `settles`, everything sent so far is
    decided before anything else is sent.
    """

    day: date
    messages: list[Outgoing]
    repeats: list[Outgoing] = field(default_factory=list)
    ticks: bool = False
    settles: bool = False


def founding(seed: int = SEED) -> Step:
    """The roster and the county's catalogues, which everything else needs."""
    luck = chance(seed, "catalogues")
    listed = [submitted(asked, luck) for asked in (catalogues.named(), *catalogues.entries())]
    return Step(FIRST, [*registrations(seed), *listed], settles=True)


def peopling(seal: PublicSealKey | None, seed: int = SEED) -> Step:
    """Party organisations, and persons with their posts, sealed to the county's key; without one no persons."""
    return Step(FIRST, people.known_from_the_start(seed, seal))


def year(seed: int = SEED, seal: PublicSealKey | None = None) -> Iterator[Step]:
    """Every day's arrivals in the order in which they arrive, then the ticks due at its end.

    In January the year's documents are signed, received and put right; a day is decided before the next comes. What is
    said of persons is sealed to the county's key.
    """
    waiting, again = _agenda(seed), _Waiting()
    waiting.add(appraisals.appraisals(seed, seal))
    places, desk = patrolled(seed), documents.desk(seed)
    yield Step(FIRST, waiting.of(FIRST))
    yield Step(FIRST, opening_ticks(FIRST), ticks=True, settles=True)
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        if is_working_day(day):
            patrols = patrol_day(seed, places, day, LAST)
            waiting.add(patrols.arrivals)
            again.add(patrols.repeats)
            waiting.add(case_day(seed, day, LAST))
        yield from _day(seed, day, waiting.of(day), again.of(day), _asked(seed, day, desk.pop(day, [])))
    for day in (LAST + timedelta(days=n) for n in range(1, (documents.LATEST - LAST).days + 1)):
        arrived, decided = waiting.of(day), _asked(seed, day, desk.pop(day, []))
        if arrived or decided:
            yield Step(day, [*decided, *arrived], settles=True)
        if due := document_ticks(day):
            yield Step(day, due, ticks=True)


def _asked(seed: int, day: date, desk: Iterable[Asked]) -> list[Outgoing]:
    luck = chance(seed, "desk", day)
    return [submitted(one, luck) for one in sorted(desk, key=lambda one: one.at)]


def _day(
    seed: int, day: date, arrived: list[Outgoing], repeats: list[Outgoing], decided: list[Outgoing]
) -> Iterator[Step]:
    """A day without ticks needs no settling; a period is closed only when its last day's ticks are decided.

    What is `decided` at the office's desk is so on everything that has come.
    """
    due, ended = day_ticks(day), period_ticks(day)
    if arrived or repeats or due or ended:
        yield Step(day, arrived, repeats, settles=bool(due or ended or decided))
    if decided:
        yield Step(day, decided, settles=bool(due or ended))
    if due:
        yield Step(day, due, _copies(seed, day, due), ticks=True, settles=bool(ended))
    if ended:
        yield Step(day, ended, _copies(seed, day, ended), ticks=True, settles=True)


def _copies(seed: int, day: date, ticks: list[Outgoing]) -> list[Outgoing]:
    return ticks if chance(seed, "copies", day).random() < COPIES else []


class _Waiting:
    """Submissions on their way, by the day on which they arrive."""

    def __init__(self) -> None:
        self._by_day: defaultdict[date, list[Arrival]] = defaultdict(list)

    def add(self, arrivals: Iterable[Arrival]) -> None:
        """On their way from now on."""
        for arrival in arrivals:
            self._by_day[arrival.at.date()].append(arrival)

    def of(self, day: date) -> list[Outgoing]:
        """What arrives on a day, in the order of arriving."""
        return [arrival.message for arrival in sorted(self._by_day.pop(day, []), key=_moment)]


def _moment(arrival: Arrival) -> float:
    return arrival.at.timestamp()


def _agenda(seed: int) -> _Waiting:
    """What is known when the year begins: a few hundred submissions that follow no daily rhythm."""
    asked: Iterable[Asked] = chain(
        learning.scheme(),
        documents.scheme(),
        assessments.scheme(),
        documents.answers(seed),
        stationings(),
        people.changes(),
        plans.checklists(),
        plans.plans(),
        guide.published(),
        turns.plans(),
        turns.works(seed),
        turns.ideas(seed),
        meetings.meetings(),
        learning.subplans(seed),
        learning.certificates(seed),
        learning.lesson(seed),
        learning.activities(),
        awards.by_others(),
        packages.answered(documents.year_signed()),
        green.green_services(seed),
        townships.township_patrols(seed),
        plans.facility_checks(seed),
        plans.campaign_checks(seed),
        excellence.commitments(seed),
        excellence.marks(seed),
        supervision.devices(),
        supervision.grants(),
        supervision.viewings(seed),
    )
    luck, agenda = chance(seed, "agenda"), _Waiting()
    arrivals = [Arrival(one.at, submitted(one, luck)) for one in asked]
    agenda.add(arrivals)
    agenda.add(opinions.put_right(seed, arrivals))
    agenda.add(excellence.incidents(seed))
    agenda.add(awards.by_the_committee(seed))
    agenda.add(documents.made_up(seed))
    return agenda
