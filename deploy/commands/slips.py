"""A station that is let in, and what its slip says: finished values for a page (`sheet.typ`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.pages.chinese import day_text

WARNING = "登记码等同于钥匙：请当面交给站点负责人，登记后即失效；遗失、泄露的，请联系县里注销后重发。"


@dataclass(frozen=True, slots=True)
class Invited:
    """A station with its code, which is kept nowhere: of it only the digest was submitted."""

    station: str
    name: str
    code: str
    until: date
    hub: str
    """Where stations reach the county."""
    since: date | None
    """Since when it has a PC, which the next one that enrols replaces."""


def slip(one: Invited) -> dict[str, object]:
    """Name, code, one-time code, its last day, the address, what is done at the PC."""
    return {
        "name": one.name,
        "code": one.station,
        "invitation": one.code,
        "until": f"{day_text(one.until)}前",
        "hub": one.hub,
        "steps": steps(one),
        "warning": WARNING,
    }


def steps(one: Invited) -> list[str]:
    """At the station's PC."""
    replaces = [f"本站{day_text(one.since)}登记的电脑随即停用。"] if one.since else []
    return [
        "在站点电脑上打开命令行。",
        f"执行：station enrol --hub {one.hub} 登记码（照上面输入，连字符可省略）",
        "看到“登记成功”即可报送。",
        *replaces,
    ]
