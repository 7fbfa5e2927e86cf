"""`python -m deploy.embedded.token <code>`: a station's token for HTTP, from the folder of data."""

import argparse
import re
import sys

from deploy.embedded.folder import secret_place
from deploy.embedded.settings import Settings
from shared.events.vocabulary import CODE_PATTERN
from shared.tokens import token_of


def main() -> int:
    """Prints the token alone, so that it can be put into a file or a variable; never makes a secret."""
    parser = argparse.ArgumentParser(prog="python -m deploy.embedded.token", description="Prints a station's token.")
    parser.add_argument("code", help="the station's code: 150424100202")
    code, place = parser.parse_args().code, secret_place(Settings().data)
    if not re.fullmatch(CODE_PATTERN, code):
        print(f"{code} is no organisation's code: a village's has 12 digits, such as 150424100202.", file=sys.stderr)
        return 1
    if not place.exists():
        print(f"{place} is not there: type `make run` once, which makes it.", file=sys.stderr)
        return 1
    print(token_of(code, place.read_text().strip()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
