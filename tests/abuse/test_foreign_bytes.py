"""Whatever a file is made to do to whoever looks at it, it does to a process of its own: the deciding one goes on."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from deploy.embedded.settings import ROOT
from services.inspection.photos.looking import LIMITS, WORK, judged_apart
from shared.bus.photos import digest_of
from shared.foreign.apart import Apart, Exhausted, Limits
from tests.abuse.works import DIES, EATS, MIB, SLEEPS, SPINS, TELLS, WRITES
from tests.photographs import photograph

SMALL = Limits(processor=1, time=60, memory=64 * MIB)


@pytest_asyncio.fixture
async def apart() -> AsyncIterator[Apart]:
    apart = Apart("tests.abuse.works", SMALL)
    yield apart
    await apart.close()


@pytest.mark.parametrize(("do", "limit"), [(SPINS, "processor"), (EATS, "memory"), (DIES, "ended")])
async def test_what_goes_beyond_a_limit_is_named_and_the_next_question_answered(
    apart: Apart, do: str, limit: str
) -> None:
    with pytest.raises(Exhausted) as ended:
        await apart.ask({"do": do})
    assert ended.value.beyond == limit
    spent = apart.spent
    assert spent >= (SMALL.processor if limit != "memory" else 0.0)
    assert (await apart.ask({"do": TELLS}))["pid"] > 0
    assert spent <= apart.spent < spent + SMALL.processor


async def test_what_only_waits_is_ended_too_but_may_have_met_a_busy_machine() -> None:
    apart = Apart("tests.abuse.works", Limits(processor=1, time=1, memory=64 * MIB))
    with pytest.raises(Exhausted) as ended:
        await apart.ask({"do": SLEEPS})
    assert (ended.value.beyond, ended.value.is_certain) == ("time", False)
    await apart.close()


async def test_it_knows_no_secret_writes_nothing_and_is_the_first_to_go(
    apart: Apart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN_SECRET", "a secret of the county, of more than 32")
    seen = await apart.ask({"do": TELLS})
    assert "TOKEN_SECRET" not in seen["environment"]
    assert seen["first_to_go"] == 1000
    with pytest.raises(Exhausted):
        await apart.ask({"do": WRITES, "to": str(tmp_path / "written")})
    assert [one.stat().st_size for one in tmp_path.iterdir()] in ([], [0])


async def test_one_process_answers_many_questions_and_one_at_a_time(apart: Apart) -> None:
    seen = await asyncio.gather(*(apart.ask({"do": TELLS}) for _ in range(5)))
    assert len({one["pid"] for one in seen}) == 1


async def test_the_loop_goes_on_while_a_file_keeps_the_other_process_busy(apart: Apart) -> None:
    asked = asyncio.create_task(apart.ask({"do": SPINS}))
    turns = 0
    while not asked.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 20
    with pytest.raises(Exhausted):
        await asked


async def test_control_an_ordinary_photo_is_told_within_the_limits_of_the_service() -> None:
    apart, photo = Apart(WORK, LIMITS), photograph(480, 360)
    seen = await judged_apart(apart, digest_of(photo), photo)
    torn = await judged_apart(apart, digest_of(photo[:-9000]), photo[:-9000])
    await apart.close()
    assert (getattr(seen, "width", 0), getattr(torn, "slug", "")) == (480, "not-a-picture")


MEASURED = """
import asyncio, sys
from pathlib import Path
from services.inspection.photos.looking import LIMITS, WORK, judged_apart
from shared.bus.photos import digest_of
from shared.foreign.apart import Apart
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024
async def main():
    data = Path(sys.argv[1]).read_bytes()
    before, apart = peak(), Apart(WORK, LIMITS)
    judged = await judged_apart(apart, digest_of(data), data)
    print(type(judged).__name__, peak() - before)
    await apart.close()
asyncio.run(main())
"""


def test_the_largest_picture_costs_the_deciding_process_no_memory(tmp_path: Path) -> None:
    to = BytesIO()
    Image.new("RGB", (4200, 3168)).save(to, "JPEG", progressive=True, subsampling=0)
    photo = tmp_path / "photo"
    photo.write_bytes(to.getvalue())
    asked = [sys.executable, "-c", MEASURED, str(photo)]
    measured = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert measured[0] == "Picture"
    assert int(measured[1]) < 20, "decoding it takes 80 MB and more"
