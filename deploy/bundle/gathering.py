"""What goes into the folder, each part made anew or left where it is whole: the source, packages, faces, images."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from deploy.embedded.settings import ROOT
from deploy.embedded.trouble import Trouble
from deploy.up.findings import IMAGES, OURS, usual_images
from deploy.up.settings import COMPOSE_FILE

LOCKS = ("embedded", "building")
"""What runs, and what builds the one package that comes as source."""
SUMS = "SHA256SUMS"
CARRIED = ("README.md", "install.sh")
NO_SOURCE = "这里不是git检出的源码，不能打包。 The source has to be a checkout."
NO_PACKAGES = "Python包没有下载完整，原因见上；再执行一次从中断处继续。 Typing it again goes on."
NO_IMAGE = "镜像{}本机没有：请先执行make up或docker pull，再执行一次。 The image is not here."


def source(to: Path, revision: str) -> None:
    """What is committed, and by which name it is called; changes beside it are no part of any release."""
    words = ("git", "-C", str(ROOT), "archive", "--format=tar.gz", f"--output={to / 'source.tar.gz'}")
    note = to / "REVISION"
    note.write_text(f"{revision}\n")
    try:
        if subprocess.run((*words, f"--add-file={note}", "HEAD"), check=False).returncode:
            raise Trouble(NO_SOURCE)
    finally:
        note.unlink()


def packages(to: Path) -> None:
    """As the locks name them, by version and hash; what lies there is not fetched again, what is no more goes."""
    held, folder = to / "wheels", to / "wheels.new"
    folder.mkdir(exist_ok=True)
    for lock in LOCKS:
        words = ("-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check", "--no-deps")
        which = ("--require-hashes", "-r", str(ROOT / "requirements" / f"{lock}.txt"), "-d", str(folder))
        known = ("--find-links", str(held)) if held.exists() else ()
        if subprocess.run((sys.executable, *words, *known, *which), check=False).returncode:
            raise Trouble(NO_PACKAGES)
    shutil.rmtree(held, ignore_errors=True)
    folder.rename(held)


def faces(to: Path, of: Path) -> None:
    """Those that are installed here."""
    shutil.copytree(of, to / "fonts", dirs_exist_ok=True)


def images(to: Path, said: Mapping[str, str]) -> None:
    """As files that an engine loads, and the settings that name them; `said` is what the county's file says."""
    folder = to / "images"
    folder.mkdir(exist_ok=True)
    named = image_names(said)
    for name, image in named.items():
        if subprocess.run(("docker", "image", "inspect", image), capture_output=True, check=False).returncode:
            raise Trouble(NO_IMAGE.format(image))
        place = folder / f"{name.lower()}.tar"
        draft = place.with_suffix(".part")
        if subprocess.run(("docker", "save", "--output", str(draft), image), check=False).returncode:
            raise Trouble(NO_IMAGE.format(image))
        draft.replace(place)
    (folder / "settings").write_text(" ".join(f"{name}={image}" for name, image in named.items()) + "\n")


def image_names(said: Mapping[str, str]) -> dict[str, str]:
    """Each setting that names an image, with the one that is meant."""
    usual = usual_images(COMPOSE_FILE.read_text(encoding="utf-8"))
    return {name: said.get(name) or usual[name] for name in IMAGES} | {OURS: said[OURS]}


def carried(to: Path) -> None:
    """What a person reads and types there."""
    for name in CARRIED:
        shutil.copy(Path(__file__).with_name(name), to / name)


def sums(to: Path) -> int:
    """Notes what each file is, in the form of sha256sum; the bytes in all."""
    lines, size = [], 0
    for file in _files(to):
        with file.open("rb") as content:
            lines.append(f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {file.relative_to(to)}")
        size += file.stat().st_size
    (to / SUMS).write_text("\n".join(lines) + "\n")
    return size


def _files(to: Path) -> Iterator[Path]:
    return (one for one in sorted(to.rglob("*")) if one.is_file() and one != to / SUMS)
