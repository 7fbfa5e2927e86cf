"""`python -m services.greenchannel` runs the service."""

from shared.process.starting import start

start("services.greenchannel.app")
