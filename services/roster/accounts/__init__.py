"""Accounts of persons: one-time codes, passwords, one-time passwords, sessions and devices; none of it leaves here."""
