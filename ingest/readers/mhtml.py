"""Web pages saved as one file (MHTML: MHT, and the "DOC" that many portals hand out): the page inside."""

import email
from email.message import Message

from ingest.errors import Unreadable

_SAID = (b"mime-version:", b"from:", b"subject:", b"date:", b"content-type:", b"message-id:")


def is_mhtml(head: bytes) -> bool:
    """Whether a file that begins with `head` (its first kilobytes) is a page packed as a mail."""
    lowered = head.lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    return lowered.startswith(_SAID) and b"mime-version:" in lowered and b"text/html" in lowered


def page_of(data: bytes) -> bytes:
    """The HTML of the page, unpacked.

    Raises Unreadable("truncated") where there is none.
    """
    message: Message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return page
    raise Unreadable("truncated", "Trang web lưu thành một tệp (MHT) bị hỏng hoặc bị cắt cụt. Hãy lưu lại trang.")
