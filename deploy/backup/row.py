"""An archive and the parts behind it, by their names and by what stands beside each: where a row of them ends."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deploy.backup.cluster_time import GoesOn
from deploy.backup.saving import beside
from deploy.embedded.trouble import Trouble

NO_BASE = "文件夹{}中还没有{}县的完整备份，请先执行 lianban backup。 There is no whole backup to go on from."
OLDER = "备份{}旁边没有可以接续的说明（由较早的版本制作，或者缺失），请再执行一次完整备份。 It cannot be gone on from."
IS_ROLL = re.compile(r"lianban-\d{6}-photos-\d{8}T\d{6}-\d{8}T\d{6}\.age").fullmatch
IS_PART = re.compile(r"lianban-\d{6}-\d{8}T\d{6}\.(\d{5,})\.age").fullmatch


def bases(folder: Path, county: str) -> list[Path]:
    """A county's whole archives, the newest last."""
    ours = re.compile(rf"lianban-{county}-\d{{8}}T\d{{6}}\.age").fullmatch
    return sorted(place for place in folder.iterdir() if ours(place.name)) if folder.is_dir() else []


def part_of(base: Path, n: int) -> Path:
    """What the n-th part of an archive is called."""
    return base.with_name(f"{base.stem}.{n:05}.age")


def parts_of(base: Path) -> list[Path]:
    """That lie beside it, in order."""
    found = {place: match for place in base.parent.glob(f"{base.stem}.*.age") if (match := IS_PART(place.name))}
    return sorted(found, key=lambda place: int(found[place][1]))


@dataclass(frozen=True)
class End:
    """Where a row ends, as the open JSON beside its files says."""

    base: Path
    sum: str
    """SHA-256 of the archive."""
    n: int
    """Of the last part; 0 where there is none."""
    began: GoesOn
    goes_on: GoesOn
    collections: Mapping[str, int]
    """Documents at its beginning, by `<database>/<collection>`."""


def end_of(base: Path) -> End:
    """`Trouble` where nobody can go on from there."""
    said = _said(base)
    end = End(base, said["sha256"], 0, said["goes_on"], said["goes_on"], said["figures"]["collections"])
    for place in parts_of(base)[-1:]:
        last = _said(place)
        end = replace(end, n=last["n"], goes_on=last["goes_on"])
    return end


def _said(place: Path) -> dict[str, Any]:
    try:
        said = json.loads(beside(place).read_text())
        return {**said, "goes_on": GoesOn.model_validate(said["goes_on"])}
    except (OSError, ValueError, KeyError, ValidationError) as error:
        raise Trouble(OLDER.format(place)) from error
