"""`invite <code> [--days N]`: lets a station enrol, with a code that is used once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime, timedelta

from deploy.commands.speaker import Speaking, known_code
from shared.calendar import CHINA, china_day
from shared.events.enrolment import InviteStation
from shared.identity.invitations import Invitation, digest_of, new_code
from shared.pages.chinese import day_text

DAYS = 7
"""Days for which a code is good, today included."""


def invite(speaking: Speaking, typed: Sequence[str]) -> None:
    """Prints the code, once: it is kept nowhere, only its digest."""
    parser = argparse.ArgumentParser(prog="make invite STATION=", description="Lets a station enrol.")
    parser.add_argument("code", nargs="?", default="", help="the organisation's code: 123456100202")
    parser.add_argument("--days", type=int, default=DAYS, choices=range(1, 91), metavar="1-90")
    asked = parser.parse_args(typed)
    until, code = datetime.now(CHINA).date() + timedelta(days=asked.days - 1), new_code()
    station = known_code(asked.code)
    county = speaking()
    stands, hub = county.asks(f"/roster/api/stations/{station}"), county.hub()
    county.says(InviteStation(code_digest=digest_of(code), expires=until), station)
    invitation = Invitation(code, hub.mark).text
    print(f"登记码：{invitation}（仅显示一次，{day_text(until)}前有效，只能使用一次）")
    if stands["enrolled"]:
        since = day_text(china_day(datetime.fromisoformat(stands["since"])))
        print(f"该站已有一台电脑（{since}登记）。新电脑登记后，原来的电脑将停用，其未送出的内容留在那台电脑上，")
        print("可以用 station bring 转到新电脑；只是换登记码、不换电脑的，在原来的电脑上登记即可。")
    print("请在站点电脑上执行：")
    print(f"  python -m services.station enrol --hub {hub.url} {invitation}")
