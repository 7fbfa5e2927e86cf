"""`python -m deploy.embedded.revoke`: a station's key is void at once and for good; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("revoke", speaker, sys.argv[1:]))
