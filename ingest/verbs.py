"""The phrases that say what a paper does with a document it names, on folded text (DOMAIN §3.2)."""

import re

# Verb phrases on folded text; the last match before a mention governs it. Passive ones turn the relation round.
_PASSIVE = (
    (
        "amends",
        r"(?:da |duoc |da duoc |bi )(?:sua doi|(?:dieu chinh,? )?bo sung)"
        r"(?:,? bo sung| va bo sung)?[^;.]{0,60}?(?:boi|tai|theo|bang)",
    ),
    ("replaces", r"(?:duoc|bi) thay the (?:boi|bang|tai|theo)"),
    ("repeals", r"(?:duoc|bi) bai bo (?:boi|bang|tai|theo)"),
    ("corrects", r"(?:duoc|bi) dinh chinh (?:boi|tai|theo)"),
)
# Of translations: "This Decision replaces Decision No. …", "Pursuant to the Law …".
_ENGLISH = {
    "amends": r"\bamend(?:s|ing)\b",
    "repeals": r"\b(?:repeal|annul|revok)(?:e?s|l?ing)\b",
    "replaces": r"\b(?:replac|supersed)(?:es|ing)\b",
    "basis": r"\bpursuant to\b",
    "implements": r"\bimplement(?:s|ing)\b",
}
_ENGLISH_PASSIVE = {
    "amends": r"\bamended(?: and supplemented)? by\b",
    "repeals": r"\b(?:repealed|annulled|revoked) by\b",
    "replaces": r"\b(?:replaced|superseded) by\b",
}
_ACTIVE = (
    (
        "amends",
        r"sua doi(?:,? bo sung)?(?:(?:,| va) (?:bai bo|thay the))+|(?:thay the|bai bo)(?:,? (?:va )?(?:thay the|bai "
        r"bo|bo sung))* (?:mot so |cac )?(?:tu\b|cum tu|doan)"
        r"|sua doi|bo sung(?! (?:ho so|kinh phi|du toan|nguon|von|nhan luc|can bo|trang thiet bi|nguyen lieu))"
        r"|thay the? (?:the )?(?:cac |mot so )?(?:cum |doan )?tu\b|thay cum tu|bo (?:cum )?tu\b",
    ),
    (
        "details",
        r"(?:quy dinh|huong dan)(?: ve)? chi tiet(?:,? (?:va )?(?:huong dan |bien phap )?(?:thi hanh|thuc hien))?"
        r"|bien phap (?:de )?(?:to chuc,? )?(?:huong dan )?thi hanh",
    ),
    ("guides", r"huong dan (?:viec )?(?:thi hanh|thuc hien|ap dung|mot so|(?=luat\b))"),
    (
        "continues",
        r"tiep tuc (?:duoc )?(?:thuc hien|ap dung|giai quyet|thi hanh)(?: theo)?|ap dung (?:cac |mot so |nguyen "
        r")?van ban",
    ),
    ("corrects", r"dinh chinh"),
    ("suspends", r"(?:tam )?ngung hieu luc|dinh chi(?: viec)? thi hanh"),
    ("repeals", r"bai bo|huy bo|het hieu luc"),
    ("replaces", r"thay the(?! (?:cac |mot so )?(?:cum |doan )?(?:tu|noi dung)\b)"),
    ("attached", r"kem theo"),
    ("reviews", r"so ket|tong ket|ket qua \d* ?(?:nam )?thuc hien"),
    (
        "basis",
        r"(?:theo|xet) de nghi[^;.]{0,90}? tai|(?<!cu the )\bcan cu(?: vao)?(?= (?:luat|bo luat|nghi|thong tu|"
        r"quyet dinh so|ke hoach so|chi thi))",
    ),
    ("implements", r"(?:trien khai )?(?:to chuc )?(?:thuc hien|(?<!hieu luc )thi hanh(?! an\b))|trien khai|cu the hoa"),
    (
        "refers",
        r"(?:theo|tai|voi|trong) (?:dung )?quy dinh|quy dinh (?:tai|o|trong)|dieu chinh|ra soat|can cu(?: vao)? "
        r"quy dinh|phu hop voi",
    ),
)


def _or(english: dict[str, str], verb: str) -> str:
    return f"|{english[verb]}" if verb in english else ""


VERBS = re.compile(
    "|".join(
        [
            *(f"(?P<passive_{verb}>{rule}{_or(_ENGLISH_PASSIVE, verb)})" for verb, rule in _PASSIVE),
            *(f"(?P<{verb}>{rule}{_or(_ENGLISH, verb)})" for verb, rule in _ACTIVE),
        ]
    )
)
