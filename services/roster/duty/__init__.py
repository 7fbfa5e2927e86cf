"""Turns of duty (轮值、联值), what was done in them, and ideas."""
