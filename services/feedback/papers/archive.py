"""A period's documents as one archive (ZIP) with a manifest of their sums; the same documents give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cryptography.hazmat.primitives import hashes

from services.feedback.papers.formats import Format, file_name
from services.feedback.papers.sheet import Sheet
from shared.calendar import CHINA

MANIFEST = "manifest.json"
PACKED = (Format.PDF, Format.DOCX, Format.XLSX)
"""What is packed already."""
Files = Mapping[Format, bytes]


def archived(documents: Sequence[tuple[Sheet, Files]]) -> bytes:
    """Each document in a folder of its own, called by the organisation's code; names stay apart by it."""
    named = [
        (f"{sheet.organisation}/{file_name(sheet, made_as)}", sheet, files[made_as])
        for sheet, files in documents
        for made_as in sorted(files)
    ]
    content, newest = BytesIO(), max(sheet.made for sheet, _ in documents)
    with ZipFile(content, "w") as made:
        for name, sheet, file in named:
            _add(made, name, file, sheet.made, is_packed=name.endswith(PACKED))
        _add(made, MANIFEST, _manifest(named), newest, is_packed=False)
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


def _manifest(named: Iterable[tuple[str, Sheet, bytes]]) -> bytes:
    files = [_entry(*one) for one in named]
    return json.dumps({"files": files}, ensure_ascii=False, indent=1).encode()


def _entry(name: str, sheet: Sheet, content: bytes) -> dict[str, Any]:
    sums = {"sha256": sha256(content).hexdigest(), "sm3": _sm3(content)}
    about = {"report": sheet.id, "number": sheet.number, "title": sheet.title}
    return {"file": name, "bytes": len(content), **sums, **about}


def _sm3(content: bytes) -> str:
    """GB/T 32905, in hexadecimal digits."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()
