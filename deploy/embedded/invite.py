"""`python -m deploy.embedded.invite`: lets a station enrol, with a code that is used once; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("invite", speaker, sys.argv[1:]))
