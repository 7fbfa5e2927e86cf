"""Where an archive is brought to be checked (验包): whether it was made here and nothing in it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from services.feedback.packages.package_page import CHECKED_AT
from services.feedback.packages.pages import KEY, PAGE
from services.feedback.packages.verifying import MIB, NOT_OURS, NOT_ZIP, TOO_LARGE
from services.feedback.papers.seal import Seal
from services.feedback.places import PAGES
from shared.foreign.apart import Apart, Exhausted, Limits
from shared.identity.reading import REPORTS, SENT
from shared.process.metrics import EXHAUSTED
from shared.web.heavy import taking_turns
from shared.web.offering import sender
from shared.web.posted import MOST_BYTES, posted
from shared.web.reading import reads
from shared.web.visit import Here, Visit

WORK, LIMITS = "services.feedback.packages.verifying", Limits(processor=20, time=40, memory=256 * MIB)
MOST_SHOWN = 50
"""Files that are named, of each kind."""
WRONG: Mapping[str, str] = {
    "missing": "没有选择文件，请选择下载的压缩包。",
    NOT_ZIP: "文件不能读取：应当是下载的ZIP压缩包，没有损坏。请重新下载后校验。",
    NOT_OURS: "压缩包中没有文件清单和签名，不是本系统生成的考核材料压缩包。",
    TOO_LARGE: "压缩包解开后超过512MB，不能校验，请确认选择的是考核材料压缩包。",
    "seal-missing": "系统没有签名密钥，不能校验，请联系系统管理员。",
}
router = APIRouter(prefix=CHECKED_AT)


class Checked(NamedTuple):
    """What was found: how many files are listed, whether the list bears our signature, and what is otherwise."""

    name: str
    files: int
    is_signed: bool
    missing: Sequence[str] = ()
    unlisted: Sequence[str] = ()
    changed: Sequence[str] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it is just as it was made."""
        return self.is_signed and not (self.missing or self.unlisted or self.changed)


@router.get("", dependencies=[reads(REPORTS)])
async def check(here: Here) -> HTMLResponse:
    """Where a file is chosen."""
    return _page(here)


@router.post("", response_model=None, dependencies=[reads(SENT)])
async def checked(request: Request, here: Here) -> HTMLResponse:
    """One is looked through; nothing of it is kept."""
    sender(here.who, CHECKED_AT)
    async with posted(request) as sent:
        chosen = next(iter(sent.chosen), None)
        content, name = (await chosen.read(), (chosen.filename or "")[-80:]) if chosen else (b"", "")
    secret = here.parts.settings.token_secret
    if chosen is None or secret is None:
        return _page(here, WRONG["missing" if secret else "seal-missing"], status=422)
    async with taking_turns(request, here.parts):
        found = await _looked_through(content, name, Seal(secret))
    return _page(here, found, status=422) if isinstance(found, str) else _page(here, found=found)


async def _looked_through(content: bytes, name: str, seal: Seal) -> Checked | str:
    apart = Apart(WORK, LIMITS)
    try:
        answer = await apart.ask({"archive": content})
    except Exhausted as ended:
        EXHAUSTED.labels("feedback", ended.beyond).inc()
        return WRONG[NOT_ZIP]
    finally:
        await apart.close()
    if wrong := answer.get("wrong"):
        return WRONG[str(wrong)]
    is_signed = seal.is_of(bytes(answer["signature"]), bytes(answer["manifest"]))
    others = {kind: [str(one) for one in answer[kind]] for kind in ("missing", "unlisted", "changed")}
    return Checked(name, int(answer["files"]), is_signed, **others)


def _page(here: Visit, wrong: str = "", found: Checked | None = None, status: int = 200) -> HTMLResponse:
    shown = {"at": CHECKED_AT, "back": PAGE, "most": MOST_BYTES // MIB, "shown": MOST_SHOWN}
    return PAGES.render("check.html", KEY, status, wrong=wrong, found=found, **shown)
