"""What systemd is asked for: units are started and stopped, and what they have said is read."""

from __future__ import annotations

import subprocess

from deploy.embedded.trouble import Trouble

NO_SYSTEMD = "没有systemd可用（{}），请在安装了联办单元的主机上执行。 There is no systemd here."
REFUSED = "systemctl {}没有成功，原因见上；须以root执行。 systemd did not do it."


def systemctl(*words: str) -> None:
    """Done when it returns; `Trouble` where it is not, and why stands above."""
    try:
        ended = subprocess.run(("systemctl", *words), stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise Trouble(NO_SYSTEMD.format(error.strerror)) from error
    if ended.returncode:
        raise Trouble(REFUSED.format(" ".join(words)))


def said_by(*command: str) -> str:
    """What a program of systemd says; why it says nothing where it cannot."""
    try:
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    except OSError as error:
        return f"{command[0]}: {error.strerror}\n"
    return ran.stdout + ran.stderr
