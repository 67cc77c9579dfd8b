"""The fixed phrases of an official paper, matched on folded text so that lost marks and OCR slips do not hide them."""

import re

from ingest.vietnamese import fold

# Type words in sentence case, longest first; a line that is one of them in capitals is the type line (DOMAIN §1).
KINDS = (
    "Chương trình hành động",
    "Văn bản hợp nhất",
    "Nghị quyết liên tịch",
    "Thông tư liên tịch",
    "Thuyết minh tóm tắt",
    "Thông báo kết luận",
    "Phiếu báo",
    "Quy định tạm thời",
    "Kết luận thanh tra",
    "Hiến pháp",
    "Bộ luật",
    "Pháp lệnh",
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Thông tư",
    "Thông tri",
    "Chỉ thị",
    "Kết luận",
    "Quy chế",
    "Quy định",
    "Quy trình",
    "Quy chuẩn",
    "Thông cáo",
    "Thông báo",
    "Hướng dẫn",
    "Chương trình",
    "Kế hoạch",
    "Phương án",
    "Đề án",
    "Dự án",
    "Báo cáo",
    "Biên bản",
    "Tờ trình",
    "Hợp đồng",
    "Công điện",
    "Công văn",
    "Bản ghi nhớ",
    "Bản thỏa thuận",
    "Thuyết minh",
    "Chiến lược",
    "Điều lệ",
    "Nội quy",
    "Lời kêu gọi",
    "Tuyên bố",
    "Giấy ủy quyền",
    "Giấy mời",
    "Giấy giới thiệu",
    "Phiếu trình",
    "Thư ngỏ",
    "Sắc lệnh",
    "Lệnh",
    "Luật",
)
# English type words → the Vietnamese word.
ENGLISH_KINDS = {
    "joint circular": "Thông tư liên tịch",
    "resolution": "Nghị quyết",
    "decree": "Nghị định",
    "decision": "Quyết định",
    "circular": "Thông tư",
    "directive": "Chỉ thị",
    "ordinance": "Pháp lệnh",
    "plan": "Kế hoạch",
    "law": "Luật",
    "code": "Bộ luật",
    "order": "Lệnh",
    "conclusion": "Kết luận",
    "notice": "Thông báo",
    "report": "Báo cáo",
}
ATTACHABLE = frozenset(
    [
        "quy che",
        "quy dinh",
        "quy trinh",
        "ke hoach",
        "de an",
        "chuong trinh",
        "phuong an",
        "dieu le",
        "noi quy",
        "huong dan",
        "chien luoc",
        "du an",
        "quy chuan",
        "danh muc",
        "chuong trinh hanh dong",
        "quy hoach",
        "quy tac",
        "phu luc",
        "bang gia",
        "tieu chi",
        "bo tieu chi",
        "khung",
    ]
)
_KIND_BY_FOLD = {fold(kind): kind for kind in KINDS}
_KIND_BY_LETTERS = {fold(kind).replace(" ", ""): kind for kind in KINDS}
_DECORATION = re.compile(r"[\s*_#>|:.\-–—]+")


def bare(text: str) -> str:
    """`text` folded, decoration and extra blanks taken off: the form in which landmarks are compared."""
    return _DECORATION.sub(" ", fold(text)).strip()


def is_upper(text: str) -> bool:
    """Whether the letters of `text` are capitals (at least three of them, one slip in ten allowed).

    Old fonts have no capitals with tone marks ("CHíNH PHủ"): small ones among capitals are no slips, but for the
    "Số" before a number.
    """
    letters = [char for char in text if char.isalpha()]
    small = [char for char in letters if char.islower()]
    plain = len(small) if text.lstrip().startswith("Số") else sum(char.isascii() or char == "đ" for char in small)
    return len(letters) - len(small) >= 3 and plain * 10 <= len(letters) and len(small) * 5 <= len(letters) * 2


def kind_of_line(line: str) -> str | None:
    """The type word if the whole `line` is one in capitals ("QUYẾT ĐỊNH", "K Ế HOẠCH", "DECREE"), else None.

    Older papers name the author in the same line: "NGHỊ ĐỊNH CỦA CHÍNH PHỦ".
    """
    if len(line) > 60 or not is_upper(line):
        return None
    words = bare(line)
    kind, of, author = words.partition(" cua ")
    if of and AUTHORITY.match(author):
        words = kind
    if words in ENGLISH_KINDS:
        return ENGLISH_KINDS[words]
    return _KIND_BY_FOLD.get(words) or _KIND_BY_LETTERS.get(words.replace(" ", ""))


