"""`python -m services.feedback` runs the service."""

from services.feedback.app import main

main()
