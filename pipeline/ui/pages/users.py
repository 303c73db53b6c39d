"""Người dùng: accounts and roles; everybody changes their own password."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

import streamlit as st

from pipeline.store.actors import Actor, Role, allowed
from pipeline.store.archive import Archive
from pipeline.ui import provider, session
from pipeline.ui.display import moment, plain

_MAY = {
    Role.CLERK: "tiếp nhận, duyệt và sửa bản ghi, vào sổ, cập nhật nhiệm vụ, tra cứu",
    Role.OFFICER: "tra cứu, cập nhật nhiệm vụ, quyết định liên kết văn bản trên đồ thị",
    Role.ADMIN: "mọi việc của văn thư và chuyên viên; tài khoản, sao lưu, nhật ký",
}


def show() -> None:
    st.title("Người dùng")
    person, archive = session.here(), session.archive()
    st.caption(f"Bạn là {plain(person.name)}, vai trò {plain(person.role.value)}: được {_MAY[person.role]}.")
    if not session.demo():
        _own_password(person, archive)
    if not allowed(person, "users"):
        st.info("Quản lý tài khoản dành cho quản trị.")
        return
    _accounts(person, archive)
    _new(person, archive)
    _trail(person, archive)


def _own_password(person: Actor, archive: Archive) -> None:
    with st.expander("Đổi mật khẩu của tôi"), st.form("own_password", clear_on_submit=True):
        old = st.text_input("Mật khẩu hiện nay", type="password")
        new = st.text_input("Mật khẩu mới (từ 8 ký tự)", type="password")
        again = st.text_input("Nhập lại mật khẩu mới", type="password")
        if st.form_submit_button("Đổi mật khẩu"):
            if new != again:
                st.error("Hai lần nhập mật khẩu mới không giống nhau.")
                return
            with session.said():
                archive.authenticate(person.name, old)
                archive.change_user(person, person.name, password=new)
                session.sign_ins().end_all(person.name, but=st.session_state.get("sign_in"))
                st.success("Đã đổi mật khẩu; các máy khác đang đăng nhập bằng tài khoản này phải đăng nhập lại.")


def _accounts(person: Actor, archive: Archive) -> None:
    st.subheader("Tài khoản")
    users = archive.users(person)
    if not users:
        st.caption("Chưa có tài khoản nào.")
        return
    roles = [role.value for role in Role]
    data = [{"name": u.name, "role": u.role.value, "active": u.active, "since": moment(u.created_at)} for u in users]
    config: dict[str, Any] = {
        "name": st.column_config.TextColumn("Tên", disabled=True),
        "since": st.column_config.TextColumn("Từ", disabled=True),
        "role": st.column_config.SelectboxColumn("Vai trò", options=roles, required=True),
        "active": st.column_config.CheckboxColumn("Được dùng"),
    }  # fmt: skip
    key = f"accounts-{hash(tuple((u.name, u.role, u.active) for u in users))}-{st.session_state.get('accounts_try', 0)}"
    edited = st.data_editor(data, hide_index=True, column_config=config, key=key, num_rows="fixed")
    changed = False
    for user, row in zip(users, edited, strict=True):
        if (row["role"], row["active"]) != (user.role.value, user.active):
            changed = True
            with session.said():
                archive.change_user(person, user.name, role=Role(str(row["role"])), active=bool(row["active"]))
                if not row["active"]:
                    session.sign_ins().end_all(user.name)
                session.done(f"Đã đổi tài khoản {user.name}.")
                st.rerun()
    if changed:  # it was refused: the table goes back to what holds
        if st.button("Xem lại tài khoản"):
            st.session_state["accounts_try"] = st.session_state.get("accounts_try", 0) + 1
            st.rerun()
        return
    with st.expander("Đặt lại mật khẩu cho một tài khoản"), st.form("reset", clear_on_submit=True):
        name = st.selectbox("Tài khoản", [user.name for user in users])
        password = st.text_input("Mật khẩu mới (từ 8 ký tự)", type="password")
        if st.form_submit_button("Đặt lại"):
            with session.said():
                archive.change_user(person, name, password=password)
                session.sign_ins().end_all(name)
                st.success("Đã đặt lại mật khẩu; tài khoản này phải đăng nhập lại ở mọi máy.")


def _new(person: Actor, archive: Archive) -> None:
    by_provider = provider.available()
    with st.expander("Thêm tài khoản", expanded=not archive.has_users()), st.form("new_user", clear_on_submit=True):
        named = f"Tên đăng nhập (hoặc {provider.claim()} ở dịch vụ đăng nhập)" if by_provider else "Tên đăng nhập"
        name = st.text_input(named, max_chars=80)
        role = st.selectbox("Vai trò", list(Role), format_func=lambda one: f"{one.value}: {_MAY[one]}")
        outside = by_provider and st.checkbox(f"Chỉ đăng nhập bằng {provider.name()}, không dùng mật khẩu của kho")
        password = st.text_input("Mật khẩu (từ 8 ký tự)", type="password")
        if st.form_submit_button("Thêm", type="primary"):
            with session.said():
                # A password that nobody knows: the account is open to the provider alone until one is set.
                archive.create_user(person, name, role or Role.CLERK, token_urlsafe(32) if outside else password)
                session.done(f"Đã thêm tài khoản {name}.")
                st.rerun()


def _trail(person: Actor, archive: Archive) -> None:
    with st.expander("Nhật ký: ai làm gì, lúc nào"):
        rows = [
            {"Lúc": moment(entry.at), "Người": entry.actor, "Vai trò": entry.role, "Việc": entry.action,
             "Đối tượng": entry.subject}
            for entry in archive.audit(person, limit=200)
        ]  # fmt: skip
        st.dataframe(rows, hide_index=True)
