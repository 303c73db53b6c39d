"""Errors of the archive that a person can meet."""

from __future__ import annotations

from pipeline.errors import CongvanError


class StoreError(CongvanError):
    """Base of the archive's errors."""

    code, exit_status = "store", 40
    sentence = "Kho văn bản gặp lỗi: {reason}."
    remedy = "Chạy «congvan check» để kiểm tra kho."


class Forbidden(StoreError):
    """The role of the person does not allow the verb."""

    code, exit_status = "forbidden", 41
    sentence = "{actor} (vai trò {role}) không được phép {action}."
    remedy = "Việc này dành cho: {allowed}. Đăng nhập bằng tài khoản có vai trò đó."


class NotFound(StoreError):
    """No such record, user, task, register entry …"""

    code, exit_status = "not_found", 42
    sentence = "Không tìm thấy {what} «{key}» trong kho."
    remedy = "Kiểm tra lại mã, hoặc tìm bằng lệnh: congvan search"


class CorrectionInvalid(StoreError):
    """The value given does not fit the record."""

    code, exit_status = "correction_invalid", 43
    sentence = "Không sửa được {pointer}: {reason}."
    remedy = "Xem khuôn dạng của trường bằng lệnh: congvan schema"


class Outdated(StoreError):
    """Somebody else changed the record since this person read it."""

    code, exit_status = "outdated", 44
    sentence = "Bản ghi {key} đã được người khác sửa (bản {current}, bạn đang xem bản {seen})."
    remedy = "Mở lại bản ghi rồi sửa trên bản mới nhất."


class RegisterConflict(StoreError):
    """A number of the register that cannot be given."""

    code, exit_status = "register_conflict", 45
    sentence = "Không vào sổ được: {reason}."
    remedy = "Xem sổ của năm đó; số đã cấp không bao giờ được cấp lại."


class UserInvalid(StoreError):
    """An account that cannot be made or changed so."""

    code, exit_status = "user_invalid", 46
    sentence = "Không lưu được tài khoản «{name}»: {reason}."
    remedy = "Chọn tên khác hoặc mật khẩu dài hơn."


class SignInFailed(StoreError):
    """Wrong name or password; deliberately does not say which."""

    code, exit_status = "sign_in_failed", 47
    sentence = "Tên đăng nhập hoặc mật khẩu không đúng."
    remedy = "Thử lại, hoặc nhờ người quản trị đặt lại mật khẩu."


class ArchiveBusy(StoreError):
    """Another process kept the archive locked for too long."""

    code, exit_status = "archive_busy", 48
    sentence = "Kho {path} đang được tiến trình khác ghi quá lâu."
    remedy = "Đợi tiến trình kia xong rồi thử lại."


class ArchiveTooNew(StoreError):
    """The database was written by a newer version of the program."""

    code, exit_status = "archive_too_new", 49
    sentence = "Kho {path} do phiên bản congvan mới hơn tạo ra ({revision})."
    remedy = "Nâng cấp congvan rồi mở lại kho."


class ArchiveMissing(StoreError):
    """There is no archive where one was to be read."""

    code, exit_status = "archive_missing", 50
    sentence = "Chưa có kho văn bản ở {path}."
    remedy = "Tạo kho bằng lệnh: congvan ingest ĐƯỜNG_DẪN"


class BackupInvalid(StoreError):
    """A backup that is damaged or is none."""

    code, exit_status = "backup_invalid", 51
    sentence = "Bản sao lưu {path} không dùng được: {reason}."
    remedy = "Dùng một bản sao lưu khác."


class RestoreRefused(StoreError):
    """Restoring would write over what is there."""

    code, exit_status = "restore_refused", 52
    sentence = "Không phục hồi vào {path}: kho này đã có dữ liệu."
    remedy = "Phục hồi vào một thư mục hoặc cơ sở dữ liệu trống."


class OriginalDamaged(StoreError):
    """A kept original is missing or is not what it was."""

    code, exit_status = "original_damaged", 53
    sentence = "Bản gốc {sha256} trong kho bị mất hoặc bị thay đổi."
    remedy = "Phục hồi tệp này từ bản sao lưu."


class ArchiveUnsound(StoreError):
    """The check of the archive found faults."""

    code, exit_status = "archive_unsound", 54
    sentence = "Kiểm tra kho thấy {count} lỗi."
    remedy = "Xem từng lỗi ở trên; phục hồi từ bản sao lưu nếu cần."


class QueryInvalid(StoreError):
    """A search that cannot be understood."""

    code, exit_status = "query_invalid", 55
    sentence = "Câu tìm kiếm chưa đúng: {reason}."
    remedy = 'Gõ từ cần tìm, "cụm từ" trong ngoặc kép, hoặc thêm * cho phần đầu của từ.'


class DatabaseUnreachable(StoreError):
    """The database server does not answer or refuses."""

    code, exit_status = "database_unreachable", 56
    sentence = "Không kết nối được cơ sở dữ liệu {path}: {reason}."
    remedy = "Kiểm tra máy chủ, địa chỉ và mật khẩu."
