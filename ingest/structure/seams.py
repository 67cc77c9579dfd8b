"""Where a conversion lost the break between two parts of a letterhead (DOMAIN §2.3 case 18).

"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcSố: 30/2020/NĐ-CPHà Nội, ngày 05 tháng 3 năm 2020".
"""

import re
from collections.abc import Iterator

from ingest.structure.landmarks import KINDS
from ingest.vietnamese import LOWER, UPPER

_TYPES = "|".join(sorted((kind.upper() for kind in KINDS if " " in kind), key=len, reverse=True))
_TOUCHES = r"(?:(?<=\w)|(?<=[-–_*]{3})|(?<=\w\*))"
_STATE, _PARTY = r"CỘNG\s?HÒA\s?XÃ\s?HỘI", r"ĐẢNG\s?CỘNG\s?SẢN\s?VIỆT"
_SEAM = re.compile(
    rf"(?P<motto>{_TOUCHES}(?={_STATE}|{_PARTY})|(?<=VIỆT NAM)(?=\w)|(?<=[Hh]ạnh [Pp]húc)(?=[\w_–-])(?!-\s))"
    rf"|{_TOUCHES}(?=[Ss][ốỐ]\s?[:.]?\s?\d{{1,5}}\s?[-/])"
    rf"|(?<=[{UPPER}\d])(?=[{UPPER}][{LOWER}]+(?:[ -][{UPPER}][{LOWER}]+){{0,4}}\s?,\s?ngày)"
    rf"|(?<=NHÂN DÂN)(?=TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|PHƯỜNG|XÃ|ĐẶC KHU)"
    rf"|(?P<type>(?<=\d)(?={_TYPES}))"
)
_TYPE_ENDS = re.compile(rf"(?:{_TYPES})(?=\w)")
_TYPE_OPENS = re.compile(rf"\W*(?:{_TYPES})(?=[{UPPER}]?[{LOWER}])")


def seams(line: str) -> Iterator[int]:
    """The offsets at which `line` should break, in order."""
    if opens := _TYPE_OPENS.match(line):
        yield opens.end()
    for match in _SEAM.finditer(line):
        if 0 < match.start() < len(line):
            yield match.start()
        if match.group("type") is not None and (ends := _TYPE_ENDS.match(line, match.start())):
            yield ends.end()
