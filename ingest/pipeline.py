"""From the bytes of a file to a `Document`: read, find the outline, read head and foot, find references."""

import hashlib
import unicodedata
from pathlib import PurePosixPath

from ingest.document import Document, Limits
from ingest.metadata import metadata
from ingest.readers import read
from ingest.structure.outline import outline


def ingest(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008  Limits is frozen
    """The document that a file holds. `name` is its path or base name, of use only for its ending.

    Raises ReadError (Unreadable, Refused) with a Vietnamese reason when there is none.
    """
    reading = read(data, name, limits)
    found = outline(reading)
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        file=unicodedata.normalize("NFC", PurePosixPath(name.replace("\\", "/")).name),
        format=reading.format,
        text=reading.text,
        metadata=metadata(reading, found.zoned),
        passages=found.passages,
        pages=reading.pages,
        boxes=reading.boxes,
        repairs=reading.repairs,
        warnings=(*reading.warnings, *found.warnings),
    )
