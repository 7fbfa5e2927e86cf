"""Persons, their homes and particulars, and the posts they hold."""
