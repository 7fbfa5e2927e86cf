"""A photo that the county refused is said on its station's record, and another is sent in its place from there."""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import urlsplit

from httpx import AsyncClient, Response

from services.inspection.patrols.model.patrols import Inspection
from services.station.outbox.rows import Answer, State
from shared.bus.photos import digest_of
from shared.calendar import CHINA
from tests.browser_fields import fields_in
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.photographs import keeping, photograph
from tests.station.agents import STATION, Agent, until
from tests.station.local_page import browser_of

NOW = datetime.now(CHINA)
GOOD, TORN = photograph(seed=51), photograph(seed=52)[:-9_000]
BETTER, FIRST_TRY = photograph(seed=53), photograph(seed=54)[:-9_000]
TORN_SAID = "该文件不是可以正常打开的JPEG或者PNG照片"


async def fills(page: AsyncClient, form: str, *photos: bytes, **values: str) -> Response:
    """A form of the page as a browser sends it, with pictures."""
    action = f"/form/{urlsplit(form).path.rpartition('/')[2]}"
    fields = fields_in((await page.get(form)).text, action) | values
    return await page.post(action, data=fields, files=[("photos", ("a.jpg", one)) for one in photos])


def id_in(answer: Response) -> str:
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.headers["location"]).path.rpartition("/")[2]


async def settled(agent: Agent, *photos: bytes) -> None:
    """Submissions and photos are answered."""

    def done() -> bool:
        states = agent.parts.pictures.states([digest_of(one) for one in photos]).values()
        return not agent.open() and all(one in (State.ACCEPTED, State.REFUSED) for one in states)

    await until(done)


async def test_a_refused_photo_is_replaced_at_the_station_until_one_is_taken(agent: Agent, county: County) -> None:
    async with county.at_work(), keeping(county), agent.sending(), browser_of(agent, NOW) as page:
        id = id_in(await fills(page, "/form/patrol", GOOD, TORN, score="95"))
        await settled(agent, GOOD, TORN)
        record = (await page.get(f"/sent/{id}")).text
        assert ("未被接收" in record, TORN_SAID in record, "县里已收" in record) == (True, True, True)
        listed = (await page.get("/sent")).text
        assert f"照片2未被接收：{TORN_SAID}" in listed.replace("\n", "")
        assert "有1张照片未被接收，请到报送记录中补传。" in (await page.get("/")).text
        at = f"/form/photo?record={id}&missing={digest_of(TORN)}"
        assert at.replace("&", "&amp;") in record
        assert f"的照片2。原照片未被接收的原因：{TORN_SAID}" in (await page.get(at)).text
        none = await fills(page, at)
        assert (none.status_code, "请选择“补传的照片”。" in none.text) == (422, True)

        first = id_in(await fills(page, at, FIRST_TRY))
        waiting = (await page.get(f"/sent/{id}")).text
        assert ("照片2（补传）" in waiting, at.replace("&", "&amp;") in waiting) == (True, False)
        of = (await page.get(f"/sent/{first}")).text
        assert f'<dt>补传的是</dt><dd class="break"><a href="/sent/{id}">' in of
        assert ("的日自查的照片2</a>" in of, "补传的是" in waiting) == (True, False)
        await settled(agent, FIRST_TRY)
        assert agent.row(first).state is State.ACCEPTED
        again = (await page.get(f"/sent/{id}")).text
        assert (at.replace("&", "&amp;") in again, again.count(TORN_SAID)) == (True, 2)

        await fills(page, at, BETTER)
        await settled(agent, BETTER)
        after = (await page.get(f"/sent/{id}")).text
        assert at.replace("&", "&amp;") not in after
        assert "未被接收：" not in (await page.get("/sent")).text
        assert "张照片未被接收" not in (await page.get("/")).text
    await the_county_shows(county, id)


async def the_county_shows(county: County, id: str) -> None:
    """On the page of the same patrol, with who sent it later."""
    raw = await county.db("inspection")[Inspection.collection].find_one({"_id": f"{STATION}/{id}"})
    assert raw is not None
    assert [one["photo"] for one in raw["added"]] == [digest_of(FIRST_TRY), digest_of(BETTER)]
    async with browsing(county) as client, signed_in(client, STATION):
        shown = (await client.get(f"/inspection/inspections/{STATION}/{id}")).text
    assert f"/inspection/api/photos/{STATION}/{digest_of(BETTER)}" in shown
    assert f"照片2未被接收：{TORN_SAID}" in shown


async def test_a_refusal_that_arrives_while_the_record_is_open_is_written_into_it(agent: Agent) -> None:
    async with browser_of(agent, NOW) as page:
        id = id_in(await fills(page, "/form/patrol", GOOD, score="95"))
        digest = digest_of(GOOD)
        assert (await state(page, id))[digest]["word"] == "待发送"
        no = [{"slug": "not-a-picture", "zh": "照片无法打开。", "en": "It is no picture."}]
        agent.outbox.decided([Answer(STATION, id, State.ACCEPTED, [])], NOW)
        agent.parts.pictures.decided([Answer(STATION, digest, State.REFUSED, no)])
        at = f"/form/photo?record={id}&missing={digest}"
        assert (await state(page, id))[digest] == {
            "word": "未被接收",
            "level": "bad",
            "why": "照片无法打开。",
            "replace_at": at,
        }
        assert f'data-picture="{digest}"' in (await page.get(f"/sent/{id}")).text
        assert (await page.get(f"/form/photo?record={id}&missing={'0' * 64}")).status_code == 404
        assert (await page.get("/form/photo")).status_code == 404


async def state(page: AsyncClient, id: str) -> dict[str, dict[str, str]]:
    answer = await page.get(f"/state.json?of={id}")
    pictures: dict[str, dict[str, str]] = answer.json()["pictures"]
    return pictures


async def test_a_correction_takes_along_what_was_sent_in_the_place_of_a_refused_photo(agent: Agent) -> None:
    no = [{"slug": "not-a-picture", "zh": "照片无法打开。", "en": "It is no picture."}]
    async with browser_of(agent, NOW) as page:
        id = id_in(await fills(page, "/form/patrol", GOOD, TORN, score="95"))
        agent.outbox.decided([Answer(STATION, id, State.ACCEPTED, [])], NOW)
        agent.parts.pictures.decided([Answer(STATION, digest_of(TORN), State.REFUSED, no)])
        added = id_in(await fills(page, f"/form/photo?record={id}&missing={digest_of(TORN)}", BETTER))
        assert json.loads(agent.row(added).body)["photo"] == digest_of(BETTER)
        form = (await page.get(f"/form/patrol?corrects={id}")).text
    kept = [one for one in (GOOD, TORN, BETTER) if f'name="photo" value="{digest_of(one)}" checked' in form]
    assert kept == [GOOD, BETTER]
