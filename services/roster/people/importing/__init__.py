"""Persons and their posts entered from a table: looked through first, then each right row by itself."""
