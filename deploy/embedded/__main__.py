"""`python -m deploy.embedded [--no-year]`, which is what `make run` types."""

import argparse
import os
import sys

from deploy.embedded.county.programs import Programs
from deploy.embedded.county.supervisor import supervise
from deploy.embedded.settings import Settings, not_right, read_settings
from deploy.embedded.trouble import Trouble
from services.roster.enrolment.settings import RosterSettings
from shared.process.config import would_refuse
from shared.process.lines import only_json


def main() -> int:
    """The year is left out by `--no-year` or LIANBAN_YEAR=0."""
    parser = argparse.ArgumentParser(prog="make run", description="Runs the county on this machine.")
    parser.add_argument("--no-year", action="store_true", help="do not load the roster and the year 2018")
    asked = parser.parse_args()
    only_json("county", sys.stderr)
    try:
        settings = _settings()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    if asked.no_year:
        settings = settings.model_copy(update={"year": False})
    return supervise(settings, Programs())


def _settings() -> Settings:
    """Also what the services read for themselves is looked at before anything is started."""
    settings = read_settings()
    if mistakes := would_refuse(os.environ, RosterSettings):
        raise not_right(mistakes)
    return settings


if __name__ == "__main__":
    sys.exit(main())
