"""A county in one encrypted file: saved while it runs, and brought back in an empty place."""
