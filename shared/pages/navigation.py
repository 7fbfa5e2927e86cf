"""The navigation: entries by work and not by service, and for each kind of viewer a row of its own.

A page is a part of a work (`shared/shown_pages.py`) and lies in the entry that holds the work; what no entry of the row
holds is found in 更多, which lists every page that opens to whoever looks. On a phone four entries are at hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, groupby
from typing import NamedTuple

from shared.events.vocabulary import HALL_PATROL, OrganisationKind
from shared.identity.audience import Posts, opens, reads_of
from shared.pages.templates import Way
from shared.roster.organisations import Standing
from shared.services import TABLE
from shared.shown_pages import ShownPage, WorkArea

MORE, SENT, TODO = "more", "submissions", "todo"
"""Pages that every service has below its own path."""


class ViewerKind(StrEnum):
    """Of whoever looks: what it has to do decides what stands in its row."""

    COUNTY = "county"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    HALL = "hall"
    VILLAGE = "village"
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"


class RowEntry(NamedTuple):
    """An entry: its icon, where it leads (`{code}` is the viewer, `{own}` the path of the service), what it holds."""

    icon: str
    name: str
    leads_to: str
    holds: frozenset[str]
    is_at_hand: bool = False


class PlacedPage(NamedTuple):
    """A page of the table with its address."""

    page: ShownPage
    service: str
    url: str


class PageRow(NamedTuple):
    """The pages of one work as a row shows them: those that one line holds, and the rest behind 更多.

    Of a row that is long a phone shows the page where one is, and all others behind 更多.
    """

    at_hand: Sequence[PlacedPage] = ()
    rest: Sequence[PlacedPage] = ()
    is_long: bool = False


LINE, PHONE_LINES = 74.0, 45.0
"""Letters that a line of tabs holds on an office screen of 1366 points (1188 of them beside the sign of help, 16 a
letter), and that two lines hold on a phone of 390."""
AROUND, REST_TAB = 1.75, 5.0
"""Letters that a tab takes beside its name, and that 更多 takes with its mark."""


def entry(icon: str, name: str, leads_to: str, *holds: str, is_at_hand: bool = False) -> RowEntry:
    """One that holds works, or single pages by their key."""
    return RowEntry(icon, name, leads_to, frozenset(holds), is_at_hand)


OWN_PAGE, OWN_RECTIFICATIONS = "/feedback/organisations/{code}", "/inspection/rectifications?organisation={code}"
MEETINGS = entry("party", "党建与会议", "/roster/", WorkArea.PARTY)
REPORTS = entry("reports", "报告", "/feedback/organisations", WorkArea.REPORTS)
REST = entry("more", "更多", "{own}/more", MORE, is_at_hand=True)


WAITS = entry("todo", "待办", "{own}/todo", TODO, is_at_hand=True)


def _patrols(leads_to: str) -> RowEntry:
    return entry("patrol", "巡查", leads_to, WorkArea.PATROL, is_at_hand=True)


def _rectifications(leads_to: str) -> RowEntry:
    return entry("rectify", "整改", leads_to, WorkArea.RECTIFICATION, is_at_hand=True)


def _cases(name: str) -> RowEntry:
    return entry("cases", name, "/greenchannel/", WorkArea.CASES)


def _overview(name: str, leads_to: str, is_at_hand: bool = False) -> RowEntry:
    return entry("overview", name, leads_to, WorkArea.OVERVIEW, is_at_hand=is_at_hand)


def _department(rectifications: str) -> tuple[RowEntry, ...]:
    at_work = (_patrols("/inspection/patrol"), _rectifications(rectifications), _cases("办件与绿色通道"))
    return (WAITS, _overview("本单位", OWN_PAGE), *at_work, MEETINGS, REPORTS, REST)


ROWS: dict[ViewerKind, tuple[RowEntry, ...]] = {
    ViewerKind.COUNTY: (
        WAITS,
        _overview("总览", "/feedback/"),
        _patrols("/inspection/patrols"),
        _rectifications("/inspection/rectifications"),
        _cases("办件与绿色通道"),
        MEETINGS,
        REPORTS,
        REST,
    ),
    ViewerKind.TOWNSHIP: (
        WAITS,
        _overview("本镇总览", OWN_PAGE),
        _patrols("/inspection/patrol"),
        _rectifications("/inspection/rectifications?township={code}"),
        _cases("办件"),
        MEETINGS,
        REPORTS,
        REST,
    ),
    ViewerKind.DEPARTMENT: _department(OWN_RECTIFICATIONS),
    ViewerKind.HALL: _department("/inspection/rectifications"),
    ViewerKind.VILLAGE: (
        WAITS,
        entry("place", "本站", OWN_PAGE, WorkArea.OVERVIEW),
        _rectifications(OWN_RECTIFICATIONS),
        entry("sent", "报送记录", "{own}/submissions", SENT, is_at_hand=True),
        REST,
    ),
    ViewerKind.ADMINISTRATOR: (
        WAITS,
        _overview("总览", "/feedback/"),
        entry("reports", "系统状况", "/feedback/health", "health", is_at_hand=True),
        entry("patrol", "审计", "/roster/audit", "audit", is_at_hand=True),
        entry("sent", "待人工处理", "/feedback/dead-letters", "dead-letters"),
        entry("place", "人员", "/roster/people", "people"),
        entry("party", "单位名录", "/roster/organisations", "organisations"),
        REST,
    ),
    ViewerKind.NOBODY: (
        _overview("总览", "/feedback/", is_at_hand=True),
        entry("reports", "服务指南", "/roster/guide", "guide", is_at_hand=True),
        entry("party", "轮值与联席会议", "/roster/", WorkArea.PARTY),
        entry("cases", "绿色通道", "/greenchannel/", WorkArea.CASES, is_at_hand=True),
        entry("windows", "四优窗口", "/inspection/excellence", "excellence"),
        REST,
    ),
}
ADMINISTRATORS = frozenset({"system-admin", "security-admin", "auditor", "monitor"})
"""Posts of those who see to the system and not to the county's work."""
KINDS = {
    OrganisationKind.TOWNSHIP: ViewerKind.TOWNSHIP,
    OrganisationKind.VILLAGE: ViewerKind.VILLAGE,
    OrganisationKind.RANCH: ViewerKind.VILLAGE,
}
ORDER = list(WorkArea)
PLACES = tuple(
    sorted(
        (PlacedPage(page, one.name, f"/{one.name}/{page.path}") for one in TABLE for page in one.shown),
        key=lambda place: (ORDER.index(place.page.work), place.page.turn, place.url),
    )
)
"""Every page that is looked for, by work and turn."""


