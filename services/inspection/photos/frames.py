"""What a JPEG says before it is decoded: its size, and how much has to be held at once to decode it.

ITU-T T.81: a picture that comes in one scan is decoded row by row, at the least size that will do. One that comes in
several, as a progressive one does, is held whole at its full size until the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
ALONE = {0x01, *range(0xD0, 0xD9)}
SCAN, END = 0xDA, 0xD9
BLOCK = 64 * 2
"""Bytes of the 8x8 coefficients of a block."""
NEXT = re.compile(rb"\xff+([^\x00\xff])")
AFTER_SCAN = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")


@dataclass(frozen=True, slots=True)
class Frame:
    """Pixels of the first picture of a file, in how many scans they come, and bytes that are held until the last."""

    width: int
    height: int
    scans: int
    held: int


def frame_of(jpeg: bytes) -> Frame | None:
    """Of the first picture in the file, whatever follows it; None when it has none."""
    frame, progressive, scans = b"", False, list[bytes]()
    for marker, body in _segments(jpeg):
        if marker in FRAMES and not frame:
            frame, progressive = body, marker in PROGRESSIVE
        if marker == SCAN:
            scans.append(body)
    if len(frame) < 6 or len(frame) < 6 + 3 * frame[5] or not frame[5] or not scans or not scans[0]:
        return None
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    is_held = progressive or scans[0][0] < frame[5]
    return Frame(width, height, len(scans), _coefficients(frame, width, height) if is_held else 0)


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """Markers up to the end of the picture, each with what it says; what lies between two is skipped as decoders do."""
    at, after = 2, NEXT
    while (found := after.search(jpeg, at)) and (marker := found[1][0]) != END:
        at, after = found.end(), NEXT
        if marker not in ALONE:
            ends = at + max(int.from_bytes(jpeg[at : at + 2]), 2)
            yield marker, jpeg[at + 2 : ends]
            at, after = ends, AFTER_SCAN if marker == SCAN else NEXT


def _coefficients(frame: bytes, width: int, height: int) -> int:
    """Bytes of all blocks of all components, each sampled as the frame says."""
    samplings = [(frame[n] >> 4, frame[n] & 15) for n in range(7, 7 + 3 * frame[5], 3)]
    across, down = max(8 * h for h, _ in samplings) or 8, max(8 * v for _, v in samplings) or 8
    units = -(-width // across) * -(-height // down)
    return sum(units * h * v for h, v in samplings) * BLOCK
