"""Feedback adds the facts up, exactly once, and issues reports: a folder for each of its subjects."""
