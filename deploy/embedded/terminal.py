"""The supervisor's own lines on the terminal."""

from contextlib import suppress


def say(line: str) -> None:
    """One line at once, also when the output is a pipe; that nobody can read it any more stops nothing."""
    with suppress(OSError):
        print(line, flush=True)
