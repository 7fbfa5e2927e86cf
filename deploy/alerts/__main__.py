"""`python -m deploy.alerts`: the relay from Alertmanager to people, until it is told to stop."""

from __future__ import annotations

import uvicorn

from deploy.alerts.app import application
from deploy.alerts.settings import read_settings
from shared.process.log import log_as_json


def main() -> None:
    """Reads the settings and relays."""
    settings = read_settings()
    log_as_json("alerts")
    host, port = settings.http_host, settings.http_port
    uvicorn.run(application(settings), host=host, port=port, log_config=None, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
