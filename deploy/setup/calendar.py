"""`python -m deploy.setup.calendar <file> [--check]`: makes a year's notice of days off known to every service.

For a county without internet, and before a release knows the year. With NATS_URL (in a container: set-up's) it submits
over the bus, else to the county that `make run` started. The same file again changes nothing, a corrected one replaces.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from deploy.setup.notice import EXAMPLE, WrongNotice, read_notice, summary
from shared.bus.connection import NarrowBus
from shared.bus.verdicts import content_of, verdict_within
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.outgoing import submission_message
from shared.identity.access import Access, NoEntry, enter
from shared.patience import is_fault

PATIENCE = 30.0
"""Seconds in which the roster must have decided."""
AWAY = "系统暂时无法连接（{}），尚未收到；请稍后用同一文件再执行一次。"
NO_COUNTY = "没有设置COUNTY（县编号，6位数字），无法报送。"
CHECKED = "仅检查，未报送。"
IN_FORCE = "已生效；标注暂定的整改期限和办件到期日，次日零时后按此重新推算。"
NOT_YET = "已报送，尚未办理完毕；请稍后用同一文件再执行一次。"


async def over_the_bus(
    nats_url: str, access: Access, county: str, data: Submission, patience: float = PATIENCE
) -> list[str]:
    """Why the roster said no, a sentence each; none when it took the notice."""
    connection = await enter(nats_url, access, connect_timeout=5, max_reconnect_attempts=3)
    try:
        bus = NarrowBus(connection)
        message = submission_message(data, county, county, str(uuid4()), datetime.now(CHINA))
        await bus.publish([message])
        verdict = await verdict_within(bus, content_of(message), patience)
    finally:
        await connection.close()
    if verdict is None:
        return [NOT_YET]
    return [] if verdict["verdict"] == "accepted" else [str(one["zh"]) for one in verdict["reasons"]]


def to_the_running_county(data: Submission) -> list[str]:
    """The same for the county of `make run`, through its gateway."""
    # Here, for the image of the services has no HTTP client.
    from deploy.embedded.speaking import speaker
    from deploy.embedded.trouble import Trouble

    try:
        running = speaker()
        running.says(data, running.county)
    except Trouble as trouble:
        return [str(trouble)]
    return []


def _submitted(data: Submission) -> list[str]:
    nats_url, county = os.environ.get("NATS_URL", ""), os.environ.get("COUNTY", "")
    if not nats_url:
        return to_the_running_county(data)
    if not county:
        return [NO_COUNTY]
    try:
        return asyncio.run(over_the_bus(nats_url, Access.of(os.environ), county, data))
    except NoEntry as why:
        return [f"系统暂时无法连接：{why}"]
    except Exception as error:
        if not is_fault(error):
            raise
        return [AWAY.format(type(error).__name__)]


def main() -> int:
    """Says what is wrong, a sentence a line, or what was made known."""
    parser = argparse.ArgumentParser(
        prog="make calendar FILE=",
        description="Makes a year's notice of days off known to every service.",
        epilog=f"The file:\n{EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, help="the notice as JSON")
    parser.add_argument("--check", action="store_true", help="only look at the file")
    asked = parser.parse_args()
    try:
        notice = read_notice(asked.file)
    except WrongNotice as wrong:
        print(wrong, file=sys.stderr)
        return 1
    if reasons := [] if asked.check else _submitted(notice):
        print("\n".join(reasons), file=sys.stderr)
        return 1
    print(f"{summary(notice)}。" + (CHECKED if asked.check else IN_FORCE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
