"""`lianban retell`: every service tells all facts of its ledgers once more; says how many."""

from __future__ import annotations

import time

from deploy.commands.speaker import Speaking
from shared.pages.chinese import SERVICES, grouped

LOOK_EVERY = 1.0


def retell(speaking: Speaking) -> None:
    """To its end; one that is interrupted begins again by itself."""
    here = speaking()
    paths = {service: f"/{service}/api/moments/retelling" for service in SERVICES}
    for path in paths.values():
        here.makes(path, {})
    for service, path in paths.items():
        said = ""
        while (one := here.asks(path))["is_running"]:
            if (now := f"{SERVICES[service]}：已重新告知{grouped(one['told'])}项") != said:
                said = now
                print(said, flush=True)
            time.sleep(LOOK_EVERY)
        print(f"{SERVICES[service]}：共重新告知{grouped(one['told'])}项已办事项。", flush=True)
