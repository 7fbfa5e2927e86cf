"""`python -m deploy.embedded.retell`: every service tells its facts once more; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("retell", speaker, sys.argv[1:]))
