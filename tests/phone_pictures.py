"""Pictures as phones and cameras write them: a scene with a corner of each colour, and large ones of little memory."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image

ORIENTATION = 0x0112
CORNERS = ("red", "lime", "blue", "yellow")
"""Upper left, upper right, lower left, lower right."""
Colour = tuple[int, int, int]
PURE: dict[str, Colour] = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
AS_TAKEN = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the sensor had what stands upright now, by the orientation that it wrote down."""


def scene(width: int = 640, height: int = 480) -> Image.Image:
    """Four quarters."""
    made = Image.new("RGB", (width, height))
    for n, colour in enumerate(CORNERS):
        quarter = Image.new("RGB", (width // 2, height // 2), colour)
        made.paste(quarter, (n % 2 * (width // 2), n // 2 * (height // 2)))
    return made


def saved(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """As a file."""
    to = BytesIO()
    image.save(to, kind, **how)
    return to.getvalue()


def turned(orientation: int) -> bytes:
    """A scene that is upright when its orientation is heeded."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return saved(scene().transpose(AS_TAKEN[orientation]) if orientation > 1 else scene(), exif=exif, quality=90)


def corners(jpeg: bytes) -> tuple[str, ...]:
    """The colour that stands in each corner, by the nearest of the scene's or white."""
    with Image.open(BytesIO(jpeg)) as opened:
        shown, (width, height) = opened.convert("RGB"), opened.size
        places = [(x, y) for y in (height // 8, height * 7 // 8) for x in (width // 8, width * 7 // 8)]
        return tuple(_nearest(shown.getpixel(place)) for place in places)


def _nearest(seen: Any) -> str:
    known = PURE | {"white": (255, 255, 255), "black": (0, 0, 0)}
    return min(known, key=lambda name: sum((a - b) ** 2 for a, b in zip(known[name], seen, strict=True)))


def flat(width: int, height: int) -> bytes:
    """A grey JPEG of any size in one scan of 4:4:4: after the tables every block says that nothing changes.

    By the standard tables that is 00 1010 for luminance and 00 00 for each chrominance: 14 bits, 7 bytes for four.
    """
    one = saved(Image.new("RGB", (8, 8), (128, 128, 128)), subsampling=0)
    frame, scan = one.index(b"\xff\xc0"), one.index(b"\xff\xda")
    sized = one[: frame + 5] + struct.pack(">HH", height, width) + one[frame + 9 : scan + 14]
    blocks = -(-width // 8) * -(-height // 8)
    return sized + int("00101000000000" * 4, 2).to_bytes(7) * -(-blocks // 4) + b"\xff\xd9"


def claiming_jpeg(width: int, height: int, **how: Any) -> bytes:
    """A JPEG whose frame promises so many pixels."""
    one = saved(Image.new("RGB", (8, 8)), **how)
    frame = one.index(b"\xff\xc2" if how.get("progressive") else b"\xff\xc0")
    return one[: frame + 5] + struct.pack(">HH", height, width) + one[frame + 9 :]


def png(width: int, height: int, rows: bytes, depth: int, colours: int, interlaced: bool = False) -> bytes:
    """Of rows that begin with their filter each."""
    header = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, interlaced)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    made = (
        struct.pack(">I", len(what)) + kind + what + struct.pack(">I", zlib.crc32(kind + what)) for kind, what in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Where each pass begins, and how far apart its pixels are (PNG, 8.2)."""


def interlaced(image: Image.Image) -> bytes:
    """An RGB picture in seven passes."""

    def rows() -> Iterator[bytes]:
        for x0, y0, across, down in ADAM7:
            for y in range(y0, image.height, down):
                line = image.crop((0, y, image.width, y + 1)).tobytes()
                yield b"\0" + b"".join(line[3 * x : 3 * x + 3] for x in range(x0, image.width, across))

    return png(image.width, image.height, b"".join(rows()), 8, 2, True)


def sixteen_bits(image: Image.Image) -> bytes:
    """The lightness of a picture as a greyscale PNG of 16 bits."""
    grey = image.convert("L").tobytes()
    lines = (grey[n : n + image.width] for n in range(0, len(grey), image.width))
    return png(image.width, image.height, b"".join(b"\0" + _wide(line) for line in lines), 16, 0)


def _wide(line: bytes) -> bytes:
    return b"".join(bytes((value, 0x37)) for value in line)
