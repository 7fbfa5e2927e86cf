"""`lianban people-keys --next`: the next key of persons' particulars is made, and the roster starts again with it."""

from __future__ import annotations

from deploy.commands import compose
from deploy.commands.place import Place
from deploy.embedded import people_keys
from deploy.embedded.trouble import Trouble
from deploy.identity.people_keys import rotated as make_next
from deploy.systemd.county import secrets_folder, speaker
from deploy.systemd.systemctl import systemctl

LATER = "联办尚未运行，下次启动时换用新密钥。"
OUTSIDE = "新密钥请在主机上生成：lianban people-keys --next。 Type this on the host, not in a container."
MAKES = ("run", "--rm", "--no-deps", "-T", "--entrypoint", "python", "secrets", "-m", "deploy.identity.people_keys")
FOLDER = "/run/lianban/secrets"
COPIES = ("roster-2", "roster")


def rotated(place: Place | None) -> bool:
    """Whether a county runs that can be asked how many lie under which."""
    if place is Place.INSIDE:
        raise Trouble(OUTSIDE)
    if place is Place.SYSTEMD:
        return _of_units()
    is_asked = _in_containers() if place is Place.CONTAINERS else people_keys.rotate()
    if not is_asked:
        print(LATER)
    return is_asked


def _in_containers() -> bool:
    _done(*MAKES, FOLDER)
    if not compose.runs():
        return False
    running = compose.said("ps", "--services", "--status", "running")[1].split()
    for copy in [one for one in COPIES if one in running] or COPIES[-1:]:
        _done("restart", copy)
        _done("up", "-d", "--no-deps", "--no-recreate", "--wait", copy)
    return True


def _of_units() -> bool:
    """Its roster is started again, also where it did not run."""
    id = make_next(secrets_folder())
    print(people_keys.MADE.format(id), flush=True)
    systemctl("restart", "lianban@roster.service")
    people_keys.taken_up(id, speaker)
    return True


def _done(*words: str) -> None:
    if status := compose.ran(*words):
        raise SystemExit(status)
