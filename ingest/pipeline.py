"""From the bytes of a file to a `Document`: read, find the outline, read head and foot, find references."""

import hashlib
import unicodedata
from pathlib import PurePosixPath

from ingest.document import Document, Limits
from ingest.effect import stated
from ingest.metadata import metadata
from ingest.quality import document_quality, flagged
from ingest.readers import read
from ingest.readers.ocr import Recogniser
from ingest.references import references
from ingest.secrecy import gate
from ingest.structure.outline import outline


def ingest(
    data: bytes,
    name: str,
    limits: Limits = Limits(),  # noqa: B008  Limits is frozen
    recogniser: Recogniser | None = None,
) -> Document:
    """The document that a file holds. `name` is its path or base name, of use only for its ending.

    Scanned pages are read by `recogniser`; without one they wait (`Page.waiting`).

    Raises ReadError with a Vietnamese reason when there is none: Unreadable, or Refused, also for a stamp of secrecy.
    """
    reading = read(data, name, limits, recogniser)
    gate(reading)
    found = outline(reading)
    head = stated(reading.text, found.passages, metadata(reading, found.zoned))
    cited, short = references(reading.text, found.zoned, found.passages, head)
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        file=unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name),
        format=reading.format,
        text=reading.text,
        metadata=head,
        passages=flagged(reading.text, found.passages, reading.pages),
        pages=reading.pages,
        boxes=reading.boxes,
        references=cited,
        aliases=short,
        repairs=reading.repairs,
        warnings=(*reading.warnings, *found.warnings),
        quality=document_quality(reading.text, reading.pages),
    )
