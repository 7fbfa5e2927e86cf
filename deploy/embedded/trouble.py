"""What stops the county from starting or a command from being done, said to the person at the terminal."""

from shared.process.config import NOT_LET_IN


class Trouble(Exception):
    """Its text is one sentence that says what to do; no stack trace is shown with it."""

    status = 1
    """With which the program ends."""


class NotRight(Trouble):
    """Nothing was begun, and nothing will be until the settings are mended."""

    status = NOT_LET_IN
