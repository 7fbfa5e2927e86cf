"""`python -m deploy.embedded.rebuild`: figures are made anew from the ledger of facts; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("rebuild", speaker, sys.argv[1:]))
