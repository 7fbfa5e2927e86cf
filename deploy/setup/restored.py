"""Whether what lies in bus and database is a county as a whole, or one that is still being brought back."""

from __future__ import annotations

from pathlib import Path

RESTORING = Path("setup") / "restoring"
"""Below the folder of all secrets, while it is."""
NOT_WHOLE = (
    "恢复没有完成，不能启用：请清空数据卷和密钥文件夹，重新执行 lianban restore。"
    " A restoration was broken off: empty volumes and secrets, and restore again."
)


def broken_off(secrets: Path) -> bool:
    """By set-up's own folder of secrets."""
    return (secrets / RESTORING.name).exists()
