"""`revoke <code> [--reason TEXT]`: a station's key is void at once and for good."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from deploy.commands.speaker import Speaking, known_code
from shared.events.enrolment import RevokeStation


def revoke(speaking: Speaking, typed: Sequence[str]) -> None:
    """The bus drops the station's connection within two seconds; it enrols again with a new code."""
    parser = argparse.ArgumentParser(prog="make revoke STATION=", description="Makes a station's key void.")
    parser.add_argument("code", nargs="?", default="", help="the organisation's code: 123456100202")
    parser.add_argument("--reason", default="", help="why, for the record")
    asked = parser.parse_args(typed)
    station = known_code(asked.code)
    speaking().says(RevokeStation(reason=asked.reason), station)
    print(f"{station}的站点密钥已注销，恢复使用请重新发放登记码：make invite STATION={station}")
