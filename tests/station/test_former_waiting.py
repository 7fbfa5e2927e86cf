"""What waits under a code that a PC had before, as who types a command is told: why, and what not to do about it."""

from __future__ import annotations

from contextlib import closing

import pytest

from services.station.commands.doctor import examine
from services.station.commands.status import status
from services.station.folder import Folder
from services.station.outbox.outbox import Outbox
from tests.identity.conftest import Gate
from tests.station.agents import STATION, drafts
from tests.station.codes import ANEW, becomes, county
from tests.station.troubles import revokes
from tests.submitters import A_MONDAY

WAITING = f"原单位编号{STATION}名下还有2件"
WAY, ENROL_ANEW = "station enrol --former", "领取新的登记码后重新登记"


async def doctored(folder: Folder, gate: Gate) -> str:
    """What the doctor finds of what waits, with the county's pages there."""
    with county(gate, ANEW):
        found = await examine(folder)
    return "\n".join(one.chinese() for one in found if one.place == STATION)


@pytest.mark.parametrize("is_revoked", [True, False])
async def test_a_void_old_key_is_told_with_the_way_that_leaves_this_pc_what_it_is(
    folder: Folder, gate: Gate, is_revoked: bool
) -> None:
    becomes(folder, gate, STATION)
    with closing(Outbox(folder.outbox)) as outbox:
        outbox.save(drafts(2), A_MONDAY)
    if is_revoked:
        await revokes(gate, folder)
    becomes(folder, gate, ANEW)
    said = await doctored(folder, gate)
    assert ("原单位编号的密钥已停用" in said, WAY in said, said != "") == (is_revoked, is_revoked, is_revoked)
    assert ENROL_ANEW not in said
    at_rest = status(folder)
    assert f"{WAITING}，由 station run 以原编号报送；没有送出的，运行 station doctor 查看原因。" in at_rest
    assert "自动报送，请保持" not in at_rest


async def test_an_old_key_that_is_not_here_any_more_is_told_by_both(folder: Folder, gate: Gate) -> None:
    becomes(folder, gate, ANEW)
    with closing(Outbox(folder.outbox)) as outbox:
        outbox.save(drafts(2), A_MONDAY)
    said, at_rest = await doctored(folder, gate), status(folder)
    assert ("原单位编号的密钥已不在本机" in said, WAY in said, ENROL_ANEW in said) == (True, True, False)
    assert (f"{WAITING}没有送出，原编号的密钥已不在本机。" in at_rest, WAY in at_rest) == (True, True)
