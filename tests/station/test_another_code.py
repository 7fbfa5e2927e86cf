"""A PC that becomes another station's, or whose place another PC takes: what waits here is sent, or said to wait."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from httpx import ASGITransport, AsyncClient

from services.station.cli import main
from services.station.commands.doctor import examine
from services.station.commands.enrolment import enrol
from services.station.folder import Folder
from services.station.line.former import waiting_lines
from services.station.line.replaced import replaced_since, watching
from services.station.line.sender import first_to_end
from services.station.outbox.drafts import draft
from services.station.outbox.notes import PATROLS, REPLACED
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import Answer, State
from services.station.page.parts import Parts
from services.station.page.web import application
from shared.bus.connection import Bus
from shared.bus.streams import SUBMISSIONS
from shared.events.greenchannel import OpenCase
from shared.identity.nats_jwt import KeyKind, SigningKey, creds, new_seed, public_key, signed, user_claims
from tests.identity.conftest import Gate
from tests.keys import everything, guest
from tests.station.agents import STATION, drafts, until
from tests.station.codes import ANEW, agent, becomes, county, of, sending
from tests.station.troubles import revokes, slugs
from tests.submitters import A_MONDAY

SINCE = "2018-03-06T09:00:00+08:00"


async def test_what_waits_under_the_old_code_is_sent_under_its_own_right_beside_what_is_new(
    folder: Folder, gate: Gate
) -> None:
    becomes(folder, gate, STATION)
    with closing(Outbox(folder.outbox)) as outbox:
        outbox.save(drafts(2), A_MONDAY)
    hub = becomes(folder, gate, ANEW)
    with agent(folder, hub) as parts:
        parts.outbox.save([of(ANEW, 5)], A_MONDAY)
        async with sending(parts, folder):
            await until(lambda: parts.outbox.counts()[State.DELIVERED] == 3)
            assert folder.former(), "its verdicts are still waited for"
            rows = parts.outbox.latest(10)
            answers = [Answer(one.submitter, one.id, State.ACCEPTED, []) for one in rows]
            parts.outbox.decided(answers, datetime.now(UTC))
            await until(lambda: not folder.former())


async def test_a_revoked_old_key_holds_up_nothing_and_the_page_says_what_to_do(folder: Folder, gate: Gate) -> None:
    becomes(folder, gate, STATION)
    with closing(Outbox(folder.outbox)) as outbox:
        outbox.save(drafts(2), A_MONDAY)
    await revokes(gate, folder)
    hub = becomes(folder, gate, ANEW)
    with agent(folder, hub) as parts:
        parts.outbox.save([of(ANEW, 5)], A_MONDAY)
        async with sending(parts, folder):
            await until(lambda: parts.outbox.counts(ANEW)[State.DELIVERED] == 1)
            await until(lambda: "原编号的密钥已停用" in said_of_others(parts))
        assert parts.outbox.counts(STATION)[State.PENDING] == 2
        assert f"原单位编号{STATION}名下还有2件没有送出" in await home(parts)


async def test_without_the_old_key_the_page_says_so_and_a_code_for_the_old_one_sends_it(
    folder: Folder, gate: Gate
) -> None:
    hub = becomes(folder, gate, ANEW)
    with agent(folder, hub) as parts:
        parts.outbox.save(drafts(1), A_MONDAY)
        assert "原编号的密钥已不在本机" in await home(parts)
        with county(gate, STATION) as url:
            enrol(folder, url, "ABCD-EFGH", former=True)
    kept = folder.hub()
    assert kept is not None
    assert kept.station == ANEW
    with agent(folder, hub) as parts:
        async with sending(parts, folder):
            await until(lambda: parts.outbox.counts(STATION)[State.DELIVERED] == 1)


def said_of_others(parts: Parts) -> str:
    """What the page says of other codes than this station's."""
    return "".join(sentence for sentence, _ in waiting_lines(parts.hub.station, parts.outbox, parts.former))


async def home(parts: Parts) -> str:
    async with AsyncClient(transport=ASGITransport(application(parts)), base_url="http://127.0.0.1") as client:
        return (await client.get("/")).text


async def test_a_pc_whose_place_another_took_says_since_when_and_how_its_rows_are_brought_over(
    folder: Folder, gate: Gate
) -> None:
    hub = becomes(folder, gate, STATION)
    other = {"station": STATION, "in_force": False, "replaced_since": SINCE}
    await revokes(gate, folder)
    with county(gate, STATION, other) as url:
        hub = replace(hub, url=url)
        folder.keep_hub(hub)
        with agent(folder, hub) as parts:
            parts.outbox.save(drafts(2), A_MONDAY)
            asking = watching(parts.sender, parts.notes, hub, folder)
            task = asyncio.create_task(first_to_end(parts.sender.run(), asking))
            await until(lambda: (note := parts.notes.read(REPLACED)) and note.value)
            page = await home(parts)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        found = await examine(folder)
    assert "2018年3月6日起，本站已改由另一台电脑报送" in page
    assert "station bring" in page
    assert "领取新的登记码" not in page
    assert slugs(found) == ["replaced"]


