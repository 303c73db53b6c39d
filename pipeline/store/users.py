"""Accounts of the archive: a name, a role, and an argon2 hash of the password."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, literal, select, update

from pipeline.store import audit, schema
from pipeline.store.actors import Actor, Role
from pipeline.store.columns import now
from pipeline.store.errors import NotFound, SignInFailed, UserInvalid

SHORTEST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class User:
    name: str
    role: Role
    active: bool
    created_at: str


def _hash(name: str, password: str) -> str:
    from argon2 import PasswordHasher

    if len(password) < SHORTEST_PASSWORD:
        raise UserInvalid(name=name, reason=f"mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự")
    return PasswordHasher().hash(password)


def _named(name: str) -> ColumnElement[bool]:
    # The database folds both sides: SQLite's lower() leaves "Đ" alone where Python's does not.
    return func.lower(schema.user.c.name) == func.lower(literal(name.strip()))


def create(connection: Connection, actor: Actor, name: str, role: Role, password: str) -> User:
    """Make an account; raises ``UserInvalid`` for an empty or taken name or a short password."""
    name, table = name.strip(), schema.user
    if not name or len(name) > 80:
        raise UserInvalid(name=name, reason="tên trống hoặc quá dài")
    if connection.execute(select(table.c.name).where(_named(name))).first():
        raise UserInvalid(name=name, reason="tên này đã có")
    moment = now()
    connection.execute(
        insert(table).values(
            name=name, role=Role(role).value, password_hash=_hash(name, password), active=True,
            created_at=moment, updated_at=moment,
        )
    )  # fmt: skip
    audit.append(connection, actor, "create_user", name, {"role": Role(role).value})
    return User(name, Role(role), True, moment)


def change(
    connection: Connection, actor: Actor, name: str, *, role: Role | None = None, password: str | None = None,
    active: bool | None = None,
) -> User:  # fmt: skip
    """Change role, password or whether the account may be used; the last active administrator stays one."""
    table = schema.user
    before = find(connection, name)
    loses = before.role is Role.ADMIN and before.active and (role not in (None, Role.ADMIN) or active is False)
    if loses and _admins(connection) == 1:
        raise UserInvalid(name=name, reason="đây là người quản trị cuối cùng")
    values: dict[str, object] = {"updated_at": now()}
    if role is not None:
        values["role"] = Role(role).value
    if password is not None:
        values["password_hash"] = _hash(name, password)
    if active is not None:
        values["active"] = active
    connection.execute(update(table).where(table.c.name == name).values(**values))
    told = {"role": values.get("role"), "active": active, "password": password is not None}
    audit.append(connection, actor, "change_user", name, told)
    return find(connection, name)


def _admins(connection: Connection) -> int:
    table = schema.user
    query = select(func.count()).where(table.c.role == Role.ADMIN.value, table.c.active)
    return int(connection.execute(query).scalar_one())


def find(connection: Connection, name: str) -> User:
    """One account; raises ``NotFound``."""
    table = schema.user
    row = connection.execute(select(table).where(table.c.name == name)).first()
    if row is None:
        raise NotFound(what="tài khoản", key=name)
    return User(row.name, Role(row.role), row.active, row.created_at)


def usable(connection: Connection, name: str) -> Actor | None:
    """The actor behind an active account; names differ by more than their case (``create``), so case does not count."""
    table = schema.user
    row = connection.execute(select(table.c.name, table.c.role).where(_named(name), table.c.active)).first()
    return Actor(row.name, Role(row.role)) if row else None


def listing(connection: Connection) -> list[User]:
    table = schema.user
    rows = connection.execute(select(table).order_by(table.c.name))
    return [User(row.name, Role(row.role), row.active, row.created_at) for row in rows]


def is_empty(connection: Connection) -> bool:
    """Whether nobody has an account yet (the first one is made without signing in, and is an administrator's)."""
    return connection.execute(select(schema.user.c.name).limit(1)).first() is None


def authenticate(connection: Connection, name: str, password: str) -> Actor:
    """The actor behind a name and password; raises ``SignInFailed`` without saying which of the two was wrong."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    table = schema.user
    row = connection.execute(select(table).where(table.c.name == name.strip())).first()
    hasher = PasswordHasher()
    if row is None:
        hasher.hash(password)  # as slow as a real check, so that the time does not tell which names exist
        raise SignInFailed()
    try:
        hasher.verify(row.password_hash, password)
    except (VerificationError, InvalidHashError) as error:
        raise SignInFailed() from error
    if not row.active:
        raise SignInFailed()
    return Actor(row.name, Role(row.role))
