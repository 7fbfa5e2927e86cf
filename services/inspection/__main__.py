"""`python -m services.inspection` runs the service."""

from services.inspection.app import main

main()
