"""`python -m deploy.embedded.people_keys [--next]`: how far a rotation is; first begins one, with --next.

The roster is started again by its supervisor, so that it seals with the new key at once.
"""

import argparse
import os
import signal
import sys
import time

from deploy.commands.running import carried_out
from deploy.embedded.county import record
from deploy.embedded.county.folder import secrets
from deploy.embedded.settings import read_settings
from deploy.embedded.speaking import speaker
from deploy.embedded.trouble import Trouble
from deploy.identity.people_keys import rotated

PATIENCE, LOOK = 60.0, 0.2
"""Seconds for which the roster is waited for, and between two looks."""


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(prog="make people-keys", description="The keys of persons' particulars.")
    parser.add_argument("--next", action="store_true", help="make the next key first")
    if parser.parse_args().next:
        id, running = rotated(secrets(read_settings().data)), record.read(read_settings().data)
        print(f"已生成新密钥{id}，排在首位；原密钥保留，用来换封以前的信息。")
        if running is None:
            print("联办尚未运行，下次启动时换用新密钥。")
            return 0
        if not _taken_up(id, running.pids["roster"]):
            print("人员名录服务还没有换用新密钥，请重新启动联办后再执行 make people-keys。")
            return 1
    return carried_out("people-keys", speaker, [])


def _taken_up(id: str, roster: int) -> bool:
    """Whether the roster has started again with that key in time."""
    os.kill(roster, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if _newest() == id:
            return True
        time.sleep(LOOK)
    return False


def _newest() -> str:
    """Nothing while it starts."""
    try:
        return str(speaker().asks("/roster/api/people/keys")["newest"])
    except Trouble:
        return ""


if __name__ == "__main__":
    sys.exit(main())
