"""Traces of submissions, from whoever takes them in to a month's figures; loaded only where a collector is told."""
