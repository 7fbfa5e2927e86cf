"""Enrolment: a code from the township or the committee becomes a key that never leaves this PC."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError

from services.station.folder import Folder, Hub, private
from services.station.line.authority import Stranger, authority
from services.station.line.county import ask, is_safe
from shared.calendar import china_day
from shared.identity.invitations import Invitation
from shared.identity.nats_jwt import KeyKind, claims_in, creds, jwt_in, new_seed, public_key
from shared.pages.chinese import day_text

NOT_A_COUNTY = (
    "该网址没有按县服务器的方式应答，本机尚未登记。请核对网址后重新登记，格式如 https://lianban.example.org。"
)


IN_CLEAR = (
    "网址须以https开头：登记码和程序口令不能在网络上明文传送，本机尚未登记。请向联合党委核对网址后重新登记，"
    "格式如 https://lianban.example.org。"
)
STRANGER = (
    "应答的不是登记码所属的县服务器，本机尚未登记，登记码没有发出。请核对登记码和网址；无误的，请勿继续使用该网络，"
    "并告知联合党委。"
)
TO_BRING = "把那台电脑的数据文件夹复制到本机，运行 station bring 文件夹，即由本机继续报送。"
REPLACES = (
    "{name}已有一台电脑（{day}登记）。本机登记后，那台电脑将停用；其未送出的内容不会丢失，"
    "可以先在那台电脑上送完，也可以登记后用 station bring 转到本机。"
)


class NotEnrolled(Exception):
    """The county said no; the message is its sentence."""


class Enrolled(NamedTuple):
    """What this PC is now, and since when the PC whose place it took had been enrolled, in ISO 8601."""

    hub: Hub
    replaced: str | None


def look(folder: Folder, hub_url: str, code: str) -> str:
    """What enrolling with this code would end, as a sentence; empty when nothing, or the county does not say."""
    try:
        found = _asked(folder, hub_url.rstrip("/"), "/roster/api/enrolments/look", code, _seed(folder))
        since = found.get("replaces")
        return REPLACES.format(name=found["name"], day=_day(since)) if since else ""
    except NotEnrolled:
        return ""


def enrol(folder: Folder, hub_url: str, code: str, former: bool = False) -> Enrolled:
    """The same code and key again have the same answer, so that one that was lost on the way is no loss.

    As a `former` station, its key is used for what waits under its code, and this PC stays what it is.
    """
    seed, url = _seed(folder), hub_url.rstrip("/")
    answer = _asked(folder, url, "/roster/api/enrolments", code, seed)
    try:
        hub = Hub(answer["station"], answer["name"], url, tuple(answer["bus"]), answer["token"])
        key = creds(answer["jwt"], seed)
    except (ValueError, KeyError, TypeError) as error:
        raise NotEnrolled(NOT_A_COUNTY) from error
    now = folder.hub()
    if former and now is not None and now.station != hub.station:
        folder.keep_former(hub, key)
        folder.seed.unlink(missing_ok=True)
    else:
        _keep(folder, hub, answer, key)
    return Enrolled(hub, answer.get("replaced"))


def _asked(folder: Folder, url: str, path: str, code: str, seed: str) -> dict[str, Any]:
    """What the county answers, a JSON object; `NotEnrolled` with its sentence."""
    invitation = Invitation.read(code.strip())
    if "://" in url and not is_safe(url):
        raise NotEnrolled(IN_CLEAR)
    try:
        ca, alone = _believed(folder, url, invitation.mark)
        answer = ask(f"{url}{path}", ca, {"code": invitation.code, "public_key": public_key(seed)}, None, alone).content
    except Stranger as error:
        raise NotEnrolled(STRANGER) from error
    except HTTPError as error:
        if error.code >= 500:
            raise
        raise NotEnrolled(_reasons(error)) from error
    except ValueError as error:
        raise NotEnrolled(NOT_A_COUNTY) from error
    if not isinstance(answer, dict):
        raise NotEnrolled(NOT_A_COUNTY)
    return answer


def _believed(folder: Folder, url: str, mark: str) -> tuple[Path, bool]:
    """The file of whom to trust, and whether nobody else: the authority of the invitation where it names one."""
    if not mark or not url.startswith("https:"):
        return (folder.invited_by if folder.invited_by.exists() else folder.ca), False
    private(folder.invited_by, authority(url, mark))
    return folder.invited_by, True


def in_words(enrolled: Enrolled) -> str:
    """What is said when it is done."""
    hub, since = enrolled
    ended = f"原来的电脑（{_day(since)}登记）已停用，其未送出的内容仍保存在那台电脑上：{TO_BRING}" if since else ""
    return f"登记成功：{hub.name}（{hub.station}）。{ended}运行 station run 开始使用。"


def _day(at: str) -> str:
    return day_text(china_day(datetime.fromisoformat(at)))


def _seed(folder: Folder) -> str:
    """Made once for an enrolment and on the disk before it is used."""
    if not folder.seed.exists():
        private(folder.seed, new_seed(KeyKind.USER))
    return folder.seed.read_text(encoding="utf-8").strip()


def _keep(folder: Folder, hub: Hub, answer: dict[str, Any], key: str) -> None:
    """The hub is written last: with it the station is enrolled. Another station's key is kept for what waits."""
    before = folder.hub()
    if before and before.station != hub.station and (held := _own_key(folder, before.station)):
        folder.keep_former(before, held)
    private(folder.creds, key)
    if trusted := _authorities(folder, answer):
        private(folder.ca, trusted)
    folder.keep_hub(hub.after(before))
    folder.drop_former(hub.station)
    folder.seed.unlink(missing_ok=True)


def _authorities(folder: Folder, answer: dict[str, Any]) -> str:
    """Of the bus and, where it is another's, of the county's pages: by which they are known from now on."""
    own = answer.get("ca") or (folder.ca.read_text(encoding="utf-8") if folder.ca.exists() else "")
    by = folder.invited_by.read_text(encoding="utf-8") if folder.invited_by.exists() else ""
    folder.invited_by.unlink(missing_ok=True)
    return own if by.strip() in own else f"{own.rstrip()}\n{by}".lstrip()


def _own_key(folder: Folder, station: str) -> str:
    """The station's key; empty when the file has another's already, as after an end in the midst of this."""
    if not folder.creds.exists():
        return ""
    held = folder.creds.read_text(encoding="utf-8")
    return held if claims_in(jwt_in(held)).get("name") == station else ""


def _reasons(error: HTTPError) -> str:
    """What the county says; an answer without a sentence is told by its status."""
    try:
        answer = json.loads(error.read(64 * 1024))
        return "".join(reason["zh"] for reason in answer["reasons"])
    except (ValueError, KeyError, TypeError):
        return f"县服务器没有受理登记（HTTP {error.code}），请核对网址和登记码。"
