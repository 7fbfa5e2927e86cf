"""`lianban invite <code>... | --township <code>`: lets stations enrol, each with a code that is used once."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deploy.commands.sheet import ALONE, is_printable, printed
from deploy.commands.slips import Invited
from deploy.commands.speaker import Hub, Speaker, Speaking, known_code
from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA, china_day
from shared.events.enrolment import InviteStation
from shared.identity.invitations import Invitation, digest_of, new_code
from shared.pages.chinese import day_text

DAYS = 7
"""Days for which a code is good, today included."""
WHOM = "请说明是哪个站点：lianban invite 单位编号…，或 lianban invite --township 乡镇编号。 Which stations?"
ALL_THERE = "{}的站点都已有电脑，没有发码；要换电脑的，请写明该站编号。 All of its stations have a PC."
NO_STATIONS = "{}没有所属的村级便民服务站，请核对乡镇编号。 It has no stations."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; `sheet` is where the codes are printed, nowhere where it is empty."""

    codes: Sequence[str]
    days: int = DAYS
    township: str = ""
    sheet: str = ""


def invite(speaking: Speaking, wanted: Wanted) -> None:
    """Prints each code, once: at the terminal, or on the sheet alone."""
    codes = [known_code(code) for code in wanted.codes]
    if not codes and not wanted.township:
        raise Trouble(WHOM)
    if wanted.sheet:
        is_printable(wanted.sheet)
    county, until = speaking(), datetime.now(CHINA).date() + timedelta(days=wanted.days - 1)
    codes += _of_township(county, wanted.township) if wanted.township else []
    hub = county.hub()
    found = [invited(county, hub, code, until) for code in codes]
    if not wanted.sheet:
        for one in found:
            _printed(one, len(found) > 1)
        return
    printed(found, wanted.sheet)
    said = f"已发放{len(found)}个站点的登记码，{day_text(until)}前有效，请打印后裁开，当面交给各站点。"
    print(said, file=sys.stderr if wanted.sheet == ALONE else sys.stdout)


def _of_township(county: Speaker, township: str) -> list[str]:
    """Its stations that have no PC yet: whoever works at one is not put out by a sheet for the others."""
    known_code(township)
    stations = [one for one in county.lists("/roster/api/organisations?kind=village") if one["parent"] == township]
    if not stations:
        raise Trouble(NO_STATIONS.format(township))
    without = [one["code"] for one in stations if not county.asks(f"/roster/api/stations/{one['code']}")["enrolled"]]
    if not without:
        raise Trouble(ALL_THERE.format(township))
    return without


def invited(county: Speaker, hub: Hub, station: str, until: date) -> Invited:
    """Accepted; `Trouble` with the reasons otherwise."""
    name = county.asks(f"/roster/api/organisations/{station}")["history"][-1]["name"]
    stands, code = county.asks(f"/roster/api/stations/{station}"), new_code()
    county.says(InviteStation(code_digest=digest_of(code), expires=until), station)
    since = china_day(datetime.fromisoformat(stands["since"])) if stands["enrolled"] else None
    return Invited(station, name, Invitation(code, hub.mark).text, until, hub.url, since)


def _printed(one: Invited, is_one_of_many: bool) -> None:
    if is_one_of_many:
        print(f"{one.name}（{one.station}）：")
    print(f"登记码：{one.code}（仅显示一次，{day_text(one.until)}前有效，只能使用一次）")
    if one.since:
        print(
            f"该站已有一台电脑（{day_text(one.since)}登记）。新电脑登记后，原来的电脑将停用，其未送出的内容留在那台电脑上，"
        )
        print("可以用 station bring 转到新电脑；只是换登记码、不换电脑的，在原来的电脑上登记即可。")
    print("请在站点电脑上执行：")
    print(f"  python -m services.station enrol --hub {one.hub} {one.code}")
