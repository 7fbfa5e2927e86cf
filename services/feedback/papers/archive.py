"""Documents as one archive (ZIP) with a manifest of their sums; the same documents give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO, Any
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
EARLIEST = datetime(1980, 1, 1, tzinfo=CHINA)
"""That a ZIP can say."""


class Archive:
    """Written to a file as its documents are made: of what was added only what the manifest says of it is kept."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip, self._entries, self._newest = ZipFile(file, "w"), list[Mapping[str, Any]](), EARLIEST

    def add(self, folder: str, sheet: Sheet, files: Files) -> None:
        """A document, in a folder of its own, so that names stay apart."""
        for made_as in sorted(files):
            name, content = f"{folder}/{file_name(sheet, made_as)}", files[made_as]
            _add(self._zip, name, content, sheet.made, is_packed=made_as in PACKED)
            self._entries.append(_entry(name, sheet, content))
        self._newest = max(self._newest, sheet.made)

    def close(self, seal: Seal | None = None) -> int:
        """With the manifest, and its signature where there is a seal; how many files it has beside them."""
        manifest = json.dumps({"files": self._entries}, ensure_ascii=False, indent=1).encode()
        _add(self._zip, MANIFEST, manifest, self._newest, is_packed=False)
        if seal:
            _add(self._zip, SIGNATURE, seal.signature(manifest), self._newest, is_packed=True)
        self._zip.close()
        return len(self._entries)


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


def _entry(name: str, sheet: Sheet, content: bytes) -> Mapping[str, Any]:
    sums = {"sha256": sha256(content).hexdigest(), "sm3": sm3(content)}
    about = {"report": sheet.id, "number": sheet.number, "title": sheet.title}
    return {"file": name, "bytes": len(content), **sums, **about}


def sm3(content: bytes) -> str:
    """GB/T 32905, in hexadecimal digits."""
    return sum_of([content])


def sum_of(pieces: Iterable[bytes]) -> str:
    """The same of what is read piece by piece."""
    digest = hashes.Hash(hashes.SM3())
    for piece in pieces:
        digest.update(piece)
    return digest.finalize().hex()