RULE = re.compile(r"^[\s|]*(?:[-–—_=*.~]{3,}|\*{1,3}|_{2,})[\s|]*$")
MOTTO = re.compile(
    r"c[o0]ng\s?h[o0]a\s*xa\s?h[o0]i\s?ch[uo]\s?nghia(?:\s?vi[ec]t\s?nam)?|doc\s?lap\s*[-–—.]?\s*tu\s?"
    r"do\s*[-–—.]?\s*hanh\s?phuc"
    r"|dang\s?cong\s?san\s?viet\s?nam|(?:the )?socialist republic of viet\s?nam"
    r"|independence\s*[-–—]\s*freedom\s*[-–—]\s*happiness"
)
NUMBER_LINE = re.compile(
    r"^\W*(?:luat\s+|nghi quyet\s+|lenh\s+)?so\s*(?:[:.]|\d|[/…_-]|$|(?:ky )?hieu)|^\W*no\s*[.:]\s*\d"
)
_NUMBERED = re.compile(r"(?:^|\|)\W*so\s*:?\s*\d")
PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:\n|]{1,40}?)\s*,\s*ngay\s*(?P<day>[\d.…_ ]{0,8}?)\s*th[ae]ng\s*(?P<month>[\d.…_ "
    r"]{0,6}?)\s*n[ai]m\s*(?P<year>(?:1[89]|20)\s?\d\s?\d)"
)
BASIS = re.compile(
    r"^\W*(?:can cu|theo de nghi|xet de nghi|xet to trinh|xet|tren co so|theo bien ban|thuc hien|thi hanh|quan "
    r"triet|trien khai|de thuc hien"
    r"|theo y kien|theo de xuat|pursuant to|in accordance with|on the basis of|at the proposal|considering|"
    r"based on|de trien khai)\b"
)
CITES = re.compile(r"^\W*(?:can cu|xet|theo de nghi|tren co so|pursuant to|at the proposal|considering)\b")
ENACTING = re.compile(
    r"(?:quyet dinh|quyet nghi|nghi dinh|chi thi|thong tu|yeu cau|ban hanh|nhu sau|sau day|thong nhat|ket luan|"
    r"huong dan|dien|thong bao)\W*$"
    r"|hereby|decides|decrees|resolves"
)
# Since 2025: "Bộ trưởng Bộ Tư pháp ban hành Thông tư sửa đổi …." stands where "THÔNG TƯ:" stood.
ISSUES = re.compile(
    r"^[^.;]{4,120}?\b(?:ban hanh (?:luat|bo luat|phap lenh|nghi dinh|thong tu|quyet dinh|nghi quyet|chi thi)"
    r"|promulgates|hereby (?:issues|decides))\b"
)
DECIDES = re.compile(
    r"^[^.;]{0,90}\b(?:quyet dinh|quyet nghi|nghi dinh|ban hanh lenh|cong bo|decides|decrees|resolves)\W*$"
)
AUTHORITY = re.compile(
    r"^\W*(?:chu tich|uy ban|hoi dong|bo truong|chinh phu|quoc hoi|thu tuong|giam doc|tong giam doc|ban chap "
    r"hanh|ban thuong vu|thong doc|tong |chanh |"
    r"hieu truong|truong ban|ban bi thu|bo chinh tri|thanh uy|tinh uy|huyen uy|dang uy|bo |vien truong|cuc "
    r"truong|so (?!\d|dieu|khoan)|uy ban nhan dan|chu nhiem|"
    r"the prime minister|the government|the minister|the national assembly|prime minister|minister|"
    r"(?:the )?(?:standing committee of the )?people['’]s (?:committee|council)|(?:the )?chair(?:person|man|woman) of)"
)
AMENDED = re.compile(r"\bduoc (?:sua doi|bo sung|dinh chinh)\b[^.;]*:\W*$")
ADDRESSEE = re.compile(r"^\W*kinh gui\b")
SUBJECT = re.compile(r"^\W*(?:v/v|ve viec|v\s*/\s*v)\b")
RECIPIENTS = re.compile(r"^\W*noi\s*(?:nhan|gui)\s*(?:[:.;|*_/–-]|$)|^\W*recipients?\b")
SIGNING = re.compile(
    r"^\W*(?:tm|t/m|kt|k/t|tl|t/l|tuq|t/uq|tu q|q|thua lenh|thay mat|thua uy quyen|ky thay|t/m\.|k/t\.|tm\.|"
    r"kt\.|tl\.|on behalf of|for the(?= (?:chair|minister|prime|director|president|governor)))"
    r"(?:\s*[./]\s*|\s+)(?=[a-z])"
)
POSTS = (
    r"(?:quyen )?(?:pho )?(?:chu tich(?: quoc hoi| nuoc| uy ban nhan dan| hdnd| ubnd| hoi dong(?: nhan dan| "
    r"truong| quan tri| thanh vien| dan toc)?)?|"
    r"thu tuong(?: chinh phu)?|bo truong|thu truong|bi thu(?: thuong truc)?|giam doc|tong giam doc|cuc truong|"
    r"vu truong|chi cuc truong|vien truong|"
    r"chanh van phong|chanh thanh tra|chanh an|thong doc|tong thanh tra|tong kiem toan(?: nha nuoc)?|tong bi "
    r"thu|truong ban|truong phong|hieu truong|"
    r"chu nhiem|tong cuc truong|truong doan|truong ban thuong truc|tu lenh|tong bien tap|chu tri|"
    r"president|prime minister|minister|deputy prime minister|governor|vice minister|deputy minister|"
    r"(?:vice |deputy )?(?:chair(?:person|man|woman)|director(?: general)?))"
)
POST_LINE = re.compile(
    rf"^\W*{POSTS}(?: thuong truc)?(?: van phong quoc hoi| van phong chinh phu| quoc hoi| nuoc|(?: uy ban nhan "
    rf"dan| hoi dong nhan dan)?(?: tinh| thanh pho| huyen| quan| thi xa| xa| phuong)?.{{0,40}})?\W*$"
)
CONSOLIDATED = re.compile(r"^.{0,40}\bxac thuc van ban hop nhat\b")
SIGNED = re.compile(r"^\W*(?:da ky|\[?daky\]?|signed)\W*$")
APPENDIX = re.compile(
    r"^\W*(?:phu luc|appendix|annex)\b(?:\s+(?:so\s*)?(?P<number>[ivxlc]+(?![a-z])|\d{1,3})(?P<letter>[a-z]?)\b)?"
)
FORM = re.compile(
    r"^\W*(?:mau|bieu mau|bieu|mau bieu|form)\s+(?:so\s*[:.]?\s*)?(?:\d{1,3}[a-z]?|"
    r"[ivxlc]+)(?:[a-z]?(?:[./-]\w+)*)(?:\W*|\s*[.:]\s+[^.;]{4,180})$"
)
CONTINUED = re.compile(r"^\W*\(?tiep theo cong bao\b")
GAZETTE = re.compile(r"^\W*(?:van ban (?:quy pham phap luat|phap luat khac)|phan van ban\b.*|cong bao\b.*)\W*$")
# The foot of an issue of the gazette: "(Xem tiếp Công báo số 12 + 13)", "VĂN PHÒNG CHÍNH PHỦ XUẤT BẢN".
IMPRINT = re.compile(r"^\W*(?:\([^)]*\)\s*)?van phong [^.;:]{3,80} xuat ban\W*$|^\W*\(xem tiep cong bao\b")
ATTACHED_WITH = re.compile(
    r"^\W*\(?\s*(?:ban hanh |phe duyet |duoc ban hanh )?(?:kem theo|cung)\b|^\W*\(?(?:ban hanh|phe "
    r"duyet)\s+(?:kem|theo)\b|^\W*\(?\s*(?:attached|issued together|promulgated together)"
)
ISSUED_LINE = re.compile(
    r"^\W{0,3}\(\s*(?:duoc )?(?:(?:ban hanh|phe duyet) )?(?:kem theo|cung voi)\s+"
    r"(?:quyet dinh|nghi quyet|ke hoach|cong van|to trinh|thong bao|chi thi|thong tu|nghi dinh|bao cao|huong dan)\b"
)
ISSUED_TITLE = re.compile(
    r"^\W*(?:"
    + "|".join(sorted(ATTACHABLE - {"phu luc"}, key=len, reverse=True))
    + r"|thu tuc|bang|dinh muc|tieu chuan|noi dung|nhiem vu|phan cong|danh sach|he thong)\b"
)
ATTACHED_WITH_INSIDE = re.compile(r"\(?\s*(?:duoc )?(?:(?:ban hanh|phe duyet) )?(?:kem theo|cung voi)\b")
END_MARK = re.compile(r"\./\.?\W*$|\.//\.\W*$")
FOOTNOTE = re.compile(r"^\s*\[\d{1,3}\](?:\s|(?=[^\W\d_]{2}))")
FINAL = re.compile(r"[.;:!?…][\"”’')\]\*_]*\s*$|\./\.?[\"”\*_ ]*$")


def is_motto(line: str) -> bool:
    """Whether a line bears the motto of a letterhead: in capitals, or with nothing but capitals beside it.

    A sentence may name the Republic too ("… pháp luật của nước Cộng hòa xã hội chủ nghĩa Việt Nam và …").
    """
    match = MOTTO.search(fold(line))
    if match is None:
        return False
    beside = line[: match.start()] + line[match.end() :]
    alone = not any(char.isalnum() for char in beside) and not FINAL.search(line) and not line.rstrip().endswith(",")
    return is_upper(line[match.start() : match.end()]) or alone or is_upper(beside)


def is_number(folded: str) -> bool:
    """Whether a folded line (or a cell of it) gives a paper's own number: "so: 45/kh-skhcn"."""
    return len(folded) < 200 and _NUMBERED.search(folded) is not None