async def test_a_key_that_is_only_revoked_is_not_said_to_be_replaced(folder: Folder, gate: Gate) -> None:
    hub = becomes(folder, gate, STATION)
    nobody = {"station": STATION, "in_force": False, "replaced_since": None}
    with county(gate, STATION, nobody) as url:
        assert await replaced_since(replace(hub, url=url), folder) is None


def test_what_waits_on_the_old_pc_is_brought_to_the_new_one_once(
    folder: Folder, gate: Gate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, picture = Folder(tmp_path / "old"), b"\x89PNG\r\n\x1a\n" + b"pixels"
    waiting = drafts(2)
    with closing(Outbox(old.outbox)) as outbox:
        outbox.save([*waiting, of(ANEW, 7)], A_MONDAY)
        Pictures(outbox, old.photos).save(STATION, picture, A_MONDAY)
    becomes(folder, gate, STATION)
    for _ in range(2):
        assert main(["--data", str(folder.path), "bring", str(old.path)]) == 0
    assert "已转入待发送2件、照片1张，由本机继续报送。另有1件属于其他单位编号，没有转入。" in capsys.readouterr().out
    with closing(Outbox(folder.outbox)) as outbox:
        assert outbox.waiting_by_submitter() == {STATION: 3}
        assert [row.id for row in outbox.pending(9)] == [one.id for one in waiting]
        ((sha256, _),) = Pictures(outbox, folder.photos).pending(STATION)
        assert Pictures(outbox, folder.photos).file(sha256).read_bytes() == picture
    assert main(["--data", str(folder.path), "bring", str(tmp_path)]) == 1
    assert "不是报送程序的数据文件夹" in capsys.readouterr().err


@pytest.mark.parametrize(("denied", "found"), [(["submit.>"], ["not-permitted"]), (["submit.feedback.>"], [])])
async def test_the_doctor_tries_a_publish_and_leaves_nothing_behind(
    folder: Folder, gate: Gate, denied: list[str], found: list[str]
) -> None:
    hub = becomes(folder, gate, STATION)
    account = SigningKey.read((gate.secrets / "roster" / "stations.key").read_text()).account
    seed, whole = new_seed(KeyKind.USER), (gate.secrets / "offline" / "STATIONS.seed").read_text()
    may = {"pub": {"allow": [">"], "deny": denied}, "sub": {"allow": [">"]}}
    folder.creds.write_text(creds(signed(user_claims(STATION, public_key(seed), permissions=may), whole), seed))
    assert account
    with county(gate, STATION) as url:
        folder.keep_hub(replace(hub, url=url))
        assert slugs(await examine(folder)) == found
    async with guest(gate.url, everything(gate.secrets)) as looking:
        stream = await Bus(looking.client).api(f"STREAM.INFO.{SUBMISSIONS.name}")
    assert stream["state"]["messages"] == 0


async def test_what_was_begun_under_the_old_code_is_carried_on_for_it(folder: Folder, gate: Gate) -> None:
    hub = becomes(folder, gate, ANEW)
    case = draft(OpenCase(process="licence"), STATION, STATION, A_MONDAY)
    with agent(folder, hub) as parts:
        parts.outbox.save([case], A_MONDAY)
        what = {"item": "灭火器", "stage": "opened", "deadline": "2018-03-08", "overdue": False}
        listed = {"rectification": f"{case.id}/0", "organisation": STATION, **what}
        desk = {"day": "2018-03-05", "working_day": True, "due": [], "checklists": [], "rectifications": [listed]}
        parts.notes.keep(PATROLS, desk, A_MONDAY)
        sent = {"ticket": str(UUID(int=1)), "time": A_MONDAY.isoformat(), "about": ANEW, "at": "2018-03-05T09:00"}
        done = {"case": case.id, "visits": "1", "fee": "0.00", "posted": "no"}
        that_day = application(replace(parts, now=lambda: A_MONDAY))
        async with AsyncClient(transport=ASGITransport(that_day), base_url="http://127.0.0.1") as browser:
            for key, entered in (("case-completed", done), ("rectification-taken", {"rectification": f"{case.id}/0"})):
                assert (await browser.post(f"/form/{key}", data=sent | entered)).status_code == 303
        rows = parts.outbox.latest(2)
    assert [(row.submitter, row.headers["ce-subject"]) for row in rows] == [(ANEW, STATION)] * 2


def test_what_this_pc_was_before_keeps_its_name(folder: Folder, gate: Gate) -> None:
    for code in (STATION, ANEW, STATION):
        becomes(folder, gate, code)
    assert [hub.called(ANEW) for hub in [folder.hub()] if hub] == [f"村{ANEW}"]
