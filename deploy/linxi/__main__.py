"""`python -m deploy.linxi`: loads Linxi County's roster and its year 2018 over the bus.

It reads NATS_URL (with NATS_CREDS and NATS_CA where the bus asks for them), GATEWAY_URL (with GATEWAY_CA where its
authority is a county's own, and COUNTY_TOKEN where it is not the county of this folder), LIANBAN_DATA, below which its
outbox is, and TOKEN_SECRET, the county's, where that is not in this folder.
"""

from __future__ import annotations

import os
import sys

import httpx
import nats.errors
import uvloop

from deploy.embedded.county.folder import token_secret
from deploy.embedded.settings import read_settings
from deploy.linxi.asking import System
from deploy.linxi.loading.replay import replay
from deploy.linxi.loading.sender import GaveUp
from services.station.outbox.failures import NotSaved
from shared.identity.access import Access, NoEntry
from shared.process.lines import only_json


def main() -> None:
    """Ends with a sentence, and with status 1 when the year is not there."""
    only_json("import", sys.stderr)
    nats_url = os.environ.get("NATS_URL")
    if not nats_url:
        sys.exit("NATS_URL is not set: it says where the bus is, for example nats://127.0.0.1:4222")
    try:
        print(uvloop.run(_replayed(nats_url)))
    except NoEntry as why:
        sys.exit(f"The year is not loaded: {why}")
    except (GaveUp, NotSaved) as why:
        sys.exit(f"The year is not complete. {why} Running this again goes on where it stopped.")
    except (httpx.HTTPError, nats.errors.Error, OSError) as error:
        sys.exit(f"The year is not complete: {error!r}. Running this again goes on where it stopped.")


async def _replayed(nats_url: str) -> str:
    data = read_settings().data
    secret = os.environ.get("TOKEN_SECRET") or token_secret(data)
    gateway = os.environ.get("GATEWAY_URL")
    return await replay(nats_url, System(gateway) if gateway else None, Access.of(os.environ), data, secret)


if __name__ == "__main__":
    main()
