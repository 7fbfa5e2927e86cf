"""The file: a tar within age, written and read as it passes, so that memory stays the same however large it is.

Its last member is the manifest, which has the sum of each before it. Nothing is taken from a file before all of it has
been read to its end once (`checked`).
"""

from __future__ import annotations

import hashlib
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeVar

import pyrage
from pyrage import x25519

from deploy.backup.manifest import Contents, Manifest
from deploy.embedded.trouble import Trouble

C = TypeVar("C", bound=Contents)
Passed = Callable[[int], None]
"""Is told how many bytes of a file have been read; from the thread that reads."""
LARGEST = 8 * 1024 * 1024
"""Bytes of one member: what is larger comes in several."""
MOST = 4 * LARGEST
"""Of a member that is read: more was not written by us."""
MANIFEST = "manifest.json"
NOT_OURS = (
    "文件{}不能用这把密钥打开：不是联办的备份，或者是为另一把密钥加密的。 It is no backup, or one for another key."
)
DAMAGED = (
    "文件{}已损坏或不完整，请换用其他备份；没有写入任何内容。 The file is damaged or cut short; nothing was written."
)


class Writing:
    """An archive that is being written; each member's sum is kept for the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.sums: dict[str, str] = {}
        self.bytes = 0

    def add(self, name: str, content: bytes) -> None:
        """One member, whole."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._tar.addfile(member, BytesIO(content))
        self.sums[name] = hashlib.sha256(content).hexdigest()
        self.bytes += len(content)

    def end(self, manifest: Contents) -> None:
        """Nothing comes behind the manifest."""
        self.add(MANIFEST, manifest.as_json().encode())


@contextmanager
def written(place: Path, recipients: list[x25519.Recipient]) -> Iterator[Writing]:
    """The file is on the disk when the block is left; where that fails there is none."""
    is_whole = False
    try:
        with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with (
                _through(lambda end: pyrage.encrypt_io(end, file, recipients), "w") as pipe,
                tarfile.open(mode="w|", fileobj=pipe, format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Writing(tar)
            file.flush()
            os.fsync(file.fileno())
        is_whole = True
    except pyrage.EncryptError as error:
        raise Trouble(f"备份文件{place}没有写成（{error}），请检查磁盘空间。 It could not be written.") from error
    finally:
        if not is_whole:
            place.unlink(missing_ok=True)


def nobody(_: int) -> None:
    """Of what is read at once."""


class ReadOn:
    """How much has been read of several files, one after the other."""

    def __init__(self, passed: Passed) -> None:
        self._passed, self._before, self._of_this = passed, 0, 0

    def __call__(self, done: int) -> None:
        """So much of this one."""
        self._of_this = done
        self._passed(self._before + done)

    def next(self) -> None:
        """The file after it."""
        self._before, self._of_this = self._before + self._of_this, 0


def members(place: Path, identity: x25519.Identity, passed: Passed = nobody) -> Iterator[tuple[str, bytes]]:
    """Each with its content, in their order; `Trouble` where the file is not what was written."""
    try:
        with place.open("rb") as file:
            yield from _opened(place, file, identity, passed)
    except OSError as error:
        raise Trouble(
            f"文件{place}无法读取（{error.strerror}），请核对文件名和读取权限。 It cannot be read."
        ) from error


def _opened(place: Path, file: BinaryIO, identity: x25519.Identity, passed: Passed) -> Iterator[tuple[str, bytes]]:
    try:
        with (
            _through(lambda end: pyrage.decrypt_io(file, end, [identity]), "r") as pipe,
            tarfile.open(mode="r|", fileobj=pipe) as tar,
        ):
            for member in tar:
                content = tar.extractfile(member) if member.isreg() and member.size <= MOST else None
                if content is None:
                    raise Trouble(DAMAGED.format(place))
                yield member.name, content.read()
                passed(file.tell())
            while pipe.read(LARGEST):  # behind the tar's own end comes the proof that nothing was cut off
                pass
    except pyrage.DecryptError as error:
        raise Trouble(NOT_OURS.format(place)) from error
    except (tarfile.TarError, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise Trouble(DAMAGED.format(place)) from error


def checked(place: Path, identity: x25519.Identity, passed: Passed = nobody) -> Manifest:
    """What the manifest of an archive says, once all has been read and is as it says; `Trouble` else."""
    return whole(place, identity, Manifest, passed)


def whole(place: Path, identity: x25519.Identity, kind: type[C], passed: Passed = nobody) -> C:
    """The same of any file of a backup."""
    sums: dict[str, str] = {}
    manifest = None
    for name, content in members(place, identity, passed):
        if manifest is not None:
            raise Trouble(DAMAGED.format(place))
        if name == MANIFEST:
            manifest = kind.read(content)
        else:
            sums[name] = hashlib.sha256(content).hexdigest()
    if manifest is None or manifest.sums != sums:
        raise Trouble(DAMAGED.format(place))
    return manifest


@contextmanager
def _through(work: Callable[[Any], None], mode: str) -> Iterator[IO[bytes]]:
    """Our end of a pipe; at the other `work` reads or writes in a thread, and what it met is raised here."""
    reading, writing = os.pipe()
    ours, theirs = (reading, writing) if mode == "r" else (writing, reading)
    met: list[Exception] = []

    def works() -> None:
        try:
            with open(theirs, "wb" if mode == "r" else "rb") as end:
                work(end)
        except Exception as error:
            met.append(error)

    thread = threading.Thread(target=works)
    thread.start()
    try:
        with open(ours, f"{mode}b") as pipe:
            yield pipe
    except BaseException as error:
        thread.join()
        if met and not isinstance(met[0], BrokenPipeError):
            raise met[0] from error
        raise
    thread.join()
    if met:
        raise met[0]
