"""`python -m deploy.embedded.adopt`: goes on where bus and database do not fit together; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("adopt", speaker, sys.argv[1:]))
