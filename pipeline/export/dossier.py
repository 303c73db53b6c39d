"""A file (hồ sơ) as one package: its metadata, its list of documents, the documents themselves, in order of time.

Nghị định 30/2020/NĐ-CP, Phụ lục V (mục lục văn bản) and Phụ lục VI 4.g (a dossier goes out in chronological order).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from lxml import etree

from pipeline.export import metadata
from pipeline.export.items import Item
from pipeline.export.metadata import Dossier
from pipeline.export.register_pdf import printed
from pipeline.export.register_rows import Cover, form, rows_of
from pipeline.export.register_xlsx import workbook
from pipeline.export.zipped import zipped
from pipeline.lexicon.fold import strip_marks
from pipeline.store.originals import extension_of


def package(items: Sequence[Item], dossier: Dossier) -> bytes:
    """The package as a zip: ``ho-so.xml``, ``ho-so.json``, ``muc-luc.xlsx``, ``muc-luc.pdf``, ``ban-ghi/``,
    ``van-ban/`` (originals that are at hand), ``SHA256SUMS``.

    Documents without a day come last.  Raises ``PrintFontMissing``.
    """
    items = sorted(items, key=lambda item: (item.record.date is None, item.record.date or "", item.record.id))
    whole = metadata.describe_dossier(items, dossier)
    documents = [metadata.describe("nd30_den", item, dossier, at) for at, item in enumerate(items, 1)]
    rows, cover = rows_of("muc_luc", items), Cover(year=dossier.year, volume=dossier.notation)
    content = {
        "ho-so.json": _json({
            "file_code": dossier.code or None, "file": whole.values,
            "problems": [*whole.problems, *(f"{at}. {p}" for at, one in enumerate(documents, 1) for p in one.problems)],
            "documents": [one.values for one in documents],
        }),
        "ho-so.xml": _xml(dossier, whole, documents),
        "muc-luc.xlsx": workbook(form("muc_luc"), rows, cover), "muc-luc.pdf": printed(form("muc_luc"), rows, cover),
    }  # fmt: skip
    for at, item in enumerate(items, 1):
        name = f"{at:03d}-{_name(item)}"
        content[f"ban-ghi/{name}.json"] = _json(item.record.model_dump(mode="json"))
        if item.original is not None:
            content[f"van-ban/{name}{extension_of(item.record.source.file)}"] = item.original()
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in content.items())
    return zipped({**content, "SHA256SUMS": sums.encode()})


def _name(item: Item) -> str:
    text = strip_marks(item.record.number or item.record.id).replace("Đ", "D").replace("đ", "d")
    return re.sub(r"[^A-Za-z0-9.-]+", "_", text).strip("._")[:60] or "van-ban"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _xml(dossier: Dossier, whole: metadata.Described, documents: list[metadata.Described]) -> bytes:
    root = metadata.element_of("File", whole.values)
    if dossier.code:
        root.set("FileCode", dossier.code)
    listed = etree.SubElement(root, "Documents")
    listed.extend(metadata.element_of("Document", one.values) for one in documents)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
