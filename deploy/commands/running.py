"""One of the commands, typed where the county runs: done (0), or a sentence that says why not (1)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from deploy.commands.account import account
from deploy.commands.adopt import adopt
from deploy.commands.invite import invite
from deploy.commands.people_keys import people_keys
from deploy.commands.rebuild import rebuild
from deploy.commands.register import register
from deploy.commands.retell import retell
from deploy.commands.revoke import revoke
from deploy.commands.speaker import Speaking
from deploy.commands.tokens import token
from deploy.embedded.trouble import Trouble

COMMANDS: Mapping[str, Callable[[Speaking, Sequence[str]], None]] = {
    "account": account,
    "adopt": adopt,
    "register": register,
    "invite": invite,
    "people-keys": people_keys,
    "rebuild": rebuild,
    "retell": retell,
    "revoke": revoke,
    "token": token,
}


def carried_out(name: str, speaking: Speaking, typed: Sequence[str]) -> int:
    """The exit status."""
    try:
        COMMANDS[name](speaking, typed)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0
