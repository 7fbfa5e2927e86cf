"""The keys with which persons' particulars are sealed to the roster: the first made once, others put before it.

`python -m deploy.identity.people_keys <folder>` puts a new one first. What lies under those before it is sealed anew
once the roster has started again; a key that nothing lies under any more may be taken out of the file by hand.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from secrets import token_hex

from deploy.identity.files import kept, written


def people_keys(folder: Path) -> Path:
    """Where they lie, in the roster's own folder; the first is made when there is none."""
    place = folder / "roster" / "people.keys"
    kept(place, _new)
    return place


def rotated(folder: Path) -> str:
    """The id of a new first key; the file stays whose it was."""
    place, line = people_keys(folder), _new()
    owner = place.stat()
    written(place, line + place.read_text())
    os.chown(place, owner.st_uid, owner.st_gid)
    return line.split()[0]


def _new() -> str:
    return f"{token_hex(4)} {token_hex(32)}\n"


def main() -> None:
    """Says what is to be done next."""
    parser = argparse.ArgumentParser(prog="python -m deploy.identity.people_keys", description=__doc__)
    parser.add_argument("folder", type=Path, help="the secrets that deploy.identity made")
    id = rotated(parser.parse_args().folder)
    print(f"people: {id} seals from the roster's next start on; `people-keys` says how many lie under older keys")


if __name__ == "__main__":
    main()
