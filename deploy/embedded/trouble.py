"""What stops the county from starting, said to the person at the terminal."""


class Trouble(Exception):
    """Its text is one sentence that says what to do; no stack trace is shown with it."""
