"""The folder that holds everything the county keeps."""

import shutil
from datetime import datetime
from pathlib import Path
from stat import S_IMODE
from zoneinfo import ZoneInfo

from deploy.embedded.demonstrated import DEMONSTRATED
from deploy.embedded.trouble import Trouble
from deploy.identity import making
from deploy.identity import people_keys as of_people
from shared.identity.tokens import passing_token

LEAST_FREE = 1_000_000_000
"""Bytes; the journals of both servers and the year 2018 need about half of it."""
LIVE_FROM = "live-from"
RESTORING = "restoring"
"""A folder in which a county is being brought back from its backup, until all of it is there."""
OTHERS = 0o077
"""The rights of everybody but the owner."""


def prepare(data: Path) -> None:
    """Made when new, closed to others; refused when it cannot be written to or the disk is nearly full."""
    try:
        for folder in (data, data / "logs"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        _close(*data.iterdir(), *(data / "logs").iterdir())
        trial = data / ".writable"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        raise Trouble(
            f"{data} cannot be written to ({error.strerror}): "
            "type `LIANBAN_DATA=<another folder> make run`, or give yourself the right to write there."
        ) from error
    free = shutil.disk_usage(data).free
    if free < LEAST_FREE:
        raise Trouble(
            f"The disk of {data} has {free // 1_000_000} MB left and {LEAST_FREE // 1_000_000} MB are needed: "
            "free some, or type `LIANBAN_DATA=<a folder on another disk> make run`."
        )


def is_whole(data: Path) -> None:
    """`Trouble` where a restoration was broken off."""
    if (data / RESTORING).exists():
        raise Trouble(
            f"{data}的恢复没有完成，不能启用：请清空该文件夹，重新执行 make restore。 A restoration was broken off."
        )


def _close(*places: Path) -> None:
    """To others, what an earlier release left open: it may be copied out of the folder that keeps them out."""
    for place in places:
        mode = S_IMODE(place.lstat().st_mode)
        if mode & OTHERS and not place.is_symlink():
            place.chmod(mode & ~OTHERS)


def store(data: Path, name: str) -> Path:
    """One server's own folder."""
    folder = data / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def county_of(data: Path, asked: str | None) -> str:
    """Whose all of it is: what the first run was told, or the demonstrated county; refused where another is asked.

    A folder of a release that knew one county alone is the demonstrated one's.
    """
    note = data / "county"
    kept = note.read_text().strip() if note.exists() else DEMONSTRATED if (data / LIVE_FROM).exists() else ""
    if asked and kept and asked != kept:
        raise Trouble(
            f"{data} holds the county {kept}: leave COUNTY out, or type "
            f"`COUNTY={asked} LIANBAN_DATA=<another folder> make run`."
        )
    code = kept or asked or DEMONSTRATED
    _note(note, code)
    return code


def _note(note: Path, said: str) -> None:
    """Whole or not at all, and once."""
    if not note.exists():
        draft = note.with_suffix(".new")
        draft.write_text(said + "\n")
        draft.replace(note)


def live_from(data: Path) -> str:
    """The day of the first run in Asia/Shanghai, written once: the clock catches up from it for ever after."""
    note = data / LIVE_FROM
    _note(note, datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat())
    return note.read_text().strip()


def secrets(data: Path) -> Path:
    """Keys, certificates and the county's token secret, as `deploy.identity` makes them."""
    return data / "secrets"


def secret_place(data: Path) -> Path:
    """Where the secret lies from which tokens derive."""
    return secrets(data) / "token"


def token_secret(data: Path) -> str:
    """What organisations' HTTP tokens derive from, made once."""
    return making.token_secret(secrets(data))


def people_keys(data: Path) -> Path:
    """Where the roster's keys for persons' particulars lie, made once."""
    return of_people.people_keys(secrets(data))


def program(data: Path, county: str) -> tuple[str, str]:
    """How the operator's programs ask the county's services over HTTP (Basic): as the county itself, for minutes."""
    return county, passing_token(county, token_secret(data), datetime.now(ZoneInfo("Asia/Shanghai")))
