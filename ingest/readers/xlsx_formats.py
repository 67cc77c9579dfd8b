"""How a stored number is printed in its cell: dates, percentages and plain numbers as Vietnamese papers write them."""

import datetime
import re

from lxml import etree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_EPOCH = datetime.datetime(1899, 12, 30)  # day 0 of spreadsheets, whose 1900 is wrongly a leap year
_DATES = frozenset(range(14, 23)) | {27, 30, 36, 50, 57}  # built-in formats (ECMA-376 part 1, 18.8.30)
_PERCENT = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def formats(styles: etree._Element | None) -> list[str]:
    """The kind of each cell style: "date", "percent" or ""."""
    if styles is None:
        return []
    own = {
        int(each.get("numFmtId") or 0): each.get("formatCode") or ""
        for each in styles.iterfind(f"{_S}numFmts/{_S}numFmt")
    }
    return [_kind(int(xf.get("numFmtId") or 0), own) for xf in styles.iterfind(f"{_S}cellXfs/{_S}xf")]


def _kind(number: int, own: dict[int, str]) -> str:
    code = _QUOTED.sub("", own.get(number, "")).lower().split(";")[0]
    if number in _DATES or ("y" in code and ("m" in code or "d" in code)) or ("d" in code and "m" in code):
        return "date"
    return "percent" if number in _PERCENT or code.endswith("%") else ""


def printed(value: str, kind: str) -> str:
    """No binary tail, a decimal comma; a serial day as dd/mm/yyyy; a share as its percentage."""
    try:
        number = float(value)
    except ValueError:
        return value
    if kind == "date" and 1 <= number < 2_958_466:  # up to the year 9999
        return f"{_EPOCH + datetime.timedelta(days=int(number)):%d/%m/%Y}"
    if kind == "percent":
        return _plain(round(number * 100, 8)) + "%"
    return _plain(number)


def _plain(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.10g}".replace(".", ",")