def kind_of(code: str, county: str, standing: Standing | None, posts: Posts = None) -> ViewerKind:
    """Of an organisation by its code and how it stands; one that the roster does not know yet is like a department.

    A person without a post there has nothing to do for it; an administrator has a row of its own.
    """
    if not code or (posts is not None and not posts):
        return ViewerKind.NOBODY
    if posts is not None and ADMINISTRATORS.issuperset(posts):
        return ViewerKind.ADMINISTRATOR
    if code == county:
        return ViewerKind.COUNTY
    if standing is not None and standing.holds(HALL_PATROL):
        return ViewerKind.HALL
    return KINDS.get(standing.kind, ViewerKind.DEPARTMENT) if standing is not None else ViewerKind.DEPARTMENT


def place_of(service: str, key: str) -> PlacedPage | None:
    """The page of that key which a service shows."""
    return next((one for one in PLACES if (one.service, one.page.key) == (service, key)), None)


def ways(
    kind: ViewerKind, code: str, service: str, here: str, opening: Collection[PlacedPage] = PLACES
) -> Iterator[Way]:
    """The row of a viewer as a service shows it, with the entry marked in which the page `here` lies.

    What leads to a page that does not open to the viewer is left out.
    """
    row = [one for one in ROWS[kind] if _leads_to(one) in (None, *opening)]
    current = _current(row, place_of(service, here), here)
    for one in row:
        url = one.leads_to.format(code=code, own=f"/{service}")
        yield Way(one.name, url, one.icon, one.is_at_hand, one is current)


def _leads_to(one: RowEntry) -> PlacedPage | None:
    """The page of the table, or that below which the entry leads."""
    path = one.leads_to.partition("?")[0].partition("{")[0].rstrip("/")
    return next((place for place in PLACES if place.url.rstrip("/") == path), None)


def _current(row: Sequence[RowEntry], place: PlacedPage | None, here: str) -> RowEntry | None:
    """The first that holds the page or its work, else 更多; none for a page that is not looked for, as signing in."""
    if place is None and here not in (MORE, SENT, TODO):
        return None
    lies_in = {here, place.page.work} if place else {here}
    return next((one for one in row if one.holds & lies_in), REST)


def open_to(code: str, county: str, posts: Posts = None) -> list[PlacedPage]:
    """The pages that open to whoever looks; of a person those that its posts read."""
    return [one for one in PLACES if _is_open(one.page, code, county, posts)]


def _is_open(page: ShownPage, code: str, county: str, posts: Posts) -> bool:
    return opens(page.to, code or None, county, posts) and (page.matter is None or reads_of(posts, page.matter))


def beside(place: PlacedPage | None, opening: Iterable[PlacedPage]) -> list[PlacedPage]:
    """The pages of the same work, itself among them."""
    return [one for one in opening if place is not None and one.page.work is place.page.work]


def in_a_line(places: Sequence[PlacedPage]) -> PageRow:
    """Those of the first turns stay at hand; all of them where they fit."""
    widths = list(accumulate(len(one.page.name) + AROUND for one in places))
    whole = widths[-1] if widths else 0
    if whole <= LINE:
        return PageRow(places, is_long=whole > PHONE_LINES)
    count = sum(width <= LINE - REST_TAB for width in widths)
    return PageRow(places[:count], places[count:], is_long=True)


def groups(opening: Iterable[PlacedPage]) -> list[tuple[str, list[PlacedPage]]]:
    """The pages that open, under the names of their work."""
    return [(str(work), [*found]) for work, found in groupby(opening, key=lambda one: one.page.work)]
