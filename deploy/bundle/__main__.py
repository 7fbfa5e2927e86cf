"""`python -m deploy.bundle FOLDER [--no-images]`: what `make bundle` types; typed again it goes on."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from deploy.bundle import gathering
from deploy.embedded.terminal import say
from deploy.embedded.trouble import Trouble
from deploy.revision import revision
from deploy.up import settings
from deploy.up.findings import OURS
from shared.process.release import RELEASE

FONTS = Path(sys.prefix) / "share" / "lianban" / "fonts"
WITHOUT = "没有打包镜像（--no-images）：目标机器用make run，或者另备镜像。 Without images."


def main() -> int:
    """0 when the folder is whole."""
    parser = argparse.ArgumentParser(prog="make bundle", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-images", action="store_true", help="for machines without containers")
    asked = parser.parse_args()
    try:
        size = _gathered(asked.folder, not asked.no_images)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    say(f"离线安装包已备好：{asked.folder}（{size / 1_000_000:.0f} MB）。拷到目标机器，执行 sh install.sh。")
    return 0


def _gathered(to: Path, with_images: bool) -> int:
    to.mkdir(parents=True, exist_ok=True)
    say("源码 The source")
    gathering.source(to, revision())
    say("Python包 Packages")
    gathering.packages(to)
    say("公文字体 Faces")
    gathering.faces(to, FONTS)
    if with_images:
        say("镜像 Images")
        gathering.images(to, _said())
    else:
        say(WITHOUT)
    gathering.carried(to)
    return gathering.sums(to)


def _said() -> dict[str, str]:
    """The county's file, where there is one, and which image of our own is meant: of this very source unless told."""
    held = settings.read(settings.place(os.environ))
    said = dict(held.values) if held else {}
    return {OURS: f"lianban:{RELEASE}-{revision()}", **said}


if __name__ == "__main__":
    sys.exit(main())
