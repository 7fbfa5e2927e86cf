"""`python -m services.feedback` runs the service."""

from shared.process.starting import start

start("services.feedback.app")
