"""`python -m deploy.embedded.register`: founds the county and enters its organisations; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("register", speaker, sys.argv[1:]))
