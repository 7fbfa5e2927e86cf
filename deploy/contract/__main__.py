"""Writes the published contract: `python -m deploy.contract [--check | --break]`.

`--check` names what drifted and fails. Without it schemas and AsyncAPI are rewritten, unless a schema would break
those who rely on it: then nothing is written, except with `--break`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.contract.asyncapi import document
from deploy.contract.compatibility import breaks
from deploy.contract.published import ASYNCAPI, HERE, SCHEMAS, Json, published, read, schema_file, text


def schemas() -> dict[str, Json]:
    """The schema of every submission's, fact's and verdict's body by name."""
    return {name: schema_file(name, kind) for name, kind in sorted(published().items())}


def contract() -> dict[Path, str]:
    """Every generated file and what it should say."""
    return {SCHEMAS / f"{name}.json": text(schema) for name, schema in schemas().items()} | {ASYNCAPI: text(document())}


def drifted(files: Mapping[Path, str]) -> list[Path]:
    """Files that do not say what they should, and schemas of types that are no more."""
    stale = [file for file in sorted(SCHEMAS.glob("*.json")) if file not in files]
    return [file for file, text in files.items() if not _says(file, text)] + stale


def broken() -> list[str]:
    """What the registry now says that breaks the schemas as they are committed."""
    now = schemas()
    found = []
    for file in sorted(SCHEMAS.glob("*.json")):
        after = now.get(file.stem)
        whats = ["the type is gone"] if after is None else breaks(read(file), after)
        found += [f"{file.stem}: {what}" for what in whats]
    return found


def main(arguments: list[str] | None = None) -> int:
    """0 when the contract is, or now is, as the registry of events says."""
    asked = _asked(arguments)
    files = contract()
    drift = drifted(files)
    if asked.check:
        return _tell(drift, "does not say what the registry of events says; run `make events`")
    if not asked.break_ and (no := broken()):
        print(*no, "Nothing was written: make it optional, or another type; --break if nobody relies on it.", sep="\n")
        return 1
    _write(drift, files)
    return 0


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.contract", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only name what drifted")
    parser.add_argument(
        "--break", action="store_true", dest="break_", help="write schemas that break the committed ones"
    )
    return parser.parse_args(arguments)


def _says(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


def _tell(drift: list[Path], what: str) -> int:
    for file in drift:
        print(f"{file.relative_to(HERE)} {what}")
    return 1 if drift else 0


def _write(drift: list[Path], files: Mapping[Path, str]) -> None:
    SCHEMAS.mkdir(exist_ok=True)
    for file in drift:
        if file in files:
            file.write_text(files[file], encoding="utf-8")
        else:
            file.unlink()
        print(f"{'wrote' if file in files else 'removed'} {file.relative_to(HERE)}")


if __name__ == "__main__":
    sys.exit(main())
