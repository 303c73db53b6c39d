"""Vietnamese help pages and usage errors in place of Typer's English ones."""

from __future__ import annotations

import re
from typing import Any

import typer

from pipeline.errors import UsageError

_WORDS = (
    (re.compile(r"\bdefault: "), "mặc định: "),
    (re.compile(r"\brequired\b"), "bắt buộc"),
    (re.compile(r"\benv var: "), "biến môi trường: "),
    (re.compile(r"\bx>="), "≥ "),
    (re.compile(r"Show this message and exit\."), "In phần hướng dẫn này rồi thoát."),
)
_METAVARS = (
    ("[OPTIONS]", "[TÙY CHỌN]"), ("COMMAND [ARGS]...", "LỆNH [THAM SỐ]…"), ("INTEGER RANGE", "SỐ"), ("INTEGER", "SỐ"),
    ("FLOAT RANGE", "SỐ"), ("FLOAT", "SỐ"), ("TEXT", "CHỮ"), ("DIRECTORY", "THƯ_MỤC"), ("FILENAME", "TỆP"),
    ("FILE", "TỆP"), ("...", "…"),
)  # fmt: skip


def write_help(command: Any, context: Any, formatter: Any) -> None:
    """A help page: usage, what the command does, its arguments, options and sub-commands."""
    pieces = _metavar(" ".join(command.collect_usage_pieces(context)))
    formatter.write_usage(context.command_path, pieces, "Cách dùng: ")
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            for part in command.help.strip().split("\n\n"):
                formatter.write_text(" ".join(part.split()))
                formatter.write_paragraph()
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            row = (_metavar(record[0]), _in_vietnamese(record[1]))
            (arguments if parameter.param_type_name == "argument" else options).append(row)
    commands = []
    if hasattr(command, "list_commands"):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                commands.append((name, found.get_short_help_str(formatter.width)))
    for title, rows in (("Tham số", arguments), ("Tùy chọn", options), ("Các lệnh", commands)):
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def _in_vietnamese(text: str) -> str:
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return text


def _metavar(text: str) -> str:
    # Typer writes arguments as {NAME} and, in their table, with the Python type behind.
    text = re.sub(r"\{(\w+)\}", r"\1", re.sub(r" <.*>$", "", text))
    for english, vietnamese in _METAVARS:
        text = text.replace(english, vietnamese)
    return text


def usage_error(error: typer.TyperException) -> UsageError:
    """Typer's complaint about the command line, in Vietnamese."""
    # Typer carries its own copy of Click whose classes are private; their names are Click's and do not change.
    kind = type(error).__name__
    reason = _COMPLAINTS.get(kind, lambda e: e.format_message())(error)
    return UsageError(reason=str(reason).rstrip("."))


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "tham số")
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return _metavar(parameter.metavar or parameter.human_readable_name)


def _bad_value(error: Any) -> str:
    value = re.search(r"'(.*?)'", error.message)
    shown = f" «{value.group(1)}»" if value else ""
    return f"giá trị{shown} của {_parameter(error)} không hợp lệ"


def _bad_usage(error: Any) -> str:
    message = error.format_message()
    if match := re.match(r"No such command '(.*?)'", message):
        similar = re.search(r"Did you mean (.+)\?", message)
        return f"không có lệnh «{match.group(1)}»" + (f", có phải là {similar.group(1)}" if similar else "")
    if match := re.match(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"thừa tham số: {match.group(1)}"
    return "thiếu tên lệnh" if message.startswith("Missing command") else message


_COMPLAINTS: dict[str, Any] = {
    "NoSuchOption": lambda e: (
        f"không có tùy chọn {e.option_name}"
        + (f", có phải là {', '.join(sorted(e.possibilities))}" if e.possibilities else "")
    ),
    "MissingParameter": lambda e: f"thiếu {_parameter(e)}",
    "BadParameter": _bad_value,
    "BadOptionUsage": lambda e: f"tùy chọn {e.option_name} thiếu hoặc thừa giá trị",
    "UsageError": _bad_usage,
}
