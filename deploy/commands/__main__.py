"""`python -m deploy.commands`, which is what `lianban` types: done (0), or a sentence that says why not."""

from __future__ import annotations

import sys

from deploy.commands.door import Typed, lianban
from deploy.commands.verbs import counting, founding, letting_in, mending, saving
from deploy.embedded.trouble import Trouble

VERBS = (founding, letting_in, counting, saving, mending)
"""Each declares its own; named so that all of them are there."""


def main() -> int:
    """1 where something cannot be done, 2 where it was not typed rightly, 78 where settings are not right."""
    try:
        lianban(sys.argv[1:], prog_name="lianban", obj=Typed(sys.argv[1:]))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return trouble.status
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
