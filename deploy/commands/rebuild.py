"""`lianban rebuild`: figures are made anew from the ledger of facts; says how far it is, and what it put right."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deploy.commands.speaker import Speaking
from deploy.embedded.trouble import Trouble
from deploy.progress import watched

PATH = "/feedback/api/rebuilds"
LOOK_EVERY = 1.0
NAMED = 20
"""Figures that are named here; the page has all of them."""


def rebuild(speaking: Speaking) -> None:
    """To its end; one that was interrupted goes on by itself, and is looked at in the page."""
    here = speaking()
    address = f"{PATH}/{here.makes(PATH, {})['rebuild']}"
    with watched() as watch:
        watch.begins("重算", unit="条")
        while (one := here.asks(address))["is_running"]:
            watch.at(f"月份{one['done']}/{len(one['months'])}")
            watch.reached(one["facts_read"], one["facts"])
            time.sleep(LOOK_EVERY)
        watch.ends()
        for line in one["lines"][:NAMED]:
            watch.says(f"  {line['month']} {line['place']} {line['measure']}: {line['kept']} -> {line['computed']}")
        watch.says(ended(one))
    if one["altered"]:
        raise Trouble(f"与签发时不一致的文件：{'、'.join(one['altered'])}，请查明原因。")


def ended(one: Mapping[str, Any]) -> str:
    """What it came to."""
    took = max(_between(one["begun"], one["ended"]), 0.001)
    return (
        f"重算完成：{len(one['months'])}个月，{one['facts_read']}条办理底账，用时{took:.1f}秒"
        f"（每秒{one['facts_read'] / took:,.0f}条），更正{one['count']}项。"
    )


def _between(begun: str, then: str) -> float:
    return (datetime.fromisoformat(then) - datetime.fromisoformat(begun)).total_seconds()
