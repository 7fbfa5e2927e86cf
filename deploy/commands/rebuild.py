"""`lianban rebuild`: figures are made anew from the ledger of facts; says how far it is, and what it put right."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from deploy.commands.speaker import Speaking
from deploy.embedded.trouble import Trouble

PATH = "/feedback/api/rebuilds"
LOOK_EVERY = 1.0
NAMED = 20
"""Figures that are named here; the page has all of them."""


def rebuild(speaking: Speaking) -> None:
    """To its end; one that was interrupted goes on by itself, and is looked at in the page."""
    here = speaking()
    address = f"{PATH}/{here.makes(PATH, {})['rebuild']}"
    said = ""
    while (one := here.asks(address))["is_running"]:
        if (now := how_far(one)) != said:
            said = now
            print(said, flush=True)
        time.sleep(LOOK_EVERY)
    for line in one["lines"][:NAMED]:
        print(f"  {line['month']} {line['place']} {line['measure']}: {line['kept']} -> {line['computed']}")
    print(ended(one))
    if one["altered"]:
        raise Trouble(f"与签发时不一致的文件：{'、'.join(one['altered'])}，请查明原因。")


def how_far(one: Mapping[str, Any]) -> str:
    """月份3/12，已读36%，约还需40秒."""
    share = one["facts_read"] * 100 // one["facts"] if one["facts"] else 0
    left = _left(one)
    return f"月份{one['done']}/{len(one['months'])}，已读{share}%" + (f"，约还需{left}秒" if left is not None else "")


def ended(one: Mapping[str, Any]) -> str:
    """What it came to."""
    took = max(_between(one["begun"], one["ended"]), 0.001)
    return (
        f"重算完成：{len(one['months'])}个月，{one['facts_read']}条办理底账，用时{took:.1f}秒"
        f"（每秒{one['facts_read'] / took:,.0f}条），更正{one['count']}项。"
    )


def _left(one: Mapping[str, Any]) -> int | None:
    took = _between(one["begun"], one["beat"])
    return (
        round(took * (one["facts"] - one["facts_read"]) / one["facts_read"]) if one["facts_read"] and took > 0 else None
    )


def _between(begun: str, then: str) -> float:
    return (datetime.fromisoformat(then) - datetime.fromisoformat(begun)).total_seconds()
