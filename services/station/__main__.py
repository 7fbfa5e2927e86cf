"""`python -m services.station`."""

import sys

from services.station.cli import main

if __name__ == "__main__":
    sys.exit(main())
