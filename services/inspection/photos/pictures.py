"""Whether bytes are a photo, and how it is shown: made anew from its pixels, nothing of its metadata is left."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from shared.bus.photos import digest_of
from shared.events.photos import MOST_BYTES, MOST_PIXELS
from shared.pipeline.decisions import Refused

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}
SHOWN, THUMB = 1600, 320
"""Pixels of the longer side."""
QUALITY = 85
TOO_LARGE = Refused("photo-too-large", megabytes=MOST_BYTES // (1024 * 1024), megapixels=MOST_PIXELS // 10_000)
NO_PICTURE = Refused("not-a-picture")
Image.MAX_IMAGE_PIXELS = None  # Our own limit is narrower, and asked before anything is decoded.


@dataclass(frozen=True, slots=True)
class Picture:
    """What a photo is, and the two JPEGs that are shown of it; width and height are those of the original."""

    type: str
    width: int
    height: int
    shown: bytes
    thumb: bytes


def judge(sha256: str, data: bytes) -> Picture | Refused:
    """The photo that was promised under this digest, small enough, and one that decodes to its last row."""
    if len(data) > MOST_BYTES:
        return TOO_LARGE
    if digest_of(data) != sha256:
        return Refused("photo-digest-differs")
    try:
        return _picture(data)
    except Exception:  # Whatever a decoder says of foreign bytes, it comes to the same.
        return NO_PICTURE


def _picture(data: bytes) -> Picture | Refused:
    with Image.open(BytesIO(data), formats=tuple(TYPES)) as opened:
        kind, (width, height) = str(opened.format), opened.size
        if width * height > MOST_PIXELS:
            return TOO_LARGE
        share = min(1, SHOWN / max(width, height))
        # A JPEG is decoded to its last row, but at the least size that will do.
        opened.draft("RGB", (int(width * share), int(height * share)))
        opened.thumbnail((SHOWN, SHOWN))
        shown = _plain(ImageOps.exif_transpose(opened))
    thumb = shown.copy()
    thumb.thumbnail((THUMB, THUMB))
    return Picture(TYPES[kind], width, height, _jpeg(shown), _jpeg(thumb))


def _plain(image: Image.Image) -> Image.Image:
    """Opaque RGB in an image of its own: nothing but pixels is taken over."""
    if image.mode == "RGB":
        return Image.frombytes("RGB", image.size, image.tobytes())
    layers = image.convert("RGBA")
    plain = Image.new("RGB", layers.size, "white")
    plain.paste(layers, mask=layers.getchannel("A"))
    return plain


def _jpeg(image: Image.Image) -> bytes:
    to = BytesIO()
    image.save(to, "JPEG", quality=QUALITY, optimize=True)
    return to.getvalue()
