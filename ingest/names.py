"""Names of bodies and posts out of capitals: "ỦY BAN NHÂN DÂN TỈNH SƠN LĨNH" → "Ủy ban nhân dân tỉnh Sơn Lĩnh"."""

import re
from importlib.resources import files

from ingest.structure.landmarks import KINDS
from ingest.vietnamese import fold

# Names that no rule gives.
_KNOWN = {
    fold(name): name
    for name in (
        "Bộ Công Thương",
        "Bộ Công an",
        "Ngân hàng Nhà nước Việt Nam",
        "Kiểm toán Nhà nước",
        "Thủ tướng Chính phủ",
        "Chính phủ",
        "Quốc hội",
        "Ủy ban Thường vụ Quốc hội",
        "Văn phòng Quốc hội",
        "Văn phòng Chính phủ",
        "Chủ tịch nước",
        "Văn phòng Trung ương Đảng",
        "Ban Chấp hành Trung ương",
        "Bộ Chính trị",
        "Ban Bí thư",
        "Ban Thường vụ",
        "Mặt trận Tổ quốc Việt Nam",
        "Phó Bí thư Thường trực",
        "Chủ tịch Quốc hội",
        "Phó Chủ tịch Quốc hội",
        "Phó Thủ tướng Chính phủ",
        "Phó Thủ tướng",
        "Thủ tướng",
        "Bảo hiểm xã hội Việt Nam",
        "Kho bạc Nhà nước",
        "Tòa án nhân dân tối cao",
        "Viện kiểm sát nhân dân tối cao",
        "Ban Tuyên giáo và Dân vận Trung ương",
        "Ban Tuyên giáo và Dân vận",
        "Chánh Văn phòng",
        "Chủ nhiệm Văn phòng Quốc hội",
    )
}
# Leading words that are followed by a proper name of a field of work, whose parts are capitalised.
_FIELDS = re.compile(
    r"^(pho )?(bo truong|thu truong|giam doc|truong|chanh thanh tra|bo|so|phong|ban|cuc truong|tong cuc|chi cuc|"
    r"cuc|vu|trung tam|thanh tra|chi bo|van phong|hoc vien|truong dai hoc|truong cao dang|vien|ban quan ly|"
    r"hoi|cong an)\b"
)
_FIXED = re.compile(
    r"^(?:(?:chu tich |pho chu tich |chanh van phong |van phong )?(?:uy ban nhan dan|hoi dong nhan dan)|ban "
    r"chap hanh dang bo|ban thuong vu|dang bo|doan dai bieu quoc hoi|bi thu|pho bi thu|"
    r"chu tich|pho chu tich|hoi dong|uy ban)\b"
)
_LEVELS = re.compile(
    r"\b(tinh(?! uy| doan)|thanh pho|huyen(?! uy| doan)|quan(?! uy| doan)|thi xa|phuong|xa(?! hoi)|thi tran|dac khu)\b"
)
_LEVEL_WORDS = {
    fold(word): word for word in ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "phường", "xã", "thị trấn", "đặc khu")
}
_WHOLE = re.compile(r"^(?:trung tam|vien|hoi|hoc vien|ban quan ly|truong)\b")
_COMMITTEE = re.compile(r"\b(?:(?:tinh|thanh|huyen|quan|thi|dang) uy|(?:tinh|thanh|huyen) doan|dang bo)\s+(?=\S)")
_JOINT = re.compile(r"\s+[-–]\s+(?=(?:bo|so|ban|uy ban|hoi dong|toa an|vien kiem sat|tong lien doan|mat tran) )")
_CONJUNCTION = re.compile(r"(,\s+|\s+-\s+|\s+–\s+|\s+và\s+)", re.IGNORECASE)
# Bodies whose names keep their capitals inside a longer one: "Ban Tổ chức Tỉnh ủy".
_PROPER = (
    "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy", "Đảng bộ", "Ban Thường vụ", "Ban Chấp hành",
    "Ủy ban Kiểm tra", "Ủy ban nhân dân", "Hội đồng nhân dân", "Mặt trận Tổ quốc",
)  # fmt: skip
_PROPERS = re.compile("|".join(_PROPER), re.IGNORECASE)
_PROPER_BY_FOLD = {fold(name): name for name in _PROPER}
_ENGLISH = re.compile(
    r"\b(?:of|the|people's|committee|council|ministry|government|department|prime|president|national assembly|"
    r"province|city|party|minister|chair(?:person|man|woman)|director|governor|secretary)\b"
)
_ENGLISH_SMALL = frozenset({"of", "the", "and", "for", "on", "in"})


