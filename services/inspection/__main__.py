"""`python -m services.inspection` runs the service."""

from shared.process.starting import start

start("services.inspection.app")
