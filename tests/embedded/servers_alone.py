"""The supervisor with its servers and none of the county's programs: `python -m tests.embedded.servers_alone`."""

import sys

from deploy.embedded.county.programs import Programs
from deploy.embedded.county.supervisor import supervise
from deploy.embedded.settings import Settings

if __name__ == "__main__":
    sys.exit(supervise(Settings(), Programs(setup=None, services={}, gateway=False, year=None)))
