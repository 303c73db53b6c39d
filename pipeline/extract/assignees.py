"""Parties that a sentence directs: "yêu cầu <party> triển khai …", "Giao <party> chủ trì …", "<party>:"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.found import one_line
from pipeline.layout.outline import marker_of
from pipeline.lexicon.cues import cue_pattern, cues, key_of
from pipeline.lexicon.fold import fold

_EDGE = " \t\n.,;:-–—*“”\"'"


@dataclass(frozen=True, slots=True)
class Party:
    """One or several assignees, as the text names them."""

    names: tuple[str, ...]


# Words with which the name of a party (an agency, an office holder, a group of them) begins.
_PARTY_HEAD = re.compile(
    r"^(?:(?:cac|toan the|toan bo|tat ca|nhung|rieng)\s+)?(?:so|bo|ban|uy ban|ubnd|hoi|hdnd|phong|van phong|vp|cong an|cuc|chi cuc|tong cuc|thu truong|giam doc|pho giam doc|chu tich"
    r"|pho chu tich|truong|pho truong|hieu truong|don vi|co quan|dia phuong|doanh nghiep|to chuc|ca nhan|trung tam|dai|bao|kho bac|ngan hang|thanh tra|toa an|vien|ban quan ly"
    r"|xa|phuong|thi tran|huyen|quan|thanh pho|tinh|ho gia dinh|can bo|cong chuc|vien chuc|lanh dao|nganh|thanh vien|doi|to\b|to cong tac|to chuc|lien doan|doan|mat tran|chanh van phong"
    r"|chanh thanh tra|cong ty|tap doan|benh vien|chi nhanh|hat|bi thu|dang uy|dang bo|chi bo|tinh uy|huyen uy|thanh uy|thuong truc|bo phan|chuyen vien|nha truong|phong vien|chu dau tu|khoi|khoa"
    r"|bo chi huy|ban chi huy|chi huy truong|quan su|cac ong|ong|ba|dong chi|d/c|uy vien|doan vien|cong doan|hoi vien|nguoi dan|nhan dan|hoc sinh|sinh vien|bo truong|thu tuong|tong giam doc|ke toan|giao vien|thon|buon|bon|to dan pho)\b"
)
# A party's name ends where what it has to do begins.
# Lower case only: a capital belongs to a name ("Sở Xây dựng", "Ban Tổ chức").
_DUTY = (
    r"\b(?:chủ trì|chủ động|phối hợp|triển khai|thực hiện|(?<!các )(?<!, )(?<!cá nhân, )tổ chức(?! tín dụng| chính trị| xã hội| đảng)|khẩn trương|nghiêm túc|tiếp tục|tăng cường|chỉ đạo"
    r"|tham mưu|có trách nhiệm|chịu trách nhiệm|quan tâm|thường xuyên|tập trung|kịp thời|rà soát|nghiên cứu|báo cáo|gửi|(?<!đơn vị )(?<!nghiệp )cung cấp|(?<!đầu tư )(?<!ngành )xây dựng"
    r"|hướng dẫn|căn cứ|theo dõi|đôn đốc|kiểm tra|công bố|sớm|phải|cần|cử|bố trí|xem xét|quán triệt|tích cực|vận động|(?<![Vv]iễn )thông báo|tuyên truyền|phân công|nếu phát hiện|nếu|khi"
    r"|trong|đăng|lập|có ý kiến|tham gia|hoàn thành|thống nhất|nghiêm chỉnh|ưu tiên|(?<![Bb]an )(?<!chi cục )(?<!đội )quản lý|giải quyết|xử lý|tiến hành|nâng cao|đẩy mạnh"
    r"|có thể|có kế hoạch|có biện pháp|có phương án|bảo đảm|đảm bảo|phát huy|tạo điều kiện|duy trì|hỗ trợ|thẩm định|lưu ý|phê duyệt|ban hành|yêu cầu|đề nghị|làm|là|được|đã|cùng với"
    r"|tập hợp|chấn chỉnh|nghiêm|đề xuất|trình|chuẩn bị|tổng hợp|niêm yết|công khai|thu hồi|huy động|nắm|góp ý|cho ý kiến|tiếp thu|thi hành|căn cứ vào|dự|cập nhật|ký|sử dụng|bàn giao"
    r"|điều chỉnh|lấy|định kỳ|hằng|hàng năm|hàng tháng|trước ngày|chậm nhất|theo chức năng)\b"
)
_STOP = re.compile(_DUTY + r"|[:;.](?=\s|$)|\n")


# A heading names a party and nothing that it must do.
_MODAL = re.compile(
    r"\b(?:phải|cần|có thể|có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|yêu cầu|đề nghị|giao|thực hiện|triển khai|tăng cường|tiếp tục|nâng cao|tổ chức thực hiện|như sau|sau đây)\b"
    r"(?! quản lý| doanh nghiệp)"
)


@cache
def _item_directing() -> re.Pattern[str]:
    return re.compile(r"(?:kính\s+)?" + cue_pattern("task.item_directs").pattern + r"\s+(?:cho\s+|với\s+)?")


def is_general(party: Party) -> bool:
    """"các cơ quan, đơn vị": everybody spoken to, so that a heading's own party says more."""
    key = key_of(party.names[0])
    return bool(re.match(r"(?:cac\s+)?(?:co quan|don vi|dia phuong|so, ban|to chuc|ca nhan)\b", key))


