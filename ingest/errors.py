"""What can go wrong with a file, each with one sentence for the person who added it.

ReadError
├── Refused      the file breaks a rule (limit, state-secret mark): kept out on purpose
└── Unreadable   the file is damaged, encrypted, empty or not what its name says
"""


class ReadError(Exception):
    """A file that gives no document. `code` is stable for scripts, `reason` a Vietnamese sentence on what to do."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Refused(ReadError):
    """Kept out on purpose."""


class Unreadable(ReadError):
    """Could not be read."""
