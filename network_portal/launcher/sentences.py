"""What stops a start is said in one sentence with what to do, never as a traceback."""

import sys


class CannotStart(SystemExit):
    """Ends the process with exit code 1 and the sentence on stderr."""


def say(text: str) -> None:
    """A line of progress; stderr, because stdout belongs to a command's result."""
    print(text, file=sys.stderr, flush=True)
