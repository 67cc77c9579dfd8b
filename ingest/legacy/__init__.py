"""Old encodings: bytes of a text file, or runs of a formatted one, to Unicode."""

from dataclasses import dataclass

from ingest.legacy.detect import is_unicode, is_viqr, of_font, of_text, share_valid
from ingest.legacy.runs import Runs
from ingest.legacy.tables import CP1258_NAME, TCVN3_NAME, VIQR_NAME, VISCII_NAME, VNI_NAME, convert, pattern_of
from ingest.vietnamese import nfc

__all__ = ["Decoded", "Runs", "convert", "decode", "is_unicode", "of_font", "of_text", "pattern_of"]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a file, and what was mended on the way."""

    text: str
    repairs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Bytes of a text file as Unicode. Never fails: bytes that nothing explains become U+FFFD, with a warning."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(data.decode("utf-16", errors="replace"))
    if len(data) > 3 and max(data[0:4096:2].count(0), data[1:4096:2].count(0)) > 400:
        order = "utf-16-be" if data[0:4096:2].count(0) > data[1:4096:2].count(0) else "utf-16-le"
        return Decoded(data.decode(order, errors="replace"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _eight_bit(data)
    # A legacy text saved "as UTF-8" keeps its bytes as Latin-1 characters.
    encoding = VIQR_NAME if is_viqr(text) else of_text(text)
    return Decoded(convert(text, encoding), (_repair(encoding),)) if encoding else Decoded(text)


def _eight_bit(data: bytes) -> Decoded:
    damaged = data.decode("utf-8-sig", errors="replace")
    if damaged.count("\ufffd") * 200 < len(damaged):
        return Decoded(damaged, warnings=("Một số byte không đọc được theo UTF-8; chỗ ấy hiện là dấu �.",))
    western = data.decode("cp1252", errors="replace")
    candidates = {encoding: convert(western, encoding) for encoding in (TCVN3_NAME, VNI_NAME, VISCII_NAME)}
    candidates[CP1258_NAME] = nfc(data.decode("cp1258", errors="replace"))
    best = max(candidates, key=lambda encoding: share_valid(candidates[encoding]))
    if share_valid(candidates[best]) < 0.7:
        return Decoded(western, warnings=("Không rõ bảng mã của tệp; chữ có thể sai. Hãy lưu lại tệp theo UTF-8.",))
    return Decoded(candidates[best], (_repair(best),))


def _repair(encoding: str) -> str:
    return f"{encoding} → Unicode: toàn tệp"
