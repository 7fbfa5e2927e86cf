"""`python -m services.feedback.rebuilding <rebuild> <parent>`: goes on with a rebuild, and ends with it."""

from __future__ import annotations

import asyncio
import os
import sys

import structlog

from services.feedback.rebuilding.running import rebuilt
from shared.database import mongo
from shared.database.mongo import Superseded
from shared.process.config import Settings, read_settings
from shared.process.log import log_as_json
from shared.process.tied import end_with

NICER = 10
log = structlog.get_logger()


async def run(settings: Settings, id: str) -> int:
    """The exit status: 0 when nothing is left to do, also where somebody else does it."""
    client = mongo.connect(settings.mongo_url)
    try:
        await rebuilt(mongo.database(client, "feedback"), id)
    except Superseded:
        log.info("somebody else goes on with this rebuild", rebuild=id)
    except Exception:
        log.exception("rebuild ended")
        return 1
    finally:
        client.close()
    return 0


def main() -> int:
    """Of the rebuild that is named, as long as whoever started it runs."""
    id, parent = sys.argv[1:]
    end_with(int(parent))
    os.nice(NICER)
    settings = read_settings(Settings)
    log_as_json("feedback", settings.log_level)
    structlog.contextvars.bind_contextvars(process="rebuilding")
    return asyncio.run(run(settings, id))


if __name__ == "__main__":
    sys.exit(main())
