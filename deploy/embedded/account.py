"""`python -m deploy.embedded.account`: a one-time code for a person; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("account", speaker, sys.argv[1:]))
