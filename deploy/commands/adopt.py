"""`lianban adopt`: says where bus and database do not fit together, and with `--now` goes on with the bus as it is."""

from __future__ import annotations

from deploy.commands.speaker import Speaking
from deploy.embedded.trouble import Trouble
from shared.pages.apart import WHY
from shared.services import SERVICES

HOW = (
    "能换回原来的总线或数据库的，请先换回，各服务5秒内自动继续办理。\n"
    "不能换回的，请执行 lianban adopt --now：按现有总线继续，已办理的不会重复办理；"
    "数据库和总线上都没有的，需由各单位重新报送。"
)


def adopt(speaking: Speaking, goes_on: bool) -> None:
    """A line for each subscription that decides nothing because of it."""
    here = speaking()
    found: dict[str, str] = {}
    for service in SERVICES:
        path = f"/{service}/api/moments"
        found |= (here.makes(path, {}) if goes_on else here.asks(path))["apart"]
    for name, why in sorted(found.items()):
        print(f"{name}：{WHY[why]}")
    if not found:
        print("总线与数据库相符，无须处理。")
    elif goes_on:
        print("已选择按现有总线继续，各服务5秒内继续办理。")
    else:
        raise Trouble(HOW)
