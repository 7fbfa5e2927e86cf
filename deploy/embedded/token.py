"""`python -m deploy.embedded.token <code>`: an organisation's token for HTTP, as it is now."""

from __future__ import annotations

import argparse
import sys

from deploy.embedded.county.folder import token_secret
from deploy.embedded.settings import Settings
from deploy.embedded.speaking import county_tells, known_code
from deploy.embedded.trouble import Trouble
from shared.identity.tokens import token_of


def main() -> int:
    """Prints the token alone, so that it can be put into a file or a variable."""
    parser = argparse.ArgumentParser(prog="python -m deploy.embedded.token", description="Prints a station's token.")
    parser.add_argument("code", help="the organisation's code: 150424100202")
    asked = parser.parse_args()
    try:
        organisation = county_tells(f"/roster/api/organisations/{known_code(asked.code)}")
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(token_of(asked.code, token_secret(Settings().data), organisation.get("keys_ended", 0)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
