"""`python -m services.greenchannel` runs the service."""

from services.greenchannel.app import main

main()
