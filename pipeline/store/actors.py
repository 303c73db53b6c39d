"""Who does something, and what each role may do.

Every verb of the archive takes an ``Actor`` and is refused here, below any page or route, when the role does not
allow it.  The roles are those of an office: văn thư keeps the documents and the books, chuyên viên handles the work
and analyses, quản trị keeps accounts and the archive itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pipeline.store.errors import Forbidden


class Role(StrEnum):
    CLERK = "văn thư"
    OFFICER = "chuyên viên"
    ADMIN = "quản trị"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or a service) with the role in which they act."""

    name: str
    role: Role

    def __post_init__(self) -> None:
        object.__setattr__(self, "role", Role(self.role))
        if not self.name.strip():
            raise ValueError("an actor has a name")


_EVERYBODY = frozenset(Role)
_CLERKS = frozenset({Role.CLERK, Role.ADMIN})
_ADMINS = frozenset({Role.ADMIN})

# verb -> (roles, the verb in Vietnamese for the refusal)
PERMISSIONS = MappingProxyType(
    {
        "read": (_EVERYBODY, "xem văn bản"),
        "search": (_EVERYBODY, "tra cứu"),
        "set_task": (_EVERYBODY, "cập nhật nhiệm vụ"),
        "decide": (_EVERYBODY, "quyết định liên kết văn bản"),
        "add": (_CLERKS, "đưa văn bản vào kho"),
        "correct": (_CLERKS, "sửa bản ghi"),
        "confirm": (_CLERKS, "xác nhận bản ghi"),
        "register": (_CLERKS, "vào sổ văn bản"),
        "decide_duplicate": (_CLERKS, "quyết định văn bản trùng"),
        "audit": (_ADMINS, "xem nhật ký"),
        "users": (_ADMINS, "quản lý tài khoản"),
        "backup": (_ADMINS, "sao lưu kho"),
        "restore": (_ADMINS, "phục hồi kho"),
        "check": (_ADMINS, "kiểm tra kho"),
        "open_book": (_ADMINS, "đặt số bắt đầu của sổ"),
    }
)


def allowed(actor: Actor, verb: str) -> bool:
    """Whether the actor's role allows a verb; an unknown verb is a programmer's mistake (KeyError)."""
    return actor.role in PERMISSIONS[verb][0]


def require(actor: Actor, verb: str) -> None:
    """Raise ``Forbidden`` unless the actor's role allows the verb."""
    roles, action = PERMISSIONS[verb]
    if actor.role not in roles:
        names = ", ".join(role.value for role in Role if role in roles)
        raise Forbidden(actor=actor.name, role=actor.role.value, action=action, allowed=names)
