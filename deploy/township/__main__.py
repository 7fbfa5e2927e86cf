"""`python -m deploy.township <folder>`: beside a township's own bus, brings what waits there to the county.

The folder is the one that `deploy.identity --leaf` made; NATS_URL says where the township's bus is.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path

from deploy.township.carrying import NotALine, carries
from shared.identity.access import NoEntry

HERE = "tls://127.0.0.1:4222"


async def _until_stopped(folder: Path, url: str) -> None:
    carrying = asyncio.ensure_future(carries(folder, url))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, carrying.cancel)
    await asyncio.gather(carrying, return_exceptions=False)


def main() -> None:
    """Runs until it is told to stop."""
    parser = argparse.ArgumentParser(prog="python -m deploy.township", description="Brings what waits to the county.")
    parser.add_argument("folder", type=Path, help="the township's own, as `deploy.identity --leaf` made it")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        asyncio.run(_until_stopped(parser.parse_args().folder, os.environ.get("NATS_URL", HERE)))
    except (NotALine, NoEntry) as why:
        sys.exit(f"Nothing is brought: {why}")
    except (asyncio.CancelledError, KeyboardInterrupt):
        pass


if __name__ == "__main__":
    main()
