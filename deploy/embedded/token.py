"""`python -m deploy.embedded.token`: the tokens of an organisation's programs, for HTTP; see `deploy/commands`."""

import sys

from deploy.commands.running import carried_out
from deploy.embedded.speaking import speaker

if __name__ == "__main__":
    sys.exit(carried_out("token", speaker, sys.argv[1:]))
