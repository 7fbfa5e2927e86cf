"""Why nothing was saved, in sentences for the person who entered it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

ROOM = 64 * 1024
"""Bytes of the disk without which nothing can be saved."""


class NotSaved(Exception):
    """Nothing of it was saved; the message is a sentence for the person who entered it."""


class DiskFull(NotSaved):
    """There is no room on the disk."""


class Damaged(Exception):
    """The file cannot be read as an outbox."""


def not_saved(error: sqlite3.Error, path: Path) -> NotSaved:
    """Why nothing was saved and what to do, as a person reads it; without room SQLite has several names for it."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL or shutil.disk_usage(path.parent).free < ROOM:
        return DiskFull("磁盘空间已满，本次内容没有保存。请清理磁盘后重新保存；此前已保存的内容不受影响。")
    if code == sqlite3.SQLITE_BUSY:
        return NotSaved("报送库正被其他程序占用，本次内容没有保存。请稍后重新保存。")
    return NotSaved(f"报送库无法写入（{error}），本次内容没有保存。请运行 station doctor 检查。")
