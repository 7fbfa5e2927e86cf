"""`python -m deploy.embedded.invite <code> [--days N]`: lets a station enrol, with a code that is used once."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta

from deploy.embedded.speaking import county_says, known_code
from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA
from shared.events.enrolment import InviteStation
from shared.identity.invitations import digest_of, new_code
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
    invitation = new_code()
    try:
        station = known_code(asked.code)
        url = county_says(InviteStation(code_digest=digest_of(invitation), expires=until), station)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(f"登记码：{invitation}（仅显示一次，{day_text(until)}前有效，只能使用一次）")
    print("请在站点电脑上执行：")
    print(f"  python -m services.station enrol --hub {url} {invitation}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
