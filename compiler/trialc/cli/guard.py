"""What happens to an error that nobody handled: one line and an exit status, never a traceback.

`TRIALC_DEBUG=1` shows the traceback as well.
"""

import os
import sys
import time

from trialc.cli import exit_status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def guarded(action: "Callable[[], int]") -> int:
    """The status that `action` returns, or the one for the way in which it failed."""
    _prepare_streams()
    kept, sys.unraisablehook = sys.unraisablehook, _hear_again
    try:
        status = action()
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _stop_writing()
        return exit_status.BROKEN_PIPE
    except KeyboardInterrupt:
        _say("interrupted")
        return exit_status.INTERRUPTED
    except OSError as error:
        _stop_writing()
        _show_trace()
        _say(f"error[E0106]: input or output failed: {_reason(error)}")
        return exit_status.IO_FAILED
    except Exception as error:
        _show_trace()
        _say(f"error[E0001]: internal error: {_summary(error)}")
        _say("please report it with your protocol and what TRIALC_DEBUG=1 adds to this message")
        return exit_status.INTERNAL
    finally:
        sys.unraisablehook = kept


def _hear_again(lost: "sys.UnraisableHookArgs") -> None:
    """Send again a Ctrl-C that fell into code which cannot be left, such as a type test in C."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import _thread

    # Later, or it would fall into this call and be lost too; a bare thread begins without waiting.
    _thread.start_new_thread(_interrupt_again, ())


def _interrupt_again() -> None:
    import _thread

    time.sleep(0.05)
    _thread.interrupt_main()


def _prepare_streams() -> None:
    """Streams that take every text, also where they were closed from the start (`>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # It must stay open for as long as the process lives.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        # A title with `≥` must not be the end of a run whose terminal knows ASCII only.
        if reconfigure := getattr(getattr(sys, name), "reconfigure", None):
            reconfigure(errors="backslashreplace")


def _reason(error: OSError) -> str:
    reason = (error.strerror or type(error).__name__).lower()
    return f"{reason}: `{error.filename}`" if error.filename else reason


def _summary(error: Exception) -> str:
    """Kind, words and place of an error, on one line, with nothing that acts on a terminal."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f" ({os.path.basename(code.co_filename)}, line {trace.tb_lineno})"
        trace = trace.tb_next
    words = " ".join(str(error).split())[:200]
    shown = "".join(character if character.isprintable() else "?" for character in words)
    return f"{type(error).__name__}: {shown}{place}"


def _show_trace() -> None:
    if os.environ.get("TRIALC_DEBUG") == "1":
        import traceback

        traceback.print_exc()


def _say(line: str) -> None:
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        # Nobody is left to hear it; the status still says it.
        return


def _stop_writing() -> None:
    """Point standard output at nothing, so that Python does not try again to write when it ends."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
    except (OSError, ValueError, AttributeError):
        return
