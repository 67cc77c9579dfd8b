"""What a passage does for its reader, judged from its heading path and its opening words (DOMAIN §6)."""

import re
from dataclasses import dataclass

from ingest.document import Kind, Role
from ingest.structure import landmarks
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Setting:
    """The paper around a passage: its type word (None if unknown) and whether the root is an attached regulation."""

    kind: str | None = None
    attached: bool = False

    @property
    def normative(self) -> bool:
        """Whether items are rules rather than tasks."""
        return self.attached or self.kind in {
            "Luật",
            "Bộ luật",
            "Pháp lệnh",
            "Nghị định",
            "Thông tư",
            "Thông tư liên tịch",
            "Quy chế",
            "Quy định",
            "Điều lệ",
            "Nội quy",
            "Hiến pháp",
            "Văn bản hợp nhất",
            "Quy chuẩn",
        }

    @property
    def report(self) -> bool:
        """Whether the paper tells what was done."""
        return self.kind in {"Báo cáo", "Biên bản", "Thuyết minh", "Thuyết minh tóm tắt", "Thông cáo"}


_PATH = (
    (
        Role.RESPONSIBILITY,
        r"to chuc thuc hien|to chuc thi hanh|trach nhiem (?:cua|thuc hien|thi hanh)|phan cong (?:trach nhiem|"
        r"thuc hien|to chuc)",
    ),
    (Role.BUDGET, r"kinh phi|nguon von|du toan|tai chinh thuc hien|nguon luc thuc hien"),
    (Role.REPORTING, r"che do bao cao|che do thong tin|thong tin,? bao cao|so ket|tong ket"),
    (Role.DEFINITION, r"giai thich tu ngu|giai thich thuat ngu"),
    (Role.SCOPE, r"pham vi|doi tuong ap dung|doi tuong dieu chinh"),
    (
        Role.TARGET,
        r"muc tieu cu the|chi tieu|tam nhin den|dinh huong den nam|^\d+[.-] den (?:het )?nam \d{4}|cac muc tieu",
    ),
    (Role.OBJECTIVE, r"muc dich|yeu cau|quan diem|muc tieu|dinh huong"),
    (
        Role.TASK,
        r"nhiem vu|giai phap|noi dung (?:thuc hien|cong viec|trien khai|hoat dong)|cong viec|hoat dong chu yeu|"
        r"bien phap",
    ),
    (Role.RESULT, r"ket qua|tinh hinh|thuc trang|danh gia|uu diem|han che|ton tai|nguyen nhan|dac diem|su can thiet"),
    (Role.BASIS, r"co so phap ly|can cu phap ly|can cu xay dung"),
)
_PATTERNS = tuple((role, re.compile(pattern)) for role, pattern in _PATH)
_VERBS = re.compile(
    r"^(?:tiep tuc |tap trung |chu dong |phan dau |khan truong |kip thoi |thuong xuyen |tich cuc |dong thoi "
    r")?(?:tang cuong|day manh|xay dung|hoan thien|ho tro|khuyen khich|chu trong|"
    r"ung dung|phat trien|cu |cap nhat|phoi hop|quan triet|to chuc|thuc hien|trien khai|ra soat|nghien cuu|dieu "
    r"tra|khao sat|thu gom|dau tu|dao tao|"
    r"boi duong|tuyen truyen|pho bien|ban hanh|tham muu|huong dan|kiem tra|giam sat|theo doi|don doc|bo tri|huy "
    r"dong|thanh lap|kien toan|nang cao|mo |dua |"
    r"lap |tiep nhan|chuyen giao|nhan rong|khao nghiem|mo rong|ap dung|su dung|bao ve|bao ton|quan ly|thiet lap|"
    r"cung cap|cong khai|so hoa|van dong|hop tac|ky ket|moi |uu tien|"
    r"lua chon|hoan thanh|xu ly|giai quyet|thi diem|tap huan|chi dao|bao dam|dam bao|khac phuc|cai cach|gan |"
    r"thuc day|tao |hinh thanh|khai thac|phat huy|ren luyen|chuan bi|xac dinh|bo sung|lien ket|thu hut)"
)
_RESPONSIBLE = re.compile(
    r"^(?:giao |de nghi |yeu cau )|^.{3,140}?\b(?:co trach nhiem|chu tri|phoi hop|tham muu|xay dung|huong dan|"
    r"kiem tra|don doc|theo doi|tong hop|chiu trach nhiem|can cu|lanh dao|van dong|bo tri|la co quan)\b"
)
_AGENCY = re.compile(
    r"^(?:cac |giao |de nghi |giam doc |chu tich |thu truong |truong )?(?:so |ban |phong |uy ban|ubnd|hdnd|hoi "
    r"dong|bo |van phong|chi cuc|cuc |trung tam|cong an|mat tran|mttq|doan |hoi |lien hiep|huyen uy|thanh "
    r"uy|dang uy|tinh uy|"
    r"dang bo|to chuc|co quan|don vi|dia phuong|truong |vien |kho bac|ngan hang|bao |dai |thanh vien|chanh |cap "
    r"uy|doanh nghiep|nha dau tu|chu dau tu)"
)
_TARGET = re.compile(
    r"(?:it nhat|toi thieu|tren|duoi|khong qua|phan dau|dat|tang|giam|ti le|ty le|khoang)\b[^.;]{0,60}?\d|"
    r"\d+(?:[.,]\d+)?\s*%|\b\d+\s*[-–]\s*\d+\b|\bdat tu\b|\b\d{1,3} den \d{1,3}\b(?!/)|"
    r"(?<!ngay )(?<!thang )(?<!so )\b0[1-9]\b(?![/-])"
)
_BUDGET = re.compile(r"^(?:tong )?kinh phi|^nguon (?:kinh phi|von)|(?:trieu|ty|ti) dong")
_REPORTING = re.compile(
    r"\bbao cao (?:ket qua|dinh ky|ve |uy ban|ban thuong vu|chinh phu|thu tuong)|\bche do bao cao|\bso ket\b|"
    r"\btong ket\b"
)
_TASK_COLUMNS = re.compile(r"nhiem vu|cong viec|hoat dong|noi dung")
# What a form sets out side by side without being a record: letterhead, blank date, places to sign, addressee.
_LAYOUT = re.compile(r"\bky,? (?:va )?ghi ro|\((?:da )?ky\b|\bngay[\s._…]*[._…]{2,}[\s._…]*thang\b|^\W*kinh gui\b")
_LEAD_COLUMNS = re.compile(r"chu tri|phoi hop|thuc hien|thoi gian|thoi han|hoan thanh|tien do")


