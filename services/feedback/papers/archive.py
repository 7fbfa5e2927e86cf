"""A period's documents as one archive (ZIP) with a manifest of their sums; the same documents give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cryptography.hazmat.primitives import hashes

from services.feedback.papers.formats import Format, file_name
from services.feedback.papers.seal import Seal
from services.feedback.papers.sheet import Sheet
from shared.calendar import CHINA

MANIFEST, SIGNATURE = "manifest.json", "manifest.json.sig"
PACKED = (Format.PDF, Format.DOCX, Format.XLSX)
"""What is packed already."""
Files = Mapping[Format, bytes]


class Packed(NamedTuple):
    """A file of an archive, what its manifest says of it, and the instant that it bears."""

    name: str
    content: bytes
    about: Mapping[str, str]
    made: datetime


def archived(documents: Sequence[tuple[Sheet, Files]]) -> bytes:
    """Each document in a folder of its own, called by the organisation's code; names stay apart by it."""
    return packed(
        [
            Packed(f"{sheet.organisation}/{file_name(sheet, made_as)}", files[made_as], about(sheet), sheet.made)
            for sheet, files in documents
            for made_as in sorted(files)
        ]
    )


def about(sheet: Sheet) -> Mapping[str, str]:
    """As a manifest names a document."""
    return {"report": sheet.id, "number": sheet.number, "title": sheet.title}


def packed(files: Sequence[Packed], seal: Seal | None = None) -> bytes:
    """All of them with a manifest of their sums, and its signature where there is a seal."""
    content, newest, manifest = BytesIO(), max(one.made for one in files), _manifest(files)
    with ZipFile(content, "w") as made:
        for one in files:
            _add(made, one.name, one.content, one.made, is_packed=one.name.endswith(PACKED))
        _add(made, MANIFEST, manifest, newest, is_packed=False)
        if seal:
            _add(made, SIGNATURE, seal.signature(manifest), newest, is_packed=True)
    return content.getvalue()


def fixed(packed: bytes, made: datetime) -> bytes:
    """A file that is an archive itself (DOCX), its parts bearing one instant: whoever writes it takes the clock's."""
    content = BytesIO()
    with ZipFile(BytesIO(packed)) as found, ZipFile(content, "w") as again:
        for name in sorted(found.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            _add(again, name, found.read(name), made, is_packed=False)
    return content.getvalue()


def _add(archive: ZipFile, name: str, content: bytes, made: datetime, *, is_packed: bool) -> None:
    there = made.astimezone(CHINA)
    info = ZipInfo(name, (max(there.year, 1980), there.month, there.day, there.hour, there.minute, there.second))
    info.compress_type, info.external_attr = ZIP_STORED if is_packed else ZIP_DEFLATED, 0o644 << 16
    info.create_system = 3
    archive.writestr(info, content)


def _manifest(files: Iterable[Packed]) -> bytes:
    said = {"files": [_entry(one) for one in files]}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _entry(one: Packed) -> dict[str, Any]:
    sums = {"sha256": sha256(one.content).hexdigest(), "sm3": sm3(one.content)}
    return {"file": one.name, "bytes": len(one.content), **sums, **one.about}


def sm3(content: bytes) -> str:
    """GB/T 32905, in hexadecimal digits."""
    return sum_of([content])


def sum_of(pieces: Iterable[bytes]) -> str:
    """The same of what is read piece by piece."""
    digest = hashes.Hash(hashes.SM3())
    for piece in pieces:
        digest.update(piece)
    return digest.finalize().hex()
