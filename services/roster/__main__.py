"""`python -m services.roster` runs the service."""

from shared.process.starting import start

start("services.roster.app")
