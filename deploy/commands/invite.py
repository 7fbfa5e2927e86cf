"""`lianban invite <code>...`: lets stations enrol, each with a code that is used once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deploy.commands.speaker import Hub, Speaker, Speaking, known_code
from shared.calendar import CHINA, china_day
from shared.events.enrolment import InviteStation
from shared.identity.invitations import Invitation, digest_of, new_code
from shared.pages.chinese import day_text

DAYS = 7
"""Days for which a code is good, today included."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A station with its code, which is kept nowhere: of it only the digest was submitted."""

    station: str
    code: str
    until: date
    hub: Hub
    since: date | None
    """Since when it has a PC, which the next one that enrols replaces."""


def invite(speaking: Speaking, codes: Sequence[str], days: int) -> None:
    """Prints each code, once."""
    stations = [known_code(code) for code in codes]
    county, until = speaking(), last_day(days)
    hub = county.hub()
    for station in stations:
        _printed(invited(county, hub, station, until), len(stations) > 1)


def last_day(days: int) -> date:
    """On which a code is still good, in China's calendar."""
    return datetime.now(CHINA).date() + timedelta(days=days - 1)


def invited(county: Speaker, hub: Hub, station: str, until: date) -> Invited:
    """Accepted; `Trouble` with the reasons otherwise."""
    stands, code = county.asks(f"/roster/api/stations/{station}"), new_code()
    county.says(InviteStation(code_digest=digest_of(code), expires=until), station)
    since = china_day(datetime.fromisoformat(stands["since"])) if stands["enrolled"] else None
    return Invited(station, Invitation(code, hub.mark).text, until, hub, since)


def _printed(one: Invited, is_one_of_many: bool) -> None:
    if is_one_of_many:
        print(f"{one.station}：")
    print(f"登记码：{one.code}（仅显示一次，{day_text(one.until)}前有效，只能使用一次）")
    if one.since:
        print(
            f"该站已有一台电脑（{day_text(one.since)}登记）。新电脑登记后，原来的电脑将停用，其未送出的内容留在那台电脑上，"
        )
        print("可以用 station bring 转到新电脑；只是换登记码、不换电脑的，在原来的电脑上登记即可。")
    print("请在站点电脑上执行：")
    print(f"  python -m services.station enrol --hub {one.hub.url} {one.code}")
