"""`python -m deploy.identity <folder> [--host NAME ...]`: makes the county's keys and certificates; safe to repeat."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from deploy.identity.authorities import OfflineKeysNeeded
from deploy.identity.leaf import make_leaf
from deploy.identity.making import make


def main() -> None:
    """Says where everything is, or in a sentence why it could not be made."""
    parser = argparse.ArgumentParser(prog="python -m deploy.identity", description="Makes keys and certificates.")
    parser.add_argument("folder", type=Path, help="where they are kept; each process gets its own folder of it")
    parser.add_argument("--host", action="append", default=[], help="a name or address by which stations reach the bus")
    parser.add_argument("--drop-host", action="append", default=[], help="one by which nobody reaches it any more")
    parser.add_argument("--leaf", metavar="CODE", help="make a township's own folder, and that alone")
    parser.add_argument("--station", action="append", default=[], help="a station of that township; once for each")
    parser.add_argument("--hub", default="", help="where the county's bus is: tls://<host>:4222")
    asked = parser.parse_args()
    try:
        print(_made(asked))
    except (OfflineKeysNeeded, OSError) as why:
        sys.exit(str(why))


def _made(asked: argparse.Namespace) -> str:
    if asked.leaf:
        own = make_leaf(asked.folder, asked.leaf, asked.station, asked.hub, asked.host, asked.drop_host)
        return f"identity: what goes to the township is in {own}"
    make(asked.folder, asked.host, asked.drop_host)
    return f"identity: keys and certificates are in {asked.folder}; move {asked.folder / 'offline'} to a safe place"


if __name__ == "__main__":
    main()
