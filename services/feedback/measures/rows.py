"""The rows of a document: the sections that it is made of, each measure beside the period before and its own kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.feedback.measures.catalogue import GREEN, MEASURES, Kind, Measures, awards_in, measure_named, number
from services.feedback.measures.words import NAMELESS, Names, number_text, says, text, unit
from shared.pages.chinese import NOTHING

Sections = tuple[tuple[str, tuple[str, ...]], ...]
"""What each is called, and the measures in it."""
SECTIONS: Sections = (
    (
        "日常检查和自查",
        (
            "inspections",
            "self-checks",
            "self-check-rate",
            "self-checks-on-time",
            "self-checks-missed",
            "self-checks-missed-at",
            "patrolled-days",
        ),
    ),
    ("开展巡查", ("patrols-made", "patrol-rate", "patrols-on-time", "patrols-missed", "patrols-missed-at")),
    ("接受巡查和抽查", ("patrols", "spot-checks", "score")),
    ("设施和专项巡查", ("facility-checks", "campaign-checks")),
    (
        "问题整改",
        (
            "findings",
            "severity",
            "repeat-findings",
            "rectifications-completed",
            "rectified-on-time",
            "rectifications-overdue",
            "rectified-late",
            "rectifications-sent-back",
            "rectifications-reopened",
            "rectifications-escalated",
            "escalations-received",
            "rectifications-open",
            "rectifications-open-overdue",
        ),
    ),
    (
        "反馈意见整改",
        ("opinions", "opinions-closed", "opinions-on-time", "opinions-open", "opinions-open-overdue"),
    ),
    ("三有三无", ("incidents", "incidents-upheld", "incidents-answered", "incidents-unanswered")),
    (
        "办件",
        ("cases-opened", "cases-completed", "cases-on-time", "case-days", "visits", "fees", "certificates-posted"),
    ),
    ("绿色通道", tuple(measure.name for measure in GREEN.values())),
    (
        "改革与党建",
        (
            "subplans",
            "ideas",
            "certificates",
            "activities",
            "lesson-attendance",
            "turns-held",
            "joint-turns-held",
            "turn-work",
            "stationed",
        ),
    ),
)
"""The rows of a report in order, but for the county's own awards, which come last.

How many reports were received, and how many in time, is not told in a report: the office has it on its desk.
What an organisation was to do (开展) stands apart from what was done at it (接受): a window is not told that the hall
did not come.
"""


HONOURS = "表彰"

Peers = Mapping[str, float | None]
"""The mean of a recipient's own kind, by measure: of a count for each place."""


class Places(NamedTuple):
    """How many stations a township had on the last day of a period and of the one before; of a department windows."""

    now: int
    before: int


NOWHERE = Places(0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of this period beside the one before and the mean of its own kind; `exact` is the unrounded number.

    A distribution is spread over the columns: it is read, not compared. A count for each place has no `measure`.
    """

    measure: str
    name: str
    unit: str
    now: str
    before: str
    peers: str
    exact: float | None
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together."""

    name: str
    rows: tuple[Row, ...]


def sections(
    now: Measures,
    before: Measures,
    peers: Peers,
    called: Names = NAMELESS,
    places: Places = NOWHERE,
    among: Sections = SECTIONS,
) -> tuple[Section, ...]:
    """The sections that say something: a row without a number in this period and the last is left out."""
    awards = awards_in(now, before)
    now = {**dict.fromkeys(awards, 0), **now}
    before = {**dict.fromkeys(awards, 0), **before} if before else before
    every = (*among, (HONOURS, awards))
    found = (Section(name, tuple(_rows(names, now, before, peers, called, places))) for name, names in every)
    return tuple(section for section in found if section.rows)


def _rows(
    names: Sequence[str], now: Measures, before: Measures, peers: Peers, called: Names, places: Places
) -> Iterator[Row]:
    """A report that was issued before there was a measure does not have it."""
    for name in names:
        if name in now and _is_shown(name, names, now, before):
            yield row(name, now[name], before.get(name), _mean(name, peers, places), called)
            if measure_named(name).kind is Kind.PER_PLACE and places.now > 1:
                yield _per_place(name, now[name], before.get(name), peers.get(name), places)


def _is_shown(name: str, names: Sequence[str], now: Measures, before: Measures) -> bool:
    """A stock that only stays as it was is nothing that happened: it stands beside what did."""
    if measure_named(name).kind is not Kind.STOCK or now[name] != before.get(name, now[name]):
        return says(now[name]) or says(before.get(name))
    return says(now[name]) and any(says(now.get(other)) for other in names if other != name)


def _mean(name: str, peers: Peers, places: Places) -> float | None:
    """The mean of its kind that a measure stands beside: none of what counts more where there are more places."""
    kind = measure_named(name).kind
    comparable = (kind is Kind.PER_PLACE and places.now == 1) or kind is Kind.RATIO
    return peers.get(name) if comparable else None


def row(name: str, now: Any, before: Any, peers: float | None, called: Names = NAMELESS) -> Row:
    """One measure compared."""
    measure = measure_named(name)
    is_buckets = measure.kind is Kind.DISTRIBUTION
    return Row(
        measure=name,
        name=measure.zh,
        unit=unit(measure),
        now=text(name, now, called),
        before=NOTHING if before is None else text(name, before, called),
        peers=NOTHING if is_buckets else number_text(measure, peers),
        exact=None if is_buckets else number(now),
        is_spread=is_buckets,
    )


def _per_place(name: str, now: Any, before: Any, peers: float | None, places: Places) -> Row:
    """The same for each station, by which townships are compared whatever their number of villages."""
    measure = measure_named(name)
    now, before = now / places.now, before / places.before if before is not None and places.before else None
    texts = [NOTHING if value is None else f"{value:,.1f}" for value in (now, before, peers)]
    called = f"每站{measure.zh}"
    return Row("", called, unit(measure), now=texts[0], before=texts[1], peers=texts[2], exact=now)


HAPPENS = tuple(name for _, names in SECTIONS for name in names if MEASURES[name].kind is not Kind.STOCK)
"""What happens in a period: a window in the hall only goes on being there, and reports are received after it."""


def is_silent(measures: Measures) -> bool:
    """Whether nothing at all happened."""
    return not any(says(measures.get(name)) for name in (*HAPPENS, *awards_in(measures)))


SUBJECTS = {
    "巡查和自查": ("日常检查和自查", "开展巡查", "接受巡查和抽查", "设施和专项巡查"),
    "问题整改": ("问题整改",),
    "办件": ("办件",),
    "绿色通道服务": ("绿色通道",),
}
"""What a document says that there was none of, with the sections in which it would stand."""


def nothing_of(measures: Measures) -> tuple[str, ...]:
    """What there was none of in a period."""
    within = dict(SECTIONS)
    named = {subject: [name for at in parts for name in within[at]] for subject, parts in SUBJECTS.items()}
    return tuple(subject for subject, names in named.items() if not any(says(measures.get(one)) for one in names))
