"""`python -m deploy.embedded.revoke <code> [--reason TEXT]`: a station's key is void at once and for good."""

from __future__ import annotations

import argparse
import sys

from deploy.embedded.speaking import county_says, known_code
from deploy.embedded.trouble import Trouble
from shared.events.enrolment import RevokeStation


def main() -> int:
    """The bus drops the station's connection within two seconds; it enrols again with a new code."""
    parser = argparse.ArgumentParser(prog="make revoke STATION=", description="Makes a station's key void.")
    parser.add_argument("code", nargs="?", default="", help="the organisation's code: 150424100202")
    parser.add_argument("--reason", default="", help="why, for the record")
    asked = parser.parse_args()
    try:
        station = known_code(asked.code)
        county_says(RevokeStation(reason=asked.reason), station)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(f"{station}的站点密钥已注销，恢复使用请重新发放登记码：make invite STATION={station}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
