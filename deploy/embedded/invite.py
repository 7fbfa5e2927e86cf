"""`python -m deploy.embedded.invite <code> [--days N]`: lets a station enrol, with a code that is used once."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta

from deploy.embedded.speaking import county_says, county_tells, hub, known_code
from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA, china_day
from shared.events.enrolment import InviteStation
from shared.identity.invitations import Invitation, digest_of, new_code
from shared.pages.chinese import day_text

DAYS = 7
"""Days for which a code is good, today included."""


def main() -> int:
    """Prints the code, once: it is kept nowhere, only its digest."""
    parser = argparse.ArgumentParser(prog="make invite STATION=", description="Lets a station enrol.")
    parser.add_argument("code", nargs="?", default="", help="the organisation's code: 150424100202")
    parser.add_argument("--days", type=int, default=DAYS, choices=range(1, 91), metavar="1-90")
    asked = parser.parse_args()
    until = datetime.now(CHINA).date() + timedelta(days=asked.days - 1)
    code = new_code()
    try:
        station = known_code(asked.code)
        stands = county_tells(f"/roster/api/stations/{station}")
        url, mark = hub()
        county_says(InviteStation(code_digest=digest_of(code), expires=until), station)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    invitation = Invitation(code, mark).text
    print(f"登记码：{invitation}（仅显示一次，{day_text(until)}前有效，只能使用一次）")
    if stands["enrolled"]:
        since = day_text(china_day(datetime.fromisoformat(stands["since"])))
        print(f"该站已有一台电脑（{since}登记）。新电脑登记后，原来的电脑将停用，其未送出的内容留在那台电脑上，")
        print("可以用 station bring 转到新电脑；只是换登记码、不换电脑的，在原来的电脑上登记即可。")
    print("请在站点电脑上执行：")
    print(f"  python -m services.station enrol --hub {url} {invitation}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
