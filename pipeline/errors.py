"""Errors a person can meet: one class each, with a stable code, an exit status, a Vietnamese sentence and a remedy.

A message says what happened to which file; a remedy says what the person can do about it.  Programmers' mistakes
are ordinary Python exceptions and are not listed here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar


class CongvanError(Exception):
    """Base of every error shown to a person.

    ``code`` is stable and machine readable, ``exit_status`` is the command's exit status when this error ends it,
    ``sentence`` and ``remedy`` are Vietnamese format strings over the keyword arguments given to the constructor.
    """

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1
    sentence: ClassVar[str] = "Có lỗi khi xử lý {path}."
    remedy: ClassVar[str] = "Thử lại; nếu vẫn lỗi, gửi tệp này cho người quản trị."

    def __init__(self, path: str | Path | None = None, **details: Any) -> None:
        self.path = None if path is None else str(path)
        self.details = details
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The Vietnamese sentence with its details filled in."""
        return self.sentence.format(path=self.path or "(không có tên)", **self.details)

    @property
    def advice(self) -> str:
        """The Vietnamese remedy with its details filled in."""
        return self.remedy.format(path=self.path or "(không có tên)", **self.details)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON output: ``code``, ``path``, ``message``, ``remedy``."""
        return {"code": self.code, "path": self.path, "message": self.message, "remedy": self.advice}

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process boundaries in a batch; the default pickling would lose the keyword arguments.
        return _rebuild, (type(self), self.path, self.details)


def _rebuild(cls: type[CongvanError], path: str | None, details: dict[str, Any]) -> CongvanError:
    return cls(path, **details)


class UsageError(CongvanError):
    code, exit_status = "usage", 2
    sentence = "Lệnh chưa đúng: {reason}."
    remedy = "Xem hướng dẫn bằng lệnh: congvan --help"


class FileMissing(CongvanError):
    code, exit_status = "file_missing", 10
    sentence = "Không tìm thấy {path}."
    remedy = "Kiểm tra lại đường dẫn và tên tệp."


class FileUnreadable(CongvanError):
    code, exit_status = "file_unreadable", 11
    sentence = "Không mở được {path}: {reason}."
    remedy = "Kiểm tra quyền đọc của tệp hoặc thư mục rồi thử lại."


class FileEmpty(CongvanError):
    code, exit_status = "file_empty", 12
    sentence = "Tệp {path} rỗng (0 byte) hoặc không có nội dung."
    remedy = "Quét hoặc tải lại tệp."


class FileDamaged(CongvanError):
    code, exit_status = "file_damaged", 13
    sentence = "Tệp {path} hỏng hoặc bị cắt cụt, không đọc được ({reason})."
    remedy = "Xin lại tệp từ nơi gửi, hoặc quét lại bản giấy."


class FileEncrypted(CongvanError):
    code, exit_status = "file_encrypted", 14
    sentence = "Tệp {path} có mật khẩu nên không đọc được."
    remedy = "Mở tệp bằng mật khẩu, lưu một bản không mật khẩu rồi đưa vào lại."


class FormatUnsupported(CongvanError):
    code, exit_status = "format_unsupported", 15
    sentence = "Tệp {path} có định dạng chưa hỗ trợ ({found})."
    remedy = (
        "Dùng PDF, JPEG, PNG, TIFF, DOCX, TXT, Markdown hoặc HTML; tệp .doc cũ cần lưu lại thành .docx hoặc PDF, "
        "ảnh HEIC hoặc WebP của điện thoại thành JPEG."
    )


class NoPages(CongvanError):
    code, exit_status = "no_pages", 16
    sentence = "Tệp {path} không có trang nào."
    remedy = "Quét hoặc xuất lại tệp."


class TooManyPages(CongvanError):
    code, exit_status = "too_many_pages", 17
    sentence = "Tệp {path} có {pages} trang, quá giới hạn {limit} trang."
    remedy = "Tách tệp thành nhiều tệp nhỏ, hoặc nâng giới hạn bằng --max-pages."


class ImageTooLarge(CongvanError):
    code, exit_status = "image_too_large", 18
    sentence = "Ảnh trong {path} quá lớn ({width}×{height} điểm ảnh, giới hạn {limit} triệu)."
    remedy = "Quét lại ở 200–300 dpi khổ A4."


class DecompressionBomb(CongvanError):
    code, exit_status = "decompression_bomb", 19
    sentence = "Tệp {path} giải nén ra quá lớn ({reason}), có thể là tệp độc hại."
    remedy = "Không mở tệp này; hỏi lại nơi gửi."


class OcrToolMissing(CongvanError):
    code, exit_status = "ocr_tool_missing", 20
    sentence = "Máy chưa có chương trình nhận dạng chữ Tesseract."
    remedy = "Cài bằng lệnh: sudo apt-get install tesseract-ocr tesseract-ocr-vie"


class OcrLanguageMissing(CongvanError):
    code, exit_status = "ocr_language_missing", 21
    sentence = "Tesseract chưa có dữ liệu ngôn ngữ «{language}»."
    remedy = "Cài bằng lệnh: sudo apt-get install tesseract-ocr-{language}"


class OcrFailed(CongvanError):
    code, exit_status = "ocr_failed", 22
    sentence = "Nhận dạng chữ thất bại ở trang {page} của {path}: {reason}."
    remedy = "Quét lại trang này rõ hơn rồi thử lại."


class PageTimeout(CongvanError):
    code, exit_status = "page_timeout", 23
    sentence = "Trang {page} của {path} đọc quá {seconds} giây nên bị bỏ qua."
    remedy = "Quét lại trang này, hoặc tăng giới hạn bằng --page-timeout."


class AllPagesFailed(CongvanError):
    code, exit_status = "all_pages_failed", 24
    sentence = "Không đọc được trang nào của {path} ({reason})."
    remedy = "Quét lại tài liệu rõ hơn."


class OutputUnwritable(CongvanError):
    code, exit_status = "output_unwritable", 30
    sentence = "Không ghi được vào {path}: {reason}."
    remedy = "Kiểm tra quyền ghi và dung lượng đĩa còn trống."


class GoldInvalid(CongvanError):
    code, exit_status = "gold_invalid", 31
    sentence = "Tệp kết quả chuẩn {path} không đúng khuôn dạng: {reason}."
    remedy = "Sửa tệp theo lược đồ in ra bởi lệnh: congvan schema"


class SomeFailed(CongvanError):
    """Not a failure of one file but of a batch: some inputs failed, the others are done."""

    code, exit_status = "some_failed", 4
    sentence = "{failed} trong {total} tệp chưa xử lý được; các tệp khác đã xong."
    remedy = "Xem lý do của từng tệp ở trên."


def error_classes() -> list[type[CongvanError]]:
    """Every concrete error class, in order of exit status (for the documentation and its test)."""
    found: list[type[CongvanError]] = []
    todo = list(CongvanError.__subclasses__())
    while todo:
        cls = todo.pop()
        found.append(cls)
        todo.extend(cls.__subclasses__())
    return sorted(found, key=lambda cls: (cls.exit_status, cls.code))
