"""E-supervision in 2018: cameras, who may look through them, and who did.

The county's account names it (电子监察) and no figure of it: all this is illustrative.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from deploy.linxi.county import COUNTY, HALL, department, organisations, villages
from deploy.linxi.people import holders
from deploy.linxi.year.submitting import Asked, between, chance, moment
from shared.calendar import due_after
from shared.events.inspection import (
    GrantViewing,
    RegisterDevice,
    ViewDevice,
    ViewingRole,
    WithdrawViewing,
)
from shared.events.roster import Post

CAMERAS = "https://10.150.42.4/devices"
"""Of the county's own network: a link to any other host is taken only where the operator lists that."""
WATCHED_WINDOWS = tuple(department(n) for n in (1, 4, 8, 9, 15, 16, 17, 18))
INSTALLED, GRANTED, RETIRED = date(2018, 1, 16), date(2018, 1, 18), date(2018, 9, 3)
VIEWINGS = 40


def _watched_stations() -> tuple[str, ...]:
    """One station of each township that has any, and the next of the first: with the windows twenty cameras."""
    first = {one.township: one.code for one in reversed(villages())}
    stations = tuple(sorted(first.values()))
    return (*stations, villages()[1].code)[: 20 - len(WATCHED_WINDOWS)]


def devices() -> Iterator[Asked]:
    """A window's cameras are registered by the hall, a station's by its township."""
    townships = {one.code: one.township for one in villages()}
    for n, code in enumerate((*WATCHED_WINDOWS, *_watched_stations())):
        data = RegisterDevice(device="counter-1", name="服务台", link=f"{CAMERAS}/{code}-1")
        yield Asked(moment(INSTALLED, f"09:{n:02}"), townships.get(code, HALL), code, data)


def _viewers() -> list[tuple[str, str, ViewingRole, tuple[str, ...]]]:
    """Who may look: organisation, person, role, and the places that the role covers."""
    deputies = [one.code for one in organisations() if one.kind == "township"]
    stations = _watched_stations()
    officers = holders(COUNTY, Post.DISCIPLINE_OFFICER, GRANTED)
    everything = (*WATCHED_WINDOWS, *stations)
    below = {one: tuple(code for code in stations if code.startswith(one)) for one in deputies}
    return [
        *(
            (code, _holder(code, Post.PARTY_SECRETARY), ViewingRole.DEPARTMENT_HEAD, (code,))
            for code in WATCHED_WINDOWS[1:]
        ),
        *(
            (code, _holder(code, Post.TOWNSHIP_LEAD), ViewingRole.TOWNSHIP_DEPUTY, seen)
            for code, seen in below.items()
            if seen
        ),
        *((COUNTY, person, ViewingRole.DISCIPLINE_OFFICER, everything) for person in officers),
    ]


def _holder(code: str, post: Post) -> str:
    """Who held a post when the grants were made."""
    return holders(code, post, GRANTED)[0]


def grants() -> Iterator[Asked]:
    """All in January; a deputy who moves on loses its grant in September."""
    viewers = _viewers()
    for n, (code, person, role, _) in enumerate(viewers):
        yield Asked(moment(GRANTED, f"14:{n:02}"), COUNTY, code, GrantViewing(person=person, role=role))
    deputy = next(one for one in viewers if one[2] is ViewingRole.TOWNSHIP_DEPUTY)
    yield Asked(moment(RETIRED, "09:00"), COUNTY, deputy[0], WithdrawViewing(person=deputy[1]))


def viewings(seed: int) -> Iterator[Asked]:
    """On working days, spread over the year; whoever retires looks no more."""
    luck, viewers = chance(seed, "viewings"), _viewers()
    retired = next(one for one in viewers if one[2] is ViewingRole.TOWNSHIP_DEPUTY)
    for _ in range(VIEWINGS):
        day = due_after(GRANTED, luck.randint(1, 235)).day
        code, person, _, seen = luck.choice([one for one in viewers if day < RETIRED or one is not retired])
        data = ViewDevice(device="counter-1", organisation=luck.choice(seen), person=person)
        yield Asked(between(day, "09:00", "17:00", luck), code, code, data)
