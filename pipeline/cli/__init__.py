"""The ``congvan`` command."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.  Nothing but Typer is imported before a command needs it."""
    import typer

    from pipeline.cli.app import build_command
    from pipeline.cli.say import say, say_error
    from pipeline.cli.usage import usage_error
    from pipeline.errors import CongvanError

    for stream in (sys.stdout, sys.stderr):
        # A terminal without a UTF-8 locale must still get Vietnamese, not a UnicodeEncodeError.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given, debug = _without_debug(list(sys.argv[1:] if arguments is None else arguments))
    try:
        status = build_command().main(
            given or ["--help"], prog_name="congvan", standalone_mode=False, obj={"debug": debug}
        )
        if status == 130:
            say("Đã dừng.")
        return status if isinstance(status, int) else 0
    except typer.Abort:
        say("Đã dừng.")
        return 130
    except CongvanError as error:
        if debug:
            traceback.print_exc()
        say_error(error)
        return error.exit_status
    except typer.TyperException as error:
        wrong = usage_error(error)
        say_error(wrong)
        return wrong.exit_status
    except Exception as error:  # a defect of ours: one line for the user, the traceback for who asks
        from pipeline.workflow.errors import unexpected

        if debug:
            traceback.print_exc()
        failure = unexpected(" ".join(["lệnh", *given[:1]]), error)
        say_error(failure)
        return failure.exit_status


def _without_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """``--debug`` may stand anywhere before ``--``: nobody should have to remember which command takes it."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != "--debug"]
    return kept + arguments[end:], len(kept) < end


__all__ = ["main"]