def opening_party(text: str) -> Party | None:
    """The party of a sentence that directs ("Sở … yêu cầu thủ trưởng các đơn vị triển khai … sau:"); the last wins."""
    # Marks may be lost in recognition ("điện khân"), and these verbs have no twins without marks.
    key = key_of(text)
    for match in reversed(list(_opening_verbs().finditer(key))):
        before = key[: match.start()].rstrip()
        if match.group().startswith(("de nghi", "chi dao")) and re.search(r"\b(?:theo|xet|tai|co|duoc|cua)$", before):
            continue
        if party := _party_at(text, match.end()):
            return party
    return None


@cache
def _opening_verbs() -> re.Pattern[str]:
    return re.compile(cue_pattern("task.directs", marks=False).pattern + r"\s+(?:voi\s+)?")


def named_party(body: str) -> Party | None:
    """The party that an item itself names: "Giao X …", "Đề nghị X …", "X có trách nhiệm …", "…, X chủ trì"."""
    folded = fold(body)
    lead = re.match(r"[\W_]*(?:do đó,?\s*|vì vậy,?\s*|đồng thời,?\s*)?", folded)
    at = lead.end() if lead else 0
    if (match := _item_directing().match(folded, at)) and (party := _party_at(body, match.end())):
        return party
    first = _STOP.search(body, at)
    if first and first.start() > at:
        head = body[at : first.start()]
        if _is_party(head) and not re.match(r"[:;.\n]|có thể", first.group()):
            return _split(head)
    # After an adverbial: "Sau khi …, các Sở, ngành, địa phương … phối hợp với", "Trong thời gian …, Ban … chủ trì".
    for clause in re.finditer(r",\s+", body[:300]):
        rest = body[clause.end() :]
        stop = re.search(r"(?:theo chức năng|\bchủ trì\b|\bcó trách nhiệm\b|\bphối hợp\b|\btham mưu\b)", rest[:190])
        if stop and _is_party(rest[: stop.start()]) and not re.search(r"[;:]|[.]\s", rest[: stop.start()]):
            return _split(rest[: stop.start()])
    if (match := _item_directing().search(folded, at)) and match.start() - at < 160 and re.search(r",\s*$|^\W*$", folded[at : match.start()]):
        return _party_at(body, match.end())
    return None


def heading_party(text: str) -> Party | None:
    """The party of a heading: "3. Công an tỉnh:", "II. Đối với các doanh nghiệp …", "1. UBND xã Đăk Wer"."""
    marker = marker_of(text)
    head = text[marker[2] :] if marker else text
    stripped = head.strip()
    if len(stripped) > 150 or "\n" in stripped:
        return None
    for lead in cues("task.for"):
        if fold(stripped).startswith(fold(lead) + " "):
            name = stripped[len(lead) :].strip(_EDGE)
            name = re.split(r":", name, maxsplit=1)[0].strip(_EDGE)
            return Party((one_line(name),)) if _is_party(name) else None
    ends = stripped.endswith((":", "."))
    name = stripped.strip(_EDGE)
    if not marker and not ends:
        return None
    if not _is_party(name):
        return None
    duty = re.search(_DUTY, name)
    if duty and (not stripped.endswith(":") or _MODAL.search(name)):
        return None
    return Party((one_line(name),))


def _party_at(text: str, at: int) -> Party | None:
    stop = _STOP.search(text, at)
    name = text[at : stop.start() if stop else min(len(text), at + 150)].strip(_EDGE)
    # "quan tâm", "cho", "các nội dung" are no parties.
    return _split(name) if _is_party(name) else None


def _is_party(name: str) -> bool:
    key = key_of(name).strip(_EDGE)
    if re.fullmatch(cue_pattern("task.item_verbs").pattern, fold(name).strip(_EDGE)):
        return False
    if re.match(r"(?:ban hanh|bao cao|thong bao|hoi dap|truong hop)\b", key):
        return False
    if not 3 <= len(key) <= 320:
        return False
    return bool(_PARTY_HEAD.match(key))


def _split(name: str) -> Party:
    """Several parties are parted by ";" only: commas stand inside one ("các sở, ban, ngành")."""
    name = re.sub(r"\s+(?:cần|nêu trên|và các đơn vị)$", "", name.strip(_EDGE))
    parts = [one_line(part).strip(_EDGE) for part in name.split(";")]
    return Party(tuple(part for part in parts if part) or (one_line(name),))
