"""Errors of whole runs that a person can meet."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import CongvanError


class NothingFound(CongvanError):
    """Folders were given and none of them holds a document."""

    code, exit_status = "nothing_found", 32
    sentence = "Không thấy văn bản nào trong {path}."
    remedy = "Kiểm tra lại thư mục; tệp ẩn và tệp không phải văn bản được bỏ qua."


class WorkerDied(CongvanError):
    """The process that read the file was killed, twice: usually by the system for want of memory."""

    code, exit_status = "worker_died", 33
    sentence = "Tiến trình đọc {path} bị dừng đột ngột (thường do thiếu bộ nhớ)."
    remedy = "Chạy lại riêng tệp này với --jobs 1, hoặc tách tệp thành nhiều tệp nhỏ."


class FontMissing(CongvanError):
    """No font of this machine has the Vietnamese letters, so pictures cannot be labelled."""

    code, exit_status = "font_missing", 34
    sentence = "Máy chưa có phông chữ tiếng Việt để ghi nhãn lên ảnh."
    remedy = "Cài bằng lệnh: sudo apt-get install fonts-dejavu-core"


class Unexpected(CongvanError):
    """A defect of the program, met on one file; ``--debug`` shows where."""

    code, exit_status = "unexpected", 70
    sentence = "Lỗi không lường trước khi xử lý {path}: {reason}."
    remedy = "Chạy lại với --debug và gửi phần in ra cho người phát triển."


def unexpected(path: Path | str, error: BaseException) -> Unexpected:
    """The error shown for an exception that no stage foresaw: one line, whatever the exception says."""
    first = " ".join(str(error).split())[:200]
    return Unexpected(path, reason=f"{type(error).__name__}: {first}" if first else type(error).__name__)
