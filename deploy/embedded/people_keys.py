"""Of the county of `make run`: the next key of persons' particulars is made, and the roster seals with it at once.

The roster is started again by its supervisor.
"""

from __future__ import annotations

import os
import signal
import time

from deploy.commands.speaker import Speaking
from deploy.embedded.county import record
from deploy.embedded.county.folder import secrets
from deploy.embedded.settings import read_settings
from deploy.embedded.speaking import speaker
from deploy.embedded.trouble import Trouble
from deploy.identity.people_keys import rotated

PATIENCE, LOOK = 60.0, 0.2
"""Seconds for which the roster is waited for, and between two looks."""
MADE = "已生成新密钥{}，排在首位；原密钥保留，用来换封以前的信息。"
NOT_YET = "人员名录服务还没有换用新密钥，请重新启动联办后再执行 lianban people-keys。 Not taken up yet."


def rotate() -> bool:
    """Whether a county runs that has taken it up; `Trouble` where it has not in time."""
    data = read_settings().data
    id, running = rotated(secrets(data)), record.read(data)
    print(MADE.format(id))
    if running is not None:
        os.kill(running.pids["roster"], signal.SIGTERM)
        taken_up(id, speaker)
    return running is not None


def taken_up(id: str, speaking: Speaking) -> None:
    """When the roster, which is started again, seals with that key; `Trouble` where it does not in time."""
    until = time.monotonic() + PATIENCE
    while _newest(speaking) != id:
        if time.monotonic() > until:
            raise Trouble(NOT_YET)
        time.sleep(LOOK)


def _newest(speaking: Speaking) -> str:
    """Nothing while it starts."""
    try:
        return str(speaking().asks("/roster/api/people/keys")["newest"])
    except Trouble:
        return ""