_PROVINCES = {
    fold(name): name for name in files("ingest").joinpath("data/provinces.txt").read_text("utf-8").splitlines()
}


def _title(words: str) -> str:
    """A place name; that of a province always with its right marks, whatever a recognised head made of them."""
    if known := _PROVINCES.get(fold(words)):
        return known
    return " ".join(word[:1].upper() + word[1:].lower() for word in words.split())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _field(words: str) -> str:
    """A field of work: a capital for each part ("nông nghiệp và môi trường" → "Nông nghiệp và Môi trường")."""
    parts = _CONJUNCTION.split(words.lower())
    return "".join(part if index % 2 else _capital(part) for index, part in enumerate(parts))


def _with_level(name: str, level: re.Match[str]) -> str:
    """The words before an administrative level, the level and the place name after it."""
    before, word, after = name[: level.start()].strip(), level.group(0), name[level.end() :].strip()
    place = _title(after)
    printed = _LEVEL_WORDS[level.group(0)]
    if fold(after) == "ho chi minh":
        printed = _capital(printed)
    head = sentence_case(before) if before else ""
    return f"{head} {printed} {place}".strip() if word else name


def sentence_case(name: str, place: str | None = None) -> str:
    """A body or post printed in capitals as running text prints it; `place` helps to know a place name at its end."""
    name = " ".join(name.split()).strip(" ,:;.-–*")
    if not name or not name.isupper():
        return name
    folded = fold(name)
    if folded in _KNOWN:
        return _KNOWN[folded]
    if name.isascii() and _ENGLISH.search(folded.replace("’", "'")):
        return _english(name)
    cased = _PROPERS.sub(lambda match: _PROPER_BY_FOLD[fold(match.group())], _cased(name, folded, place))
    # a level without the name of its place is no name: "Ban Chấp hành Đảng bộ tỉnh"
    level = next((word for word in _LEVEL_WORDS.values() if name.lower().endswith(f" {word}")), "")
    return cased[: len(cased) - len(level)] + level


def _english(name: str) -> str:
    """A body of an English translation: "PEOPLE'S COMMITTEE OF …" → "People's Committee of …"."""
    words = name.lower().split()
    return " ".join(word if word in _ENGLISH_SMALL and index else _capital(word) for index, word in enumerate(words))


def _cased(name: str, folded: str, place: str | None) -> str:
    """A Vietnamese name in capitals, level by level."""
    if joint := _JOINT.search(folded):
        first, second = sentence_case(name[: joint.start()]), sentence_case(name[joint.end() :])
        return f"{first}{name[joint.start() : joint.end()]}{second}"
    if place and folded.endswith(" " + fold(place)) and not _LEVELS.search(folded):
        return f"{sentence_case(name[: -len(place)].strip())} {_title(name[-len(place) :])}"
    level = _LEVELS.search(folded)
    if level and level.end() < len(folded):
        return _with_level(name, level)
    if match := _COMMITTEE.search(folded):
        head, rest = sentence_case(name[: match.end()]), name[match.end() :]
        body = _FIXED.match(fold(rest)) or _FIELDS.match(fold(rest))
        return f"{head} {sentence_case(rest) if body else _title(rest)}"
    return _plain(name, folded)


def _plain(name: str, folded: str) -> str:
    if match := re.match(
        r"^(?:(?:chu tich|pho chu tich|chanh van phong|pho chanh van phong|van phong|bi thu|pho bi thu) )(?=uy "
        r"ban|hoi dong|dang|tinh|thanh|huyen|quoc hoi)",
        folded,
    ):
        rest = sentence_case(name[match.end() :])
        return f"{_post(name[: match.end()].strip())} {rest}"
    if match := re.match(r"^(?:pho )(?=\S)", folded):
        return f"Phó {sentence_case(name[match.end() :])}"
    if match := re.match(
        r"^(?:pho truong ban|truong ban|bo truong|thu truong|giam doc|chu nhiem|cuc truong)\s+(?=\S)", folded
    ):
        return f"{_capital(name[: match.end()].lower())}{sentence_case(name[match.end() :])}"
    if _FIXED.match(folded):
        return _capital(name.lower())
    if (match := _FIELDS.match(folded)) and match.end() < len(name):
        head = _capital(name[: match.end()].strip().lower())
        rest = name[match.end() :].strip()
        whole = _WHOLE.match(folded) is not None
        return f"{head} {_capital(rest.lower()) if whole else _field(rest)}"
    return _capital(name.lower())


def _post(words: str) -> str:
    return _capital(words.lower())


def kind_word(folded: str) -> str:
    """The type word whose folded form is given."""
    return next(kind for kind in KINDS if fold(kind) == folded)
