"""`lianban revoke <code>`: a station's key is void at once and for good."""

from __future__ import annotations

from deploy.commands.speaker import Speaking, known_code
from shared.events.enrolment import RevokeStation


def revoke(speaking: Speaking, code: str, reason: str) -> None:
    """The bus drops the station's connection within two seconds; it enrols again with a new code."""
    station = known_code(code)
    speaking().says(RevokeStation(reason=reason), station)
    print(f"{station}的站点密钥已注销，恢复使用请重新发放登记码：lianban invite {station}")
