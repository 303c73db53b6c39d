"""The frame round the pages: sign-in, navigation, who is here."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl

import streamlit as st

from pipeline.errors import CongvanError
from pipeline.store.actors import Role
from pipeline.ui import provider, session
from pipeline.ui.components import followed_link
from pipeline.ui.display import plain
from pipeline.ui.server import SIGN_IN_PATH, base_path

# name -> (title, icon, section); the name is the module under pages/ and the address.
PAGES = MappingProxyType(
    {
        "overview": ("Tổng quan", ":material/dashboard:", "", "tong-quan"),
        "intake": ("Tiếp nhận", ":material/upload_file:", "Văn thư", "tiep-nhan"),
        "review": ("Duyệt", ":material/fact_check:", "Văn thư", "duyet"),
        "register": ("Sổ văn bản đến", ":material/menu_book:", "Văn thư", "so-van-ban"),
        "search": ("Tra cứu", ":material/search:", "Khai thác", "tra-cuu"),
        "tasks": ("Nhiệm vụ", ":material/task_alt:", "Khai thác", "nhiem-vu"),
        "graph": ("Đồ thị", ":material/account_tree:", "Khai thác", "do-thi"),
        "users": ("Người dùng", ":material/group:", "Quản trị", "nguoi-dung"),
    }
)
# The keys of what people choose on the pages; it is there when they come back.
_CHOICES = (
    "search_words", "search_sort", "facet_doc_type", "facet_issuer", "facet_year", "facet_province", "facet_state",
    "date_from", "date_to", "due_from", "due_to", "cites", "task_view", "task_span", "task_unit", "task_state",
    "task_dated", "register_book", "register_year", "register_from", "register_to", "register_issuer",
    "register_handler", "register_text", "graph_view", "graph_name", "graph_other", "graph_size",
)  # fmt: skip
# A file of our own: Streamlit takes named icons for the window's tab from the internet.
_ICON = Path(__file__).parent / "icon.png"
_STYLE = """<style>
.block-container { padding: 2.6rem 1.6rem .6rem 1.6rem !important; max-width: 1900px; }
[data-testid="stMainBlockContainer"] > div > [data-testid="stVerticalBlock"] { gap: .7rem; }
h1 { font-size: 1.5rem !important; padding: 0 0 .25rem 0 !important; }
h2, h3 { font-size: 1.08rem !important; padding: .3rem 0 .1rem 0 !important; }
mark { background: #ffe082; padding: 0 1px; }
iframe { display: block; }
/* Streamlit has no Vietnamese words of its own for these. */
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "Chọn tệp"; font-size: .9rem; }
[data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"]::after {
  content: "hoặc kéo thả nhiều tệp vào khung này, mỗi tệp không quá 400 MB"; color: #55616d; font-size: .9rem; }
.cv-note { color: #8a3b00; font-size: .9rem; }
[data-testid="stCaptionContainer"] p { color: #55616d !important; }
[data-testid="stCaptionContainer"] { opacity: 1 !important; }
[data-testid="stSidebarHeader"] { height: 2.2rem; }
[data-testid="stSidebar"] hr { margin: .8rem 0; }
[data-testid="stSidebar"] [data-testid="stCaptionContainer"] { margin: .5rem 0 -.6rem 0; }
[class*="st-key-job-"] { border: 1px solid #d5dce3; border-bottom-width: 0; padding: .25rem .8rem; }
.st-key-queue > :first-child [class*="st-key-job-"], .st-key-queue > [class*="st-key-job-"]:first-child {
  border-radius: 6px 6px 0 0; }
.st-key-queue > :last-child [class*="st-key-job-"], .st-key-queue > [class*="st-key-job-"]:last-child {
  border-radius: 0 0 6px 6px; border-bottom-width: 1px; }
[class*="st-key-job-"] p { margin: 0; }
[class*="st-key-job-"] [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
[class*="st-key-job-"] button { min-height: 1.9rem; padding: .1rem .6rem; }
/* Beside the menu: at its usual place it would lie over the form in which the clerk goes on working. */
[data-testid="stToastContainer"] { left: 12px !important; right: auto !important; top: auto !important;
  bottom: 12px !important; width: 300px !important; }
dl.cv-figures { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 1rem; margin: 0;
  padding: 0; }
.cv-figures dt { font-size: .88rem; color: #4a5662; }
.cv-figures dd { margin: 0; font-size: 1.7rem; line-height: 1.25; }
.cv-table { width: 100%; border-collapse: collapse; font-size: .92rem; line-height: 1.35; }
.cv-table th { text-align: left; font-weight: 600; color: #4a5662; padding: .3rem .5rem; background: #f4f6f8; }
.cv-table td { padding: .35rem .5rem; border-top: 1px solid #dfe4e9; vertical-align: top; overflow-wrap: anywhere;
  min-width: 4.2rem; }
.cv-table .num { text-align: right; white-space: nowrap; }
.cv-table td.day { white-space: nowrap; }
.cv-table .late { color: #a61c1c; font-weight: 600; white-space: nowrap; }
.cv-table .soon { white-space: nowrap; }
.cv-open { color: #1b5e9b; }
.cv-small { font-size: .875rem; }
.cv-hit { border: 1px solid #d5dce3; border-radius: 8px; padding: .6rem .9rem; margin-bottom: .6rem;
  line-height: 1.45; }
.cv-hit.on { border-color: #1b5e9b; box-shadow: inset 3px 0 #1b5e9b; }
.cv-where { font-size: .85rem; color: #5b6875; }
.cv-snippet { font-size: .9rem; color: #3c4854; }
.cv-hit nav { display: flex; gap: 1.2rem; font-size: .9rem; margin-top: .2rem; }
.cv-bar { height: .55rem; border-radius: 4px; background: #e4e8ec; margin-top: .35rem; overflow: hidden; }
.cv-bar i { display: block; height: 100%; background: #2f6b3c; }
.cv-clip { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
</style>"""


def run() -> None:
    """One run of the app."""
    st.set_page_config("Công văn", str(_ICON), layout="wide", initial_sidebar_state=228)
    st.html(_STYLE)
    try:
        archive = session.archive()
    except CongvanError as error:
        session.say(error)
        st.stop()
    # Before the sign-in, so that an address of a page still leads to that page after it.
    pages = {name: _page(name) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="hidden")  # type: ignore[arg-type]
    session.show_toasts()
    if session.actor() is None:
        _sign_in(first=not archive.has_users())
        return
    _keep_signed_in()
    st.session_state["pages"] = pages
    _menu(pages)
    _who_is_here()
    _keep_choices()
    _follow_link(pages)
    chosen.run()


def _page(name: str) -> object:
    def show() -> None:
        with session.said():
            import_module(f"pipeline.ui.pages.{name}").show()

    title, icon, _section, address = PAGES[name]
    return st.Page(show, title=title, icon=icon, url_path=address, default=name == "overview")


def _menu(pages: dict[str, object]) -> None:
    """The pages under their sections.  Streamlit's own menu nests lists in a way that screen readers stumble over."""
    section = ""
    with st.sidebar.container(gap="xsmall"):
        for name, page in pages.items():
            title, icon, under, _address = PAGES[name]
            if under != section:
                st.caption(under)
                section = under
            st.page_link(page, label=title, icon=icon, width="stretch")  # type: ignore[arg-type]


def _who_is_here() -> None:
    with st.sidebar:
        st.divider()
        if session.demo():
            st.caption("Bản thử trên máy này, không cần đăng nhập.")
            roles = [role.value for role in (Role.ADMIN, Role.CLERK, Role.OFFICER)]
            st.selectbox("Vai trò đang thử", roles, key="demo_role")
            return
        person = session.here()
        st.markdown(f"**{plain(person.name)}**  \n{plain(person.role.value)}")
        if st.button("Đăng xuất", icon=":material/logout:"):
            session.sign_out()


def _keep_choices() -> None:
    """Streamlit forgets the fields of a page as soon as another one is shown, unless their values are set anew."""
    for key in _CHOICES:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def _follow_link(pages: dict[str, object]) -> None:
    """Open what a link of a table names: the address that ``tables.address`` made."""
    with st.sidebar:
        address = followed_link()
    path, _, asked = (address or "").removeprefix(f"{base_path()}/").partition("?")
    for name, (_title, _icon, _section, known) in PAGES.items():
        if address and path == known:
            st.switch_page(pages[name], query_params=dict(parse_qsl(asked)))  # type: ignore[arg-type]


def _keep_signed_in() -> None:
    """Trade the ticket of a fresh sign-in for the cookie, by a script of the page: only a server can set one that no
    script reads.  The ticket is of our own making, holds only letters, digits, - and _, and is good once."""
    ticket = st.session_state.pop("ticket", None)
    if ticket:
        path = f"{base_path()}{SIGN_IN_PATH}"
        script = f"<script>fetch('{path}', {{method: 'POST', body: '{ticket}', credentials: 'same-origin'}})</script>"
        st.html(script, unsafe_allow_javascript=True)


def _sign_in(*, first: bool) -> None:
    _, middle, _ = st.columns([1, 1.1, 1])
    with middle:
        st.title("Công văn")
        if first:
            st.write("Kho chưa có tài khoản nào. Tài khoản đầu tiên là của người quản trị.")
        elif provider.available():
            _by_provider()
        with st.form("sign_in_form"):
            name = st.text_input("Tên đăng nhập", max_chars=80)
            password = st.text_input("Mật khẩu", type="password")
            again = st.text_input("Nhập lại mật khẩu", type="password") if first else password
            sent = st.form_submit_button("Tạo tài khoản quản trị" if first else "Đăng nhập", type="primary")
        if not sent:
            return
        if first and password != again:
            st.error("Hai lần nhập mật khẩu không giống nhau.")
            return
        with session.said():
            archive = session.archive()
            if first:
                archive.create_first_user(name, password)
            session.begin(archive.authenticate(name, password).name)
            st.rerun()


def _by_provider() -> None:
    """The button of the office's own accounts, and why it did not let somebody in."""
    unknown = provider.refused()
    if unknown is not None:
        st.warning(
            f"«{plain(unknown)}» đã đăng nhập ở dịch vụ của cơ quan nhưng chưa có tài khoản đang dùng trong kho này, "
            "hoặc đã đăng xuất. Nhờ người quản trị thêm tài khoản cùng tên, hoặc đăng nhập lại."
        )
    if st.button(f"Đăng nhập bằng {provider.name()}", icon=":material/badge:", width="stretch", type="primary"):
        st.login()
    st.caption("hoặc bằng tài khoản của kho:")
