"""The errors a person can meet, each one sentence that says what happened and what to do.

KbError
├── UsageError        the question, option or file name cannot be used as given
│   └── NotFound      no such document or passage
├── StoreError        the knowledge base on disk cannot be opened or is of another version
│   └── Busy          another process owns the base
└── EncoderError      the encoder cannot be loaded, or does not understand Vietnamese
"""


class KbError(Exception):
    """Base: `code` is stable for scripts (`--json`), the message is for people, `status` is the HTTP answer."""

    code = "error"
    status = 500

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class UsageError(KbError):
    """The request cannot be carried out as asked."""

    code = "usage"
    status = 400


class NotFound(UsageError):
    """Nothing has that name."""

    code = "not_found"
    status = 404


class StoreError(KbError):
    """The knowledge base cannot be used."""

    code = "store"
    status = 503


class Busy(StoreError):
    """Another process owns the knowledge base."""

    code = "busy"


class EncoderError(KbError):
    """The encoder cannot be used; search goes on in the words tier."""

    code = "encoder"
    status = 503
