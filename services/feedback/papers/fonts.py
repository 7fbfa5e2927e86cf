"""The faces that documents are printed in: a county's own before those that come with the set-up (deploy/fonts.sh)."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

COMES_WITH_THE_SETUP = Path(sys.prefix) / "share" / "lianban" / "fonts"
RARE = "BabelStone Han"
"""What has characters of names that the others lack, up to beyond U+20000."""
FACES: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "FandolSong"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "方正仿宋_GBK", "FangSong", "仿宋", "FandolFang R"),
    "first": ("SimHei", "黑体", "FZHei-B01S", "方正黑体_GBK", "FandolHei"),
    "second": ("KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03S", "方正楷体_GBK", "KaiTi", "楷体", "FandolKai"),
    "number": ("SimSun", "宋体", "FandolSong"),
}
"""小标宋, 仿宋, 黑体, 楷体, 宋体: as each is called by those who make them, the nearest to the norm first."""


def families(of: str, there: Collection[str]) -> list[str]:
    """Those of a use that are there, in order, and what helps out."""
    return [one for one in (*FACES[of], RARE) if one in there]


def folders(own: str) -> list[str]:
    """Where faces lie, the county's own first."""
    return [one for one in (own, str(COMES_WITH_THE_SETUP)) if one and Path(one).is_dir()]
