"""The command line put together from its modules, each of which adds its commands with ``register(app)``."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import typer

from pipeline.cli.usage import write_help

# In the order of the help page.  None of them may import a heavy library at its top.
_MODULES = (
    "extract_commands", "look_commands", "measure_commands", "store_commands", "graph_commands",
    "export_commands", "serve_commands",
)  # fmt: skip

_HELP = """Đọc văn bản hành chính Việt Nam (bản quét, PDF, DOCX, văn bản) thành bản ghi có bằng chứng.

Xem hướng dẫn của từng lệnh bằng: congvan LỆNH --help"""


def build_app() -> typer.Typer:
    """The Typer application with every command that is installed."""
    app = typer.Typer(
        name="congvan", help=_HELP, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )

    @app.callback()
    def root(
        debug: bool = typer.Option(False, "--debug", help="In cả dấu vết lỗi (traceback) khi gặp lỗi."),
    ) -> None:
        # The option is taken out of the arguments before Typer sees them; it is declared for the help page.
        del debug

    for name in _MODULES:
        if find_spec(f"pipeline.cli.{name}") is not None:
            import_module(f"pipeline.cli.{name}").register(app)
    return app


def build_command() -> Any:
    """The command with Vietnamese help pages throughout."""
    command = typer.main.get_command(build_app())
    _localise(command)
    return command


def _localise(command: Any) -> None:
    command.format_help = partial(write_help, command)
    for sub in getattr(command, "commands", {}).values():
        _localise(sub)
