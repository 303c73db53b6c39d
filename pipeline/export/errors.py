"""Errors of exports that a person can meet."""

from __future__ import annotations

from pipeline.errors import CongvanError


class PrintFontMissing(CongvanError):
    """No serif font with Vietnamese letters for printed forms."""

    code, exit_status = "print_font_missing", 80
    sentence = "Máy chưa có phông chữ có chân đủ chữ tiếng Việt để in."
    remedy = "Cài bằng lệnh: sudo apt-get install fonts-croscore (hoặc fonts-freefont-ttf, fonts-dejavu-core)"


class RecordsInvalid(CongvanError):
    """A file that was given as records and is none."""

    code, exit_status = "records_invalid", 81
    sentence = "Tệp {path} không phải tệp bản ghi: {reason}."
    remedy = "Tạo tệp bản ghi bằng lệnh: congvan extract --out THƯ_MỤC"


class MessageInvalid(CongvanError):
    """An edXML message that is not one, or is unsafe to read."""

    code, exit_status = "message_invalid", 82
    sentence = "Thông điệp edXML {path} không đọc được: {reason}."
    remedy = "Xin nơi gửi phát lại thông điệp theo QCVN 102:2016/BTTTT."


class MessageIncomplete(CongvanError):
    """A record lacks what a message must say."""

    code, exit_status = "message_incomplete", 83
    sentence = "Chưa lập được thông điệp edXML: thiếu {missing}."
    remedy = "Bổ sung bản ghi, hoặc cho biết mã định danh bằng --organ-id."


class ExportImpossible(CongvanError):
    """Nothing can be made in this format from what was given."""

    code, exit_status = "export_impossible", 84
    sentence = "Không xuất được dạng {form}: {reason}."
    remedy = "Xem các dạng và yêu cầu của từng dạng bằng lệnh: congvan export --help"
