"""`python -m deploy.up [check]`: what `make up` and `make check-up` type."""

from __future__ import annotations

import os
import sys

from deploy.up import settings
from deploy.up.compose import NoCompose
from deploy.up.settings import WrongSettings
from deploy.up.starting import check, start


def main() -> int:
    """0 where the county runs or could be started, 1 where it could not, with a sentence."""
    shell = dict(os.environ)
    try:
        return check(shell) if sys.argv[1:] == ["check"] else start(shell)
    except (NoCompose, WrongSettings) as why:
        print(why, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{settings.place(shell)}：{error.strerror}。 The settings cannot be kept.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
