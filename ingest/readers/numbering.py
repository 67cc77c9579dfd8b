"""How automatic numbers are printed: Word's number formats and HTML's list types."""

VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def ordinal(number: int, format_: str) -> str:
    """`number` printed in a format of WordprocessingML (ST_NumberFormat); unknown formats print decimals."""
    match format_:
        case "upperRoman" | "lowerRoman":
            roman = _roman(number)
            return roman.upper() if format_ == "upperRoman" else roman
        case "upperLetter" | "lowerLetter":
            letters = _letters(number)
            return letters.upper() if format_ == "upperLetter" else letters
        case "decimalZero":
            return f"{number:02d}"
        case "none":
            return ""
    return str(number)


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        printed += letters * count
    return printed


def _letters(number: int) -> str:
    """Word repeats the letter after z: 27 is "aa", 28 "bb"."""
    if number < 1:
        return ""
    return _LATIN[(number - 1) % 26] * ((number - 1) // 26 + 1)
