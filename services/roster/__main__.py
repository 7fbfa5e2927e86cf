"""`python -m services.roster` runs the service."""

from services.roster.app import main

main()
