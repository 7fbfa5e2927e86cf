"""`python -m deploy.up.compose ARGUMENTS`: docker compose on the county's file, told by `deploy/county.env` alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.up import settings
from deploy.up.settings import COMPOSE_FILE, OF_SEVERAL, WrongSettings

OF_DEVELOPMENT = settings.DEPLOY.parent / ".venv" / "bin" / "docker-compose"
"""The same program as a package, which `make setup` installs."""


class NoCompose(Exception):
    """Nothing on this machine can read compose.yml."""


def program() -> tuple[str, ...]:
    """Compose as the engine's plugin, else by itself."""
    asked = ("docker", "compose", "version")
    try:
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return asked[:2]
    except OSError:
        pass
    if OF_DEVELOPMENT.exists():
        return (str(OF_DEVELOPMENT),)
    raise NoCompose(
        "本机没有docker compose：请安装Docker的compose插件（Debian、Ubuntu：apt-get install docker-compose-v2；"
        "或者docker-compose-plugin），再执行一次。 Docker's compose plugin is missing."
    )


def command(file: Path | None, arguments: Sequence[str]) -> list[str]:
    """Without a file compose looks for what an earlier release noted beside compose.yml."""
    own = ("--env-file", str(file)) if file else ()
    held = settings.read(file) if file else None
    several = ("-f", str(OF_SEVERAL)) if held and held.is_several else ()
    return [*program(), *own, "-f", str(COMPOSE_FILE), *several, *arguments]


def environment(shell: Mapping[str, str]) -> tuple[Path | None, dict[str, str], list[str]]:
    """The county's file, what compose is given beside it, and what is to be told."""
    file, known = settings.read(settings.place(shell)), settings.names()
    if file is None:
        # What asks for a county would else refuse to be stopped.
        anybody = {} if settings.BEFORE.exists() else {"COUNTY": "000000"}
        return None, {**anybody, **shell}, []
    return file.place, settings.within(shell, known), settings.differing(file, shell, known)


def main() -> None:
    """Becomes compose."""
    file, given, sentences = environment(dict(os.environ))
    for sentence in sentences:
        print(sentence, file=sys.stderr, flush=True)
    try:
        words = command(file, sys.argv[1:])
    except (NoCompose, WrongSettings) as why:
        sys.exit(str(why))
    os.execvpe(words[0], words, given)


if __name__ == "__main__":
    main()
