"""Sign-ins: they outlive a reload, end when they are ended, and a provider's word opens accounts that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from ui_people import ADMIN, CLERK, PASSWORD
from ui_running import Running

from pipeline.store.actors import Role
from pipeline.ui import server, session, sign_ins
from pipeline.ui.sign_ins import IDLE_SECONDS, LONGEST_SECONDS, SignIns


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SignIns]:
    made = SignIns(tmp_path)
    yield made
    made.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    moment = [1_800_000_000.0]
    monkeypatch.setattr(sign_ins.time, "time", lambda: moment[0])

    def pass_by(seconds: float) -> None:
        moment[0] += seconds

    return pass_by


def token_of(kept: SignIns, account: str = "Lan") -> tuple[str, str]:
    begun = kept.begin(account)
    token = kept.trade(begun.ticket or "")
    assert token is not None
    return begun.id, token


def test_a_ticket_is_good_once_and_for_a_minute(kept: SignIns, clock: Callable[[float], None]) -> None:
    first, second = kept.begin("Lan"), kept.begin("Lan")
    assert kept.trade(first.ticket or "") is not None
    assert kept.trade(first.ticket or "") is None
    assert kept.trade("made up") is None
    clock(61)
    assert kept.trade(second.ticket or "") is None


def test_what_is_kept_signs_nobody_in(kept: SignIns, tmp_path: Path) -> None:
    begun = kept.begin("Lan")
    token = kept.trade(begun.ticket or "") or ""
    kept.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("app.db*"))
    assert token.encode() not in stored
    assert (begun.ticket or "").encode() not in stored
    assert (tmp_path / "app.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("steps", "stands"),
    [
        ([IDLE_SECONDS - 10], True), ([IDLE_SECONDS + 10], False),
        ([IDLE_SECONDS - 100] * 10, True),  # in use every day
        ([IDLE_SECONDS - 100] * 15, False),  # and still not for ever
    ],
    ids=["used within the day", "left alone", "used again and again", "older than a week"],
)  # fmt: skip
def test_a_sign_in_ends_by_itself(
    kept: SignIns, clock: Callable[[float], None], steps: list[int], stands: bool
) -> None:
    begun, token = token_of(kept)
    found: Any = None
    for seconds in steps:
        clock(seconds)
        found = kept.resume(token)
    assert (found is not None) is stands
    assert (kept.find(begun) is not None) is stands


def test_ending_holds_for_the_id_and_the_cookie(kept: SignIns) -> None:
    begun, token = token_of(kept)
    other, other_token = token_of(kept)
    kept.end(begun)
    assert kept.find(begun) is None
    assert kept.resume(token) is None
    assert kept.resume(other_token) is not None
    third, _ = token_of(kept)
    kept.end_all("Lan", but=third)
    assert kept.find(other) is None
    assert kept.find(third) is not None


def test_a_providers_word_from_before_a_sign_out_is_taken_no_more(
    kept: SignIns, clock: Callable[[float], None]
) -> None:
    given = sign_ins.time.time()
    assert kept.accepts("Lan", given)
    clock(30)
    kept.bar("Lan")
    assert not kept.accepts("Lan", given)
    assert kept.accepts("Minh", given)
    assert kept.accepts("Lan", sign_ins.time.time())
    assert not kept.accepts("Minh", given - LONGEST_SECONDS)


@pytest.mark.parametrize(
    ("origin", "ticket", "status"),
    [
        ("http://testserver", "good", 200), ("http://evil.example", "good", 403), (None, "good", 403),
        ("http://testserver", "made up", 403), ("http://testserver", "", 403),
    ],
    ids=["the app's own page", "a page of another site", "no origin", "a made-up ticket", "no ticket"],
)  # fmt: skip
def test_only_the_apps_own_page_trades_a_ticket(folder: Path, origin: str | None, ticket: str, status: int) -> None:
    ticket = (session.sign_ins().begin(CLERK.name).ticket or "") if ticket == "good" else ticket
    client = TestClient(Starlette(routes=server.routes()))
    answer = client.post(server.SIGN_IN_PATH, content=ticket, headers={"Origin": origin} if origin else {})
    assert answer.status_code == status
    cookie = answer.headers.get("set-cookie", "").lower()
    assert ("httponly" in cookie and "samesite=lax" in cookie) is (status == 200)


@pytest.mark.browser
def test_a_reload_keeps_the_person_and_signing_out_ends_it_for_good(start: Callable[..., Running], page: Any) -> None:
    app = start()
    page.goto(app.url)
    page.get_by_label("Tên đăng nhập").fill(CLERK.name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    with page.expect_response(lambda answer: answer.url.endswith(server.SIGN_IN_PATH)) as got:
        page.get_by_role("button", name="Đăng nhập").click()
    assert got.value.status == 200
    page.get_by_role("heading", name="Tổng quan").wait_for()
    assert server.COOKIE not in page.evaluate("document.cookie")  # no script reads it
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] == server.COOKIE]
    assert [cookie["httpOnly"] for cookie in cookies] == [True]

    page.goto(f"{app.url}/nguoi-dung")
    page.get_by_text(f"Bạn là {CLERK.name}").wait_for()
    page.reload()
    page.get_by_text(f"Bạn là {CLERK.name}").wait_for()

    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").wait_for()
    page.context.add_cookies(cookies)  # a copy of the cookie that somebody kept
    page.goto(app.url)
    page.get_by_label("Tên đăng nhập").wait_for()
    assert page.get_by_role("heading", name="Tổng quan").count() == 0


@pytest.mark.browser
def test_a_provider_opens_the_account_of_that_name_and_no_other(start: Callable[..., Running], page: Any) -> None:
    pytest.importorskip("authlib", reason="Authlib is not installed")
    from ui_provider import running

    with running() as provider:

        def secrets(url: str) -> str:
            return (
                f'[auth]\nredirect_uri = "{url}/oauth2callback"\ncookie_secret = "{"k" * 40}"\n'
                f'client_id = "congvan"\nclient_secret = "bi-mat"\n'
                f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n'
            )

        app = start(secrets=secrets)
        provider.claims = {"email": "thu@huyen.gov.vn", "email_verified": True}
        button = page.get_by_role("button", name="Đăng nhập bằng tài khoản cơ quan")
        page.goto(app.url)
        button.click()
        page.get_by_text("chưa có tài khoản đang dùng trong kho này").wait_for()
        assert page.get_by_role("heading", name="Tổng quan").count() == 0

        with app.archive() as archive:
            archive.create_user(ADMIN, "thu@huyen.gov.vn", Role.CLERK, "khong-ai-biet-ca")
        # An address that the provider did not verify is anybody's.
        provider.claims = {"email": "thu@huyen.gov.vn", "email_verified": False}
        page.context.clear_cookies()
        page.goto(app.url)
        button.click()
        button.wait_for()
        page.wait_for_timeout(1500)
        assert page.get_by_role("heading", name="Tổng quan").count() == 0

        provider.claims = {"email": "thu@huyen.gov.vn", "email_verified": True}
        page.context.clear_cookies()
        page.goto(app.url)
        button.click()
        page.get_by_role("heading", name="Tổng quan").wait_for()
        page.reload()
        page.get_by_role("heading", name="Tổng quan").wait_for()
        page.get_by_text("thu@huyen.gov.vn").first.wait_for()
        kept = page.context.cookies()
        page.wait_for_timeout(1100)  # the provider's word tells whole seconds
        page.get_by_role("button", name="Đăng xuất").click()
        button.wait_for()
        page.context.add_cookies(kept)
        page.goto(app.url)
        button.wait_for()
        assert page.get_by_role("heading", name="Tổng quan").count() == 0
