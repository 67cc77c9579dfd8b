"""From the bytes of a file to a `Document`: read, find the outline, read head and foot, find references."""

import hashlib
import unicodedata
from pathlib import PurePosixPath

from ingest.document import Document, Limits
from ingest.metadata import metadata
from ingest.quality import document_quality, flagged
from ingest.readers import read
from ingest.references import references
from ingest.secrecy import gate
from ingest.structure.outline import outline


def ingest(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008  Limits is frozen
    """The document that a file holds. `name` is its path or base name, of use only for its ending.

    Raises ReadError with a Vietnamese reason when there is none: Unreadable, or Refused, also for a stamp of secrecy.
    """
    reading = read(data, name, limits)
    gate(reading)
    found = outline(reading)
    head = metadata(reading, found.zoned)
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
