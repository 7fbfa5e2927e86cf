"""Photos chosen on the local page: on the disk before a submission names them, and what is no photo, or too many."""

from __future__ import annotations

import json

from httpx import AsyncClient, Response

from services.station.outbox.rows import Answer, State
from tests.browser_fields import fields_in
from tests.station.agents import STATION, Agent
from tests.station.local_page import ENTERED, PNG, SENT, saved
from tests.submitters import A_MONDAY


async def pictured(page: AsyncClient, *files: tuple[str, bytes], **more: str) -> Response:
    """A rectification's form with pictures."""
    sent = [("photos", (name, body, "image/png")) for name, body in files]
    return await page.post(
        "/form/rectification-done", data={**SENT, **ENTERED["rectification-done"], **more}, files=sent
    )


async def test_photos_are_on_the_disk_before_the_submission_names_them(page: AsyncClient, folder_agent: Agent) -> None:
    id = saved(await pictured(page, ("a.png", PNG)))
    (digest,) = json.loads(folder_agent.row(id).body)["photos"]
    assert (folder_agent.folder.photos / digest).read_bytes() == PNG
    assert folder_agent.parts.pictures.waiting() == 1
    folder_agent.outbox.decided([Answer(STATION, id, State.REFUSED, [])], A_MONDAY)
    shown = (await page.get(f"/form/rectification-done?corrects={id}")).text
    assert f'name="photo" value="{digest}" checked' in shown


async def test_what_is_no_picture_is_not_saved_and_neither_is_its_submission(
    page: AsyncClient, folder_agent: Agent
) -> None:
    answer = await pictured(page, ("a.png", b"text"))
    assert answer.status_code == 422
    assert '<a href="#rectification-done-photos">“a.png”不是JPEG或者PNG照片' in answer.text
    assert folder_agent.outbox.counts()[State.PENDING] == 0


async def test_photos_of_a_form_that_does_not_fit_need_not_be_chosen_again(
    page: AsyncClient, folder_agent: Agent
) -> None:
    answer = await pictured(page, ("a.png", PNG), note="换" * 1001)
    again = fields_in(answer.text, "/form/rectification-done")
    id = saved(await page.post("/form/rectification-done", data=again | {"note": "已更换"}))
    assert json.loads(folder_agent.row(id).body)["photos"] == [again["photo"]]


async def test_a_form_in_which_no_photo_was_chosen_is_saved(page: AsyncClient, folder_agent: Agent) -> None:
    """A browser sends one file that has neither name nor content."""
    fields = {**SENT, **ENTERED["rectification-done"]}
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    empty = (
        'Content-Disposition: form-data; name="photos"; filename=""\r\nContent-Type: application/octet-stream\r\n\r\n'
    )
    body = "".join(f"--edge\r\n{part}\r\n" for part in (*parts, empty)) + "--edge--\r\n"
    headers = {"content-type": "multipart/form-data; boundary=edge"}
    id = saved(await page.post("/form/rectification-done", content=body.encode(), headers=headers))
    assert json.loads(folder_agent.row(id).body)["photos"] == []


async def test_too_many_photos_are_said(page: AsyncClient, folder_agent: Agent) -> None:
    answer = await pictured(page, *((f"{n}.png", PNG + bytes([n])) for n in range(11)))
    assert answer.status_code == 422
    assert "“照片”最多9张，现有11张，请减少后重新提交。" in answer.text
    assert answer.text.count('name="photo"') == 11
    assert "JPEG或者PNG格式，每张不超过5MB，最多9张。" in answer.text


async def test_more_photos_than_are_read_are_said_and_not_called_a_page_that_is_missing(page: AsyncClient) -> None:
    answer = await pictured(page, *((f"{n}.png", PNG) for n in range(260)))
    assert (answer.status_code, "没有找到这一页" in answer.text) == (400, False)
    assert "一次选择的照片过多" in answer.text
