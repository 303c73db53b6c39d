"""``congvan serve`` and ``congvan api-key``: the REST API and its keys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.store_commands import ArchiveFolder, DatabaseUrl, open_archive


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve")(serve)
    keys = typer.Typer(name="api-key", help="Cấp, xem, thu hồi khóa của API.", rich_markup_mode=None)
    for name, command in (("create", create), ("list", show), ("revoke", revoke)):
        keys.command(name)(command)
    app.add_typer(keys)


def serve(
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    host: Annotated[str, typer.Option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ để mở.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, metavar="SỐ", help="Cổng.")] = 8080,
    workers: Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Số tệp đọc cùng lúc.")] = 2,
    largest: Annotated[int, typer.Option("--max-mb", min=1, metavar="MB", help="Tệp lớn nhất được gửi.")] = 50,
    origin: Annotated[
        list[str] | None, typer.Option("--origin", metavar="ĐỊA_CHỈ", help="Trang web được gọi API (CORS).")
    ] = None,
) -> int:
    """Mở REST API; mặc định chỉ cho máy này. Dừng bằng Ctrl-C."""
    from pipeline.api.access import Settings
    from pipeline.api.app import serve as run
    from pipeline.cli.say import say

    settings = Settings(largest=largest * 1024 * 1024, workers=workers, origins=tuple(origin or ()))
    with open_archive(archive, database, create=True) as kept:
        say(f"API: http://{host}:{port}/api/v1 (mô tả: /api/v1/openapi.json); dừng bằng Ctrl-C.")
        run(kept, host, port, settings)
    return 0


def _ledger(folder: Path) -> Any:
    from pipeline.api.ledger import Ledger

    return Ledger(folder)


def create(
    name: Annotated[str, typer.Argument(metavar="TÊN", help="Hệ thống hoặc người dùng khóa.")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
    role: Annotated[str, typer.Option("--role", metavar="VAI_TRÒ", help="văn thư, chuyên viên, quản trị.")] = "văn thư",
    scope: Annotated[
        list[str] | None, typer.Option("--scope", metavar="QUYỀN", help="read, write, export; mặc định cả ba.")
    ] = None,
    per_minute: Annotated[int, typer.Option("--per-minute", min=1, metavar="N", help="Số yêu cầu mỗi phút.")] = 120,
    webhook: Annotated[
        str | None, typer.Option("--webhook", metavar="ĐỊA_CHỈ", help="Địa chỉ được báo khi đọc xong một tệp.")
    ] = None,
) -> int:
    """Cấp một khóa; khóa chỉ hiện một lần này."""
    from pipeline.api.ledger import SCOPES
    from pipeline.cli.say import print_text, say
    from pipeline.errors import UsageError
    from pipeline.store.actors import Role

    if role not in {one.value for one in Role}:
        raise UsageError(reason=f"không có vai trò «{role}»")
    scopes = tuple(scope or SCOPES)
    if set(scopes) - set(SCOPES):
        raise UsageError(reason=f"quyền chỉ có: {', '.join(SCOPES)}")
    if webhook is not None and not webhook.startswith(("https://", "http://")):
        raise UsageError(reason="--webhook phải là địa chỉ http:// hoặc https://")
    with open_archive(archive, database, create=True) as kept:
        ledger = _ledger(kept.folder)
        try:
            token, key = ledger.create_key(name, Role(role), scopes, per_minute=per_minute, webhook=webhook)
        finally:
            ledger.close()
    print_text(token)
    if key.secret:
        say(f"Mật khẩu để kiểm chữ ký của webhook: {key.secret}")
    say(f"Khóa {key.id} của «{key.name}», vai trò {key.role.value}, quyền {', '.join(key.scopes)}.")
    return 0


def show(*, archive: ArchiveFolder = None, database: DatabaseUrl = None) -> int:
    """Các khóa đã cấp."""
    from pipeline.cli.say import print_text

    with open_archive(archive, database) as kept:
        ledger = _ledger(kept.folder)
        try:
            given = ledger.keys()
            for key in given:
                state = f"thu hồi {key.revoked_at[:10]}" if key.revoked_at else "đang dùng"
                print_text(f"{key.id}  {key.name}  {key.role.value}  {','.join(key.scopes)}  {state}")
        finally:
            ledger.close()
    return 0


def revoke(
    key_id: Annotated[str, typer.Argument(metavar="MÃ_KHÓA", help="Mã của khóa (xem lệnh list).")],
    *,
    archive: ArchiveFolder = None,
    database: DatabaseUrl = None,
) -> int:
    """Thu hồi một khóa."""
    from pipeline.cli.say import say

    with open_archive(archive, database) as kept:
        ledger = _ledger(kept.folder)
        try:
            ledger.revoke_key(key_id)
        finally:
            ledger.close()
    say(f"Đã thu hồi khóa {key_id}.")
    return 0
