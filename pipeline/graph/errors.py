"""Errors of the graph that a person can meet."""

from __future__ import annotations

from pipeline.errors import CongvanError


class DocumentUnknown(CongvanError):
    """Neither held nor cited."""

    code, exit_status = "document_unknown", 60
    sentence = "Đồ thị không có văn bản «{key}»."
    remedy = "Kiểm tra số, ký hiệu; hoặc đưa văn bản vào kho bằng lệnh: congvan ingest"


class DocumentNotUnique(CongvanError):
    """Several documents have this number."""

    code, exit_status = "document_not_unique", 61
    sentence = "Có {count} văn bản mang số «{key}»: {which}."
    remedy = "Gọi đúng một văn bản bằng mã của nó, ví dụ: congvan graph lineage «#{example}»"


class NoPath(CongvanError):
    """Two documents with no chain of citations between them."""

    code, exit_status = "no_path", 62
    sentence = "Không có chuỗi dẫn chiếu nào giữa «{first}» và «{second}»."
    remedy = "Thử với --any-direction để bỏ qua chiều của dẫn chiếu."


class DrawingToolMissing(CongvanError):
    """Neither graphviz nor matplotlib is there."""

    code, exit_status = "drawing_tool_missing", 63
    sentence = "Máy chưa có chương trình vẽ đồ thị."
    remedy = "Cài graphviz: sudo apt-get install graphviz; hoặc: pip install matplotlib"