def _by_path(path: tuple[str, ...]) -> Role | None:
    """The role that the nearest telling heading gives."""
    for item in reversed(path):
        folded = fold(item)
        if len(folded) > 250:
            continue
        for role, pattern in _PATTERNS:
            if pattern.search(folded):
                return role
    return None


def role_of(
    kind: Kind, heading: bool, words: str, path: tuple[str, ...], setting: Setting, columns: tuple[str, ...] = ()
) -> Role:
    """The role of a passage with heading path `path`; `columns` are the headings of a row's cells."""
    if kind is Kind.ROW:
        heads = " | ".join(map(fold, columns))
        if not any(columns) and _is_layout(fold(words)):
            return Role.FRAME
        if _TASK_COLUMNS.search(heads) and _LEAD_COLUMNS.search(heads):
            return Role.TASK
    folded = fold(words)
    by_path = _by_path(path)
    if heading:
        return by_path or Role.OTHER
    if setting.normative:
        return by_path if by_path in (Role.DEFINITION, Role.SCOPE) else Role.PROVISION
    return _under(by_path, kind, folded, setting) or _by_words(kind, folded, setting)


def _is_layout(folded: str) -> bool:
    return len(folded) < 600 and bool(landmarks.MOTTO.search(folded) or _LAYOUT.search(folded))


def _under(by_path: Role | None, kind: Kind, folded: str, setting: Setting) -> Role | None:
    """The role that the headings give, where the words do not say otherwise."""
    if by_path is Role.RESPONSIBILITY:
        return Role.BUDGET if _BUDGET.match(folded) and not _AGENCY.match(folded) else Role.RESPONSIBILITY
    if by_path is Role.OBJECTIVE:
        quantified = _TARGET.search(folded) and kind is not Kind.PARAGRAPH
        return Role.TARGET if quantified and not folded.startswith(("viec ", "xac dinh")) else Role.OBJECTIVE
    if by_path is Role.TASK:
        return Role.RESPONSIBILITY if _AGENCY.match(folded) and _RESPONSIBLE.match(folded) else Role.TASK
    return by_path


def _by_words(kind: Kind, folded: str, setting: Setting) -> Role:
    """The role of a passage whose headings say nothing."""
    if setting.report:
        return Role.RESULT
    if kind is Kind.ARTICLE or setting.kind in ("Quyết định", "Nghị quyết"):
        return Role.RESPONSIBILITY if _AGENCY.match(folded) and _RESPONSIBLE.match(folded) else Role.PROVISION
    if _BUDGET.match(folded):
        return Role.BUDGET
    if _AGENCY.match(folded) and _RESPONSIBLE.match(folded):
        return Role.RESPONSIBILITY
    if _VERBS.match(folded):
        return Role.TASK
    return Role.REPORTING if _REPORTING.search(folded) else Role.OTHER
