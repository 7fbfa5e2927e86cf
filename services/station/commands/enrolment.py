"""Enrolment: a code from the township or the committee becomes a key that never leaves this PC."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError

from services.station.folder import Folder, Hub, private
from services.station.line.county import ask
from shared.identity.nats_jwt import KeyKind, creds, new_seed, public_key

NOT_A_COUNTY = (
    "该网址没有按县服务器的方式应答，本机尚未登记。请核对网址后重新登记，格式如 https://lianban.example.org。"
)


class NotEnrolled(Exception):
    """The county said no; the message is its sentence."""


def enrol(folder: Folder, hub_url: str, code: str) -> Hub:
    """The same code and key again have the same answer, so that one that was lost on the way is no loss."""
    seed, url = _seed(folder), hub_url.rstrip("/")
    try:
        answer = ask(
            f"{url}/roster/api/enrolments", folder.ca, {"code": code.strip(), "public_key": public_key(seed)}
        ).content
        hub = Hub(answer["station"], answer["name"], url, tuple(answer["bus"]), answer["token"])
    except HTTPError as error:
        if error.code >= 500:
            raise
        raise NotEnrolled(_reasons(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotEnrolled(NOT_A_COUNTY) from error
    _keep(folder, hub, answer, seed)
    return hub


def _seed(folder: Folder) -> str:
    """Made once for an enrolment and on the disk before it is used."""
    if not folder.seed.exists():
        private(folder.seed, new_seed(KeyKind.USER))
    return folder.seed.read_text(encoding="utf-8").strip()


def _keep(folder: Folder, hub: Hub, answer: dict[str, Any], seed: str) -> None:
    """The hub is written last: with it the station is enrolled."""
    private(folder.creds, creds(answer["jwt"], seed))
    if answer.get("ca"):
        private(folder.ca, answer["ca"])
    folder.keep_hub(hub)
    folder.seed.unlink(missing_ok=True)


def _reasons(error: HTTPError) -> str:
    """What the county says; an answer without a sentence is told by its status."""
    try:
        answer = json.loads(error.read(64 * 1024))
        return "".join(reason["zh"] for reason in answer["reasons"])
    except (ValueError, KeyError, TypeError):
        return f"县服务器没有受理登记（HTTP {error.code}），请核对网址和登记码。"
