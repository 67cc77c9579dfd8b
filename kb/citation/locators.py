"""Locators in words (DOMAIN §2.4): each step of `III/2/g4` as "Mục III", "khoản 2", "gạch đầu dòng thứ tư"."""

import re
from dataclasses import dataclass

from ingest.vietnamese import fold

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = re.compile(r"[IVXLC]+")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_ZONES = {
    "pre": ("phần căn cứ", "preamble"),
    "nn": ("nơi nhận", "recipients"),
    "ky": ("phần ký", "signature block"),
    "head": ("phần đầu văn bản", "head of the document"),
    "title": ("tên văn bản", "title"),
    "summary": ("trích yếu", "subject line"),
}
# letters+number steps: Vietnamese and English form of "<letters><n>"
_COUNTED = {
    "g": ("gạch đầu dòng {o}", "{e} dash item"),
    "c": ("dấu cộng {o}", "{e} plus item"),
    "p": ("đoạn {o}", "{e} paragraph"),
    "s": ("câu {o}", "{e} sentence"),
    "k": ("khoản {n}", "Clause {n}"),
    "t": ("Bảng {n}", "Table {n}"),
    "r": ("dòng số {n}", "row {n}"),
    "D": ("Điều {n}", "Article {n}"),
    "C": ("Chương {r}", "Chapter {r}"),
    "P": ("Phần {r}", "Part {r}"),
    "M": ("Mục {n}", "Section {n}"),
    "TM": ("Tiểu mục {n}", "Sub-section {n}"),
}
_AGAIN = re.compile(r"~\d+$")  # a label that the paper prints twice
_COUNTED_STEP = re.compile(r"(TM|[gcpsktrDCPM])(\d+)([a-zđ]{0,3})")
_ATTACHED = {
    "quy che": "Regulation",
    "quy dinh": "Regulation",
    "dieu le": "Statutes",
    "ke hoach": "Plan",
    "de an": "Scheme",
    "chuong trinh": "Programme",
    "huong dan": "Guideline",
    "quy trinh": "Procedure",
    "danh muc": "List",
    "noi quy": "Internal Rules",
    "phuong an": "Plan of Action",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One level of a locator in both languages; empty when the level adds nothing to a citation."""

    vi: str
    en: str


def locator_parts(locator: str, heading: tuple[str, ...]) -> list[Part]:
    """The levels of `locator` in words, largest first. Chapters and sections above an article are left out."""
    steps = [_AGAIN.sub("", step) for step in locator.split("/") if step]
    if any(re.fullmatch(r"D\d+[a-zđ]?", step) for step in steps):
        steps = [step for step in steps if not re.fullmatch(r"(P|C|M|TM)\d+", step)]
    return [_part(steps, at, heading) for at in range(len(steps))]


def ordinal_vi(number: int) -> str:
    """ "thứ nhất" … "thứ mười", then "thứ 11"."""
    return f"thứ {_ORDINALS[number - 1]}" if 1 <= number <= len(_ORDINALS) else f"thứ {number}"


def ordinal_en(number: int) -> str:
    """ "1st", "2nd", "3rd", "4th", "11th"."""
    ending = "th" if 10 <= number % 100 <= 20 else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def roman(number: int) -> str:
    """A Roman numeral for 1 … 399."""
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "C" * (number // 100) + tens[number // 10 % 10] + ones[number % 10]


def _part(steps: list[str], at: int, heading: tuple[str, ...]) -> Part:
    step = steps[at]
    if step in _ZONES:
        return Part(*_ZONES[step])
    if step.startswith("KT"):
        return _attached(heading)
    if re.fullmatch(r"PL\d*[a-z]?", step):
        return _appendix(step, heading)
    if match := re.fullmatch(r"h(\d+)", step):
        # the path in an attached text or an annex begins with that text's own title
        inner = heading[1:] if re.match(r"KT|PL", steps[0]) else heading
        return _unnumbered(int(match.group(1)), inner)
    if match := re.fullmatch(r"n(\d+)", step):
        return _unprinted(int(match.group(1)), row=bool(at) and re.fullmatch(r"t\d+", steps[at - 1]) is not None)
    if match := _COUNTED_STEP.fullmatch(step):
        letters, number, suffix = match.groups()
        forms = _COUNTED[letters]
        values = {
            "n": number + suffix,
            "r": roman(int(number)),
            "o": ordinal_vi(int(number)),
            "e": ordinal_en(int(number)),
        }
        return Part(forms[0].format(**values), forms[1].format(**values))
    return _printed(step)


def _unprinted(number: int, *, row: bool) -> Part:
    """A row of a table without a number of its own, or a note between the parts of the outline."""
    if row:
        return Part(f"dòng không đánh số {ordinal_vi(number)}", f"{ordinal_en(number)} unnumbered row")
    return Part(f"ghi chú {ordinal_vi(number)}", f"{ordinal_en(number)} note")


def _printed(step: str) -> Part:
    """A step that repeats the printed label: Roman or capital = Mục, number = khoản, decimal or letter = điểm."""
    if re.fullmatch(r"\d+[a-zđ]?", step):
        return Part(f"khoản {step}", f"Clause {step}")
    if re.fullmatch(r"[IVXLC]+|[A-ZĐ]", step):
        return Part(f"Mục {step}", f"Section {step}")
    return Part(f"điểm {step}", f"Point {step}")


def _attached(heading: tuple[str, ...]) -> Part:
    for entry in heading:
        folded = fold(entry)
        for words, english in _ATTACHED.items():
            if folded.startswith(words):
                name = entry[: len(words)]
                return Part(name[0].upper() + name[1:].lower(), english)
    return Part("Văn bản", "Document")


def _appendix(step: str, heading: tuple[str, ...]) -> Part:
    printed = next((entry for entry in heading if fold(entry).startswith("phu luc")), None)
    if printed is not None:
        match = re.match(r"phu luc(?:\s+so)?\s*([ivx]+|\d+)?(?![a-z])", fold(printed))
        number = (match.group(1) or "").upper() if match else ""
    else:
        digits = re.sub(r"\D", "", step)
        number = roman(int(digits)) if digits else ""
    return Part(f"Phụ lục {number}".strip(), f"Appendix {number}".strip())


def _unnumbered(number: int, heading: tuple[str, ...]) -> Part:
    labelled = re.compile(
        r"\s*([IVXLC]+|\d+(\.\d+)*|[A-Za-zĐđ])\s*[.)\-/]|\s*(Điều|Chương|Phần|Mục|Phụ lục)\b", re.IGNORECASE
    )
    plain = [entry for entry in heading if not labelled.match(entry)]
    if 1 <= number <= len(plain) or plain:
        words = plain[min(number, len(plain)) - 1]
        return Part(f"mục “{words}”", f"section “{words}”")
    return Part(f"đề mục {ordinal_vi(number)}", f"{ordinal_en(number)} heading")
