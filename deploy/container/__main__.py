"""`python -m deploy.container [health | arguments of the process]`: SERVICE chooses the process of the one image."""

from __future__ import annotations

import os
import sys

from deploy.container.health import is_healthy
from deploy.container.processes import PROCESSES, chosen
from shared.process.lines import ending


def main() -> None:
    """Becomes the chosen process, or says whether it is alive."""
    name = os.environ.get("SERVICE", "")
    process = chosen(name)
    if process is None:
        why = f"SERVICE is {name or 'not set'}: it names what this container runs, one of {', '.join(PROCESSES)}."
        sys.exit(ending(name, why))
    if sys.argv[1:] == ["health"]:
        sys.exit(0 if is_healthy(process) else 1)
    os.execv(sys.executable, [sys.executable, "-m", *process.command(sys.argv[1:])])


if __name__ == "__main__":
    main()
