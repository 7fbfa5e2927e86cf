"""Looks through an archive that somebody brings, in a process of its own (`shared.foreign`): its list, and each sum."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from services.feedback.papers.archive import MANIFEST, SIGNATURE, sum_of

MIB = 1024 * 1024
MOST_FILES, MOST_BYTES, PIECE = 5_000, 512 * MIB, 64 * 1024
"""Files of an archive, and bytes of all of them unpacked; read piece by piece."""
NOT_ZIP, NOT_OURS, TOO_LARGE = "not-zip", "not-ours", "too-large"


def work(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The list and its signature as they are, and what the `archive` has otherwise; or what is `wrong`."""
    try:
        with ZipFile(BytesIO(given["archive"])) as archive:
            return _looked_through(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return {"wrong": NOT_ZIP}


def _looked_through(archive: ZipFile) -> Mapping[str, Any]:
    inside = {one.filename: one.file_size for one in archive.infolist()}
    if len(inside) > MOST_FILES or sum(inside.values()) > MOST_BYTES:
        return {"wrong": TOO_LARGE}
    if not {MANIFEST, SIGNATURE} <= inside.keys():
        return {"wrong": NOT_OURS}
    manifest = archive.read(MANIFEST)
    listed = {str(one.get("file")): str(one.get("sm3")) for one in _entries(manifest)}
    files = inside.keys() - {MANIFEST, SIGNATURE}
    return {
        "manifest": manifest,
        "signature": archive.read(SIGNATURE),
        "files": len(listed),
        "missing": sorted(listed.keys() - files),
        "unlisted": sorted(files - listed.keys()),
        "changed": sorted(name for name in listed.keys() & files if sum_of(_pieces(archive, name)) != listed[name]),
    }


def _entries(manifest: bytes) -> list[Any]:
    said = json.loads(manifest)
    entries = said.get("files") if isinstance(said, dict) else None
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise ValueError(MANIFEST)
    return entries


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        while piece := file.read(PIECE):
            yield piece
