"""Organisations: how each stood on which day."""
