"""Text as spreadsheets may be given it: nothing that a program would run as a formula, nothing it cannot hold."""

from __future__ import annotations

import re

# What Excel, LibreOffice and Google Sheets take for a formula or a command at the head of a cell; white space before
# it does not help (CWE-1236).
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
# XML 1.0 cannot hold these, neither in a workbook nor in a message.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767
"""Characters in one cell of a workbook (Excel's limit)."""


def printable(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold; each becomes U+FFFD so that its loss shows."""
    return _CONTROLS.sub("\ufffd", text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula or a command."""
    return bool(_FORMULA.match(text))


def csv_cell(value: object) -> str:
    """A value for a CSV that people open in a spreadsheet: dangerous text gets an apostrophe before it.

    Numbers are given as numbers, so that only text is ever quoted; ``None`` is empty.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if looks_like_formula(text) else text


def vietnamese_date(iso: str | None) -> str:
    """Show "2021-02-03" as "03/02/2021", "2021-06-29" as "29/6/2021": days below 10 and months 1, 2 with a nought.

    So Nghị định 30/2020/NĐ-CP writes dates (Phụ lục I, and the columns of Phụ lục IV).  Anything that is no ISO day
    is given back as it is, a minute after a day as "16:30 29/6/2021".
    """
    if not iso:
        return ""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?", iso)
    if match is None:
        return iso
    year, month, day, minute = match.groups()
    shown = f"{day}/{month if month in ('01', '02') else str(int(month))}/{year}"
    return f"{minute} {shown}" if minute else shown
