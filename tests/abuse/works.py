"""What a file might be made to do to whoever looks at it: each is a `work` that does it when it is told to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.inspection.photos.work import work as looks_at_photos

MIB = 1024 * 1024
SPINS, EATS, DIES, SLEEPS, WRITES, TELLS = "spins", "eats", "dies", "sleeps", "writes", "tells"


def work(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """By `do`; a photo that ends in one of these words does it too, any other is looked at."""
    do = given.get("do") or next((word for word in (SPINS, DIES) if given["data"].endswith(word.encode())), "")
    if do == SPINS:
        while True:
            pass
    if do == EATS:
        held = [bytearray(MIB) for _ in range(10_000)]
        return {"held": len(held)}
    if do == DIES:
        os.kill(os.getpid(), signal.SIGSEGV)
    if do == SLEEPS:
        time.sleep(600)
    if do == WRITES:
        Path(given["to"]).write_text("written")
    if do == TELLS:
        score = int(Path("/proc/self/oom_score_adj").read_text())
        return {"environment": sorted(os.environ), "first_to_go": score, "pid": os.getpid()}
    return looks_at_photos(given)
