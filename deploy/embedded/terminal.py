"""The supervisor's own lines on the terminal."""


def say(line: str) -> None:
    """One line at once, also when the output is a pipe."""
    print(line, flush=True)
