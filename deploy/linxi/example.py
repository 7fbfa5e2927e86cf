"""The county and its year as an example to look at: `--linxi-2018` at `lianban found` and `lianban figures`."""

from __future__ import annotations

from pathlib import Path

import nats.errors
import uvloop

from deploy.commands.speaker import Speaker
from deploy.embedded.trouble import Trouble
from deploy.linxi.county import COUNTY
from deploy.linxi.figures import compare, show
from deploy.linxi.loading.replay import replay
from deploy.linxi.loading.sender import GaveUp
from deploy.linxi.spoken import Spoken
from services.station.outbox.failures import NotSaved
from shared.identity.access import Access, NoEntry

ANOTHER = "这里运行的是{}，样例是林西县（{}）：请另起一套 COUNTY={} 的系统载入。 Another county runs here."
AGAIN = "没有载完：{}。再执行一次，从中断处继续。 Typing it again goes on where it stopped."


def load(speaker: Speaker, bus: str, access: Access, folder: Path) -> str:
    """The roster, its people and the year, as they were sent; safe to repeat. `folder` keeps what is under way."""
    _same_county(speaker)
    try:
        return uvloop.run(replay(bus, Spoken(speaker), access, folder, speaker.secret))
    except (NoEntry, GaveUp, NotSaved, nats.errors.Error, OSError) as why:
        raise Trouble(AGAIN.format(str(why) or repr(why))) from why


def figures(speaker: Speaker) -> int:
    """Every figure of the county's own account beside what the system answers; 1 where one does not agree."""
    _same_county(speaker)
    return show(compare(Spoken(speaker)))


def _same_county(speaker: Speaker) -> None:
    if speaker.county != COUNTY:
        raise Trouble(ANOTHER.format(speaker.county, COUNTY, COUNTY))
