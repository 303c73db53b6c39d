"""Errors of the API and of ``congvan serve``."""

from __future__ import annotations

from pipeline.errors import CongvanError


class KeyUnknown(CongvanError):
    """No key, a wrong one, or one that was taken back."""

    code, exit_status = "key_unknown", 90
    sentence = "Khóa API thiếu, sai hoặc đã bị thu hồi."
    remedy = "Gửi khóa ở tiêu đề Authorization: Bearer …; người quản trị cấp khóa bằng lệnh: congvan api-key create"


class ScopeMissing(CongvanError):
    """The key does not allow this."""

    code, exit_status = "scope_missing", 91
    sentence = "Khóa «{name}» không có quyền {scope}."
    remedy = "Nhờ người quản trị cấp khóa có quyền đó."


class TooManyRequests(CongvanError):
    """The key asks too often, or the queue is full."""

    code, exit_status = "too_many_requests", 92
    sentence = "Quá nhiều yêu cầu cùng lúc."
    remedy = "Đợi {seconds} giây rồi thử lại."


class UploadTooLarge(CongvanError):
    """A body over the limit."""

    code, exit_status = "upload_too_large", 93
    sentence = "Tệp gửi lên lớn hơn {limit} MB."
    remedy = "Tách tệp thành nhiều tệp nhỏ hơn."


class KeyReused(CongvanError):
    """An Idempotency-Key that came with another request before."""

    code, exit_status = "idempotency_key_reused", 94
    sentence = "Idempotency-Key này đã dùng cho một yêu cầu khác hoặc yêu cầu đó chưa xong."
    remedy = "Dùng một giá trị mới cho mỗi yêu cầu mới."


class BindRefused(CongvanError):
    """Serving to other machines without any key."""

    code, exit_status = "bind_refused", 95
    sentence = "Không mở API ra địa chỉ {path} khi chưa có khóa nào."
    remedy = "Cấp khóa trước bằng lệnh: congvan api-key create TÊN"


class OriginRefused(CongvanError):
    """A web page of another site, or another host name, while no key protects the API."""

    code, exit_status = "origin_refused", 96
    sentence = "Yêu cầu đến từ trang hoặc tên máy lạ nên bị từ chối."
    remedy = "Gọi API bằng địa chỉ 127.0.0.1, hoặc cấp khóa API."
