"""Small records for the tests of the store and the graph, with evidence looked up in the text they are made from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pipeline.record.models import LISTS, OBJECTS, SCALARS, Record
from pipeline.store.actors import Actor, Role
from pipeline.store.reading import PageText, Reading

CLERK, OFFICER, ADMIN = Actor("Lan", Role.CLERK), Actor("Minh", Role.OFFICER), Actor("Hà", Role.ADMIN)


def _needle(value: Any) -> str:
    """The text of a value that is looked for on the page."""
    if isinstance(value, str):
        return value
    for key in ("raw_number", "number", "name", "raw", "text", "title"):
        if isinstance(value, dict) and value.get(key):
            return str(value[key])
    return str(value)


def _evidence(text: str, value: Any) -> list[dict[str, Any]]:
    needle = _needle(value)
    at = text.find(needle)
    piece: dict[str, Any] = {"page": 1, "source": "text", "rule": "test"}
    if at >= 0:
        piece |= {"span": [at, at + len(needle)], "text": needle}
    else:
        piece |= {"status": "inferred"}
    return [piece]


def make(text: str, name: str = "van-ban.txt", at: int = 0, sha256: str | None = None, **fields: Any) -> Record:
    """A record read from ``text`` (one page); every value gets evidence, with a span where the text holds it."""
    sha256 = sha256 or hashlib.sha256(text.encode()).hexdigest()
    evidence: dict[str, Any] = {}
    for key in (*SCALARS, *LISTS, *OBJECTS):
        value = fields.get(key)
        if value is None:
            continue
        if key in LISTS:
            evidence |= {f"/{key}/{i}": _evidence(text, item) for i, item in enumerate(value)}
        elif key in OBJECTS:
            evidence |= {f"/{key}/{part}": _evidence(text, some) for part, some in value.items() if some is not None}
        else:
            evidence[f"/{key}"] = _evidence(text, value)
    source = {"file": name, "sha256": sha256, "pages": [1, 1], "medium": "text"}
    return Record.model_validate({"id": f"{sha256[:16]}-{at + 1}", "source": source, "evidence": evidence, **fields})


class TextReader:
    """Reads a text file into the records that were planned for its content."""

    def __init__(self) -> None:
        self.plans: dict[str, list[dict[str, Any]]] = {}
        self.read: list[Path] = []

    def plan(self, folder: Path, name: str, text: str, *records: dict[str, Any]) -> Path:
        """Write a file and say what reading it gives."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(text, encoding="utf-8")
        self.plans[text] = list(records)
        return path

    def __call__(self, path: Path) -> Reading:
        self.read.append(path)
        text = path.read_text(encoding="utf-8")
        records = [make(text, path.name, at, **fields) for at, fields in enumerate(self.plans[text])]
        return Reading(records, [PageText(1, text)], tool="test 1")


LETTER = {
    "number": "514/SGDĐT-VP", "raw_number": "514 /SGDDĐT-VP", "doc_type": "công văn", "date": "2021-04-14",
    "place": "Quảng Ngãi", "issuer": "Sở Giáo dục và Đào tạo", "issuer_parent": "UBND tỉnh Quảng Ngãi",
    "subject": "đảm bảo an toàn, an ninh thông tin",
    "citations": [
        {"doc_type": "chỉ thị", "number": "14/CT-UBND", "raw_number": "14/CT-UBND", "date": "2020-12-23",
         "issuer": "UBND tỉnh Quảng Ngãi", "relation": "implements"},
        {"doc_type": "công văn", "number": "365/STTTT", "raw_number": "365/STTTT", "date": "2021-04-13",
         "issuer": "Sở Thông tin và Truyền thông Quảng Ngãi", "relation": "implements", "attached": True},
    ],
    "tasks": [
        {"section": "1", "text": "Tiếp tục thực hiện nội dung chỉ đạo", "assignees": ["thủ trưởng các đơn vị"]},
        {"section": "2", "text": "Báo cáo kết quả về Sở", "assignees": ["Văn phòng Sở"], "deadline": "2021-05-01"},
    ],
    "deadlines": [{"kind": "due", "raw": "trước ngày 01/5/2021", "due": "2021-05-01", "bound": "before", "task": 1}],
    "signer": {"name": "Trần Sỹ"},
}  # fmt: skip
LETTER_TEXT = """UBND TỈNH QUẢNG NGÃI
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 514 /SGDDĐT-VP
Quảng Ngãi, ngày 14 tháng 4 năm 2021
V/v đảm bảo an toàn, an ninh thông tin

Thực hiện Chỉ thị số 14/CT-UBND ngày 23/12/2020 của UBND tỉnh Quảng Ngãi; Công văn số 365/STTTT ngày 13/4/2021 của
Sở Thông tin và Truyền thông Quảng Ngãi, Sở yêu cầu thủ trưởng các đơn vị thực hiện nội dung sau:
1. Tiếp tục thực hiện nội dung chỉ đạo
2. Báo cáo kết quả về Sở trước ngày 01/5/2021.

Trần Sỹ
"""
