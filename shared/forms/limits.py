"""What may be sent beside a form, in words: from the same constants by which it is refused."""

from __future__ import annotations

from shared.events.photos import MOST_BYTES

PHOTO_TYPES = "image/jpeg,image/png"
"""As a browser offers them."""
PHOTO_SIZE = f"{MOST_BYTES // 2**20}MB"


def photo_limits(most: int) -> str:
    """The hint under every choice of photos."""
    return f"JPEG或者PNG格式，每张不超过{PHOTO_SIZE}，最多{most}张。"
