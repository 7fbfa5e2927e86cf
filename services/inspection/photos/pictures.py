"""Whether bytes are a photo, and how it is shown: made anew from its pixels, nothing of its metadata is left.

What cannot be decoded within `MOST_HELD` is refused before it is decoded, so that memory stays bounded whatever comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from warnings import catch_warnings, simplefilter

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from services.inspection.photos.frames import frame_of
from services.inspection.photos.picture import TOO_LARGE, Picture
from shared.bus.photos import digest_of
from shared.events.photos import MOST_BYTES, MOST_HELD, MOST_PIXELS, MOST_SCANS, type_of
from shared.pipeline.decisions import Refused

SHOWN, THUMB = 1600, 320
"""Pixels of the longer side."""
QUALITY = 85
PIXEL = 4
"""Bytes of a decoded pixel at most."""
STRIP = 250_000
"""Pixels of the original that are made plain at once."""
NO_PICTURE = Refused("not-a-picture")
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by the EXIF orientation with which it was taken."""
Image.MAX_IMAGE_PIXELS = None  # Our own limit is asked before anything is decoded.


def judge(sha256: str, data: bytes) -> Picture | Refused:
    """The photo that was promised under this digest, small enough, and one that decodes to its last row.

    Done in a process of its own (`looking.py`): a file may be made so that looking at it takes for ever.
    """
    if len(data) > MOST_BYTES:
        return TOO_LARGE
    if digest_of(data) != sha256:
        return Refused("photo-digest-differs")
    try:
        with catch_warnings():
            simplefilter("ignore")  # Of metadata, of which nothing is shown.
            return _picture(data)
    except MemoryError:
        raise
    except Exception:  # Whatever a decoder says of foreign bytes, it comes to the same.
        return NO_PICTURE


def _picture(data: bytes) -> Picture | Refused:
    opened = _jpeg_within(data) if type_of(data) == "image/jpeg" else _png_within(data)
    if isinstance(opened, Refused):
        return opened
    with opened:
        (width, height), kind = opened.size, str(type_of(data))
        if isinstance(opened, JpegImageFile):
            share = min(1, SHOWN / max(width, height))
            # A JPEG is decoded to its last row, but at the least size that will do.
            opened.draft("RGB", (max(1, int(width * share)), max(1, int(height * share))))
        opened.load()
        shown = _upright(_smaller(opened), opened)
    thumb = shown.copy()
    thumb.thumbnail((THUMB, THUMB))
    return Picture(kind, width, height, _jpeg(shown), _jpeg(thumb))


def _jpeg_within(data: bytes) -> JpegImageFile | Refused:
    """The first picture of the file: a phone may put a second one, or a film, behind it."""
    frame = frame_of(data)
    if frame is None or frame.scans > MOST_SCANS:
        return NO_PICTURE
    pixels = frame.width * frame.height
    if frame.held > MOST_HELD:
        return _too_many(pixels, pixels * MOST_HELD // frame.held, "渐进式JPEG", "progressive JPEG")
    return _too_many(pixels, MOST_PIXELS, "JPEG", "JPEG") if pixels > MOST_PIXELS else JpegImageFile(BytesIO(data))


def _png_within(data: bytes) -> PngImageFile | Refused:
    """A PNG cannot be decoded at a smaller size."""
    opened = PngImageFile(BytesIO(data))
    pixels, most = opened.width * opened.height, MOST_HELD // PIXEL
    return _too_many(pixels, most, "PNG", "PNG") if pixels > most else opened


def _too_many(pixels: int, most: int, kind: str, kind_en: str) -> Refused:
    """In units of 10,000, as pixels are counted in Chinese, and in millions."""
    return Refused(
        "photo-too-many-pixels",
        kind=kind,
        pixels=-(-pixels // 10_000),
        most=most // 10_000,
        kind_en=kind_en,
        pixels_en=f"{pixels / 1e6:.1f}",
        most_en=f"{most / 1e6:.1f}",
    )


def _smaller(image: Image.Image) -> Image.Image:
    """Opaque RGB of at most `SHOWN`, in an image of its own: nothing but pixels is taken over."""
    by = max(1, max(image.size) // SHOWN)
    if by == 1 and image.mode == "RGB":
        image.thumbnail((SHOWN, SHOWN))
        return Image.frombytes("RGB", image.size, image.tobytes())
    made = Image.new("RGB", (-(-image.width // by), -(-image.height // by)))
    for top, strip in _strips(image, by):
        made.paste(strip.reduce(by) if by > 1 else strip, (0, top // by))
    made.thumbnail((SHOWN, SHOWN))
    return made


def _strips(image: Image.Image, by: int) -> Iterator[tuple[int, Image.Image]]:
    """Strips of a number of rows that `by` divides, from the top, each plain: never a second copy of the whole."""
    rows = max(1, STRIP // image.width // by) * by
    for top in range(0, image.height, rows):
        yield top, _plain(image.crop((0, top, image.width, min(top + rows, image.height))))


def _plain(strip: Image.Image) -> Image.Image:
    """On white where one can look through; of 16 bits the higher eight."""
    if strip.mode.startswith("I"):
        strip = _eight_bits(strip)
    if not strip.has_transparency_data:
        return strip.convert("RGB")
    layers = strip.convert("RGBA")
    plain = Image.new("RGB", layers.size, "white")
    plain.paste(layers, mask=layers.getchannel("A"))
    return plain


def _eight_bits(strip: Image.Image) -> Image.Image:
    """Of a greyscale of 16 bits."""
    wide = strip.convert("I;16L" if strip.mode == "I" else strip.mode)
    high = 0 if wide.mode == "I;16B" else 1
    return Image.frombytes("L", wide.size, wide.tobytes()[high::2])


def _upright(image: Image.Image, original: Image.Image) -> Image.Image:
    """As it was held when it was taken; what says so in a way that cannot be read turns nothing."""
    with suppress(Exception):
        if (turn := UPRIGHT.get(original.getexif().get(ORIENTATION, 1))) is not None:
            return image.transpose(turn)
    return image


def _jpeg(image: Image.Image) -> bytes:
    to = BytesIO()
    image.save(to, "JPEG", quality=QUALITY, optimize=True)
    return to.getvalue()
