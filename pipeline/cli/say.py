"""What the command says to a person: errors and notes on stderr, never mixed with data on stdout."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import CongvanError


def say(message: str) -> None:
    """A line on stderr."""
    print(message, file=sys.stderr, flush=True)


def say_error(error: CongvanError) -> None:
    """``Lỗi [code]: sentence → remedy`` on stderr, on one line."""
    say(f"Lỗi [{error.code}]: {_one_line(error.message)} → {_one_line(error.advice)}")


def say_note(message: str) -> None:
    """A remark that is no error."""
    say(f"Lưu ý: {message}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def print_text(text: str) -> None:
    """Text on stdout as it is, with a line end."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def name_of(path: Path) -> str:
    """A path as a person would write it: relative to the working folder when it lies inside."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
