"""Tables inside Markdown, as programs that read scans write them: pipe rows and HTML tables with "<br>" in the cells.

Such programs put the two columns of a header ("UBND TỈNH …" beside the state's name) and of a closing ("Nơi nhận:"
beside the signature) into a table.  Those are layout and are read one column after the other; every other table keeps
one line a row, which is what the readers of tables of tasks expect.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

__all__ = ["render_tables"]

_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_PIPE_TABLE = re.compile(r"(?:^[ \t]*\|.*\|[ \t]*$\n?)+", re.MULTILINE)
_RULE_ROW = re.compile(r"[ \t]*\|[ \t:|-]*-[ \t:|-]*\|[ \t]*")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"[ \t]*(?:<br\s*/?>|\\n)[ \t]*", re.IGNORECASE)
# What only the columns of a header or a closing hold.
_LAYOUT = re.compile(
    r"CỘNG\s+H[OÒ][AÀ]\s+XÃ\s+HỘI|Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG\s+CỘNG\s+SẢN|Nơi\s+(?:nhận|gửi)\s*[:*]|\bngày\b.{0,8}\btháng\b.{0,8}\bnăm\b"
)
# Tags that stand in Markdown without meaning more than type; what they hold stays.
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|center|div|p|span|font|small|ins|mark|header|footer)\b[^<>]*>", re.I)
_BOLD_TAG = re.compile(r"<(b|strong)\b[^<>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)


def render_tables(text: str) -> str:
    """``text`` with its tables as lines and its other inline tags dropped; bold tags become Markdown's own marks."""
    text = _HTML_TABLE.sub(lambda match: "\n" + _lines(_html_rows(match.group())) + "\n", text)
    text = _PIPE_TABLE.sub(_piped, text)
    if "<" not in text:
        return text
    text = _BOLD_TAG.sub(lambda match: f"**{match.group(2).strip()}**" if match.group(2).strip() else "", text)
    return _TAG.sub("", _BREAK.sub("\n", text))


def _html_rows(table: str) -> list[list[str]]:
    rows = []
    for row in BeautifulSoup(table, "lxml").find_all("tr"):
        cells = [cell for cell in row.find_all(["td", "th"]) if isinstance(cell, Tag)]
        rows.append([_cell_of(cell) for cell in cells])
    return rows


def _cell_of(cell: Tag) -> str:
    inner = _BOLD_TAG.sub(lambda match: f"**{match.group(2).strip()}**", cell.decode_contents())
    inner = re.sub(r"</(?:p|div|li)\s*>", "<br>", re.sub(r"\s+", " ", inner), flags=re.IGNORECASE)
    return BeautifulSoup(_BREAK.sub("\n", inner), "lxml").get_text().strip()


def _piped(match: re.Match[str]) -> str:
    rows = [
        [_BREAK.sub("\n", cell).strip() for cell in _CELL_BREAK.split(line.strip().strip("|"))]
        for line in match.group().splitlines()
        if not _RULE_ROW.fullmatch(line)
    ]
    if _is_layout(rows):
        return "\n" + _columns(rows) + "\n"
    if "<br" not in match.group().lower():
        return match.group()
    return "".join("| " + " | ".join(" ".join(cell.split()) for cell in row) + " |\n" for row in rows)


def _lines(rows: list[list[str]]) -> str:
    if _is_layout(rows):
        return _columns(rows)
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _is_layout(rows: list[list[str]]) -> bool:
    return max(map(len, rows), default=0) <= 3 and any(_LAYOUT.search(cell) for row in rows for cell in row)


def _columns(rows: list[list[str]]) -> str:
    """The cells of each column one under the other; a blank line parts the columns."""
    width = max(map(len, rows), default=0)
    columns = ["\n".join(row[at] for row in rows if at < len(row) and row[at]) for at in range(width)]
    return "\n\n".join(column for column in columns if column)
