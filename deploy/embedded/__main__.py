"""`python -m deploy.embedded [--no-year]`, which is what `make run` types."""

import argparse
import sys

from deploy.embedded.county.programs import Programs
from deploy.embedded.county.supervisor import supervise
from deploy.embedded.settings import Settings
from shared.process.lines import only_json


def main() -> int:
    """The year is left out by `--no-year` or LIANBAN_YEAR=0."""
    parser = argparse.ArgumentParser(prog="make run", description="Runs the county on this machine.")
    parser.add_argument("--no-year", action="store_true", help="do not load the roster and the year 2018")
    asked = parser.parse_args()
    only_json("county", sys.stderr)
    settings = Settings()
    if asked.no_year:
        settings = settings.model_copy(update={"year": False})
    return supervise(settings, Programs())


if __name__ == "__main__":
    sys.exit(main())
