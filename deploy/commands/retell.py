"""`lianban retell`: every service tells all facts of its ledgers once more; says how many."""

from __future__ import annotations

import time

from deploy.commands.speaker import Speaking
from deploy.progress import watched
from shared.pages.chinese import SERVICES, grouped

LOOK_EVERY = 1.0


def retell(speaking: Speaking) -> None:
    """To its end; one that is interrupted begins again by itself."""
    here = speaking()
    paths = {service: f"/{service}/api/moments/retelling" for service in SERVICES}
    for path in paths.values():
        here.makes(path, {})
    with watched() as watch:
        for service, path in paths.items():
            watch.begins(f"{SERVICES[service]}：重新告知", unit="项")
            while (one := here.asks(path))["is_running"]:
                watch.reached(one["told"], total=one.get("of", 0))
                time.sleep(LOOK_EVERY)
            watch.ends()
            watch.says(f"{SERVICES[service]}：共重新告知{grouped(one['told'])}项已办事项。")
