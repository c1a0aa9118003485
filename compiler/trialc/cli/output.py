"""Writing: all files of an output folder are replaced, or none.

New contents are first written beside the folder and forced to the disk; only then is each file
replaced, which file systems do as one step. When a step fails, those before it are undone. Ctrl-C
waits for the end of a step, and a second build of the same folder for the end of the first one.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import time
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from types import FrameType

_Handler = Callable[[int, FrameType | None], object] | int | None
_Pause = Callable[[], None]
"""Raises KeyboardInterrupt if somebody asked for an end; called where nothing is half done."""

PATIENCE = 30.0
"""Seconds to wait for another build that writes into the same folder."""
LEFT_BEHIND = {"__pycache__", ".DS_Store", "Thumbs.db"}


class OutputError(Exception):
    """Nothing was written; `path` is where it failed and the message why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def listed(folder: str) -> list[str]:
    """Relative paths, with forward slashes, of all files below a folder; none if it is missing.

    What systems leave behind when somebody runs or looks at the outputs is not counted.
    """
    found: list[str] = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - LEFT_BEHIND)
        inside = os.path.relpath(base, folder)
        kept = set(names) - LEFT_BEHIND
        found += [name if inside == "." else f"{inside}/{name}" for name in kept]
    return sorted(path.replace(os.sep, "/") for path in found)


def content(folder: str, path: str) -> bytes | None:
    """The bytes of an output; None when there is no such file or it cannot be read."""
    try:
        with open(os.path.join(folder, *path.split("/")), "rb") as file:
            return file.read()
    except OSError:
        return None


def digest(data: bytes) -> str:
    """The SHA-256 of an output."""
    return sha256(data).hexdigest()


def is_safe(path: str) -> bool:
    """True for a relative path that stays inside of the folder on every system."""
    parts = path.split("/")
    return not any(part in {"", ".", ".."} for part in parts) and not set(path) & {"\\", ":", "\0"}


def replace_all(
    folder: str, files: Mapping[str, bytes], stale: Collection[str] = ()
) -> tuple[str, ...]:
    """Make `files` (relative path, content) the files of the folder and delete the `stale` ones.

    Gives the paths of those that were not so before: only these are touched. Raises OutputError
    when the system refuses; the folder then is as it was. So it is after a Ctrl-C, which goes on as
    KeyboardInterrupt.
    """
    unsafe = [path for path in (*files, *stale) if not is_safe(path)]
    if unsafe:
        raise ValueError(f"an output cannot be called {unsafe[0]}")
    with _step_by_step() as pause:
        swap = _Swap(folder, pause)
        try:
            swap.make_folder(swap.parent)
            with _alone(swap.parent, pause), _staging(swap.parent, swap.name) as staging:
                # Another build may have written while we waited.
                changed = {path: d for path, d in files.items() if content(folder, path) != d}
                try:
                    swap.carry_out(staging, changed, stale)
                except BaseException:
                    swap.undo()
                    raise
                return tuple(changed)
        except BaseException as error:
            swap.remove_made()
            if isinstance(error, OSError):
                raise OutputError(_place(error, folder), _reason(error)) from error
            raise


def replace_one(path: str, data: bytes) -> None:
    """Replace one file in one step; a symbolic link stays one. Raises OutputError.

    What is no file (a pipe, a device such as /dev/stdout) is written to, never replaced.
    """
    real = os.path.realpath(path)
    try:
        found = os.stat(real).st_mode
    except OSError:
        found = None
    mode = None if found is None else stat.S_IMODE(found)
    try:
        if found is not None and not stat.S_ISREG(found):
            with open(path, "wb") as stream:
                stream.write(data)
            return
        if mode is not None and not os.access(real, os.W_OK):
            # A rename would go through; whoever made the file read-only did not want that.
            raise PermissionError(errno.EACCES, "permission denied")
        with (
            _step_by_step() as pause,
            _staging(os.path.dirname(real), os.path.basename(real)) as staging,
        ):
            temporary = os.path.join(staging, "new")
            _write(temporary, data)
            if mode is not None:
                os.chmod(temporary, mode)
            pause()
            os.replace(temporary, real)
    except OSError as error:
        raise OutputError(path, _reason(error)) from error


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _place(error: OSError, folder: str) -> str:
    """Where writing failed; the folder itself where that is a file that only we know."""
    place = error.filename
    return place if isinstance(place, str) and ".tmp" not in place else folder


@contextmanager
def _staging(parent: str, name: str) -> Generator[str]:
    """A folder of our own on the same file system, removed at the end."""
    import shutil  # late: a build with nothing to write does without
    import tempfile

    folder = tempfile.mkdtemp(prefix=f".{name}.", suffix=".tmp", dir=parent)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


class _Swap:
    """One replacement of a set of files, with what is needed to undo it."""

    def __init__(self, folder: str, pause: _Pause) -> None:
        self.pause = pause
        self.folder = os.path.abspath(folder)
        self.parent, self.name = os.path.split(self.folder)
        self.made: list[str] = []
        """Folders that did not exist, outermost first."""
        self.done: list[tuple[str, str]] = []
        """Targets that were replaced or deleted, and the old file, or "" where there was none."""

    def carry_out(self, staging: str, files: Mapping[str, bytes], stale: Collection[str]) -> None:
        """Write all new contents, put each into its place, then take the stale files away."""
        for number, data in enumerate(files.values()):
            self.pause()
            _write(os.path.join(staging, f"new-{number}"), data)
        self.make_folder(self.folder)
        for number, path in enumerate(files):
            self.pause()
            target = self._target(path)
            self.make_folder(os.path.dirname(target))
            old = self._keep(target, os.path.join(staging, f"old-{number}"))
            # Before the step: undoing one that was not made changes nothing.
            self.done.append((target, old))
            os.replace(os.path.join(staging, f"new-{number}"), target)
        for number, path in enumerate(stale):
            self.pause()
            target = self._target(path)
            if not os.path.lexists(target):
                continue
            old = os.path.join(staging, f"stale-{number}")
            self.done.append((target, old))
            os.replace(target, old)
            self._remove_empty(os.path.dirname(target))

    def undo(self) -> None:
        """Put everything back; what cannot be put back is left, and the rest still is tried."""
        for target, old in reversed(self.done):
            try:
                if old:
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    os.replace(old, target)
                else:
                    os.unlink(target)
            except OSError:
                continue

    def remove_made(self) -> None:
        """Remove the folders that were made, as far as nobody else has put something into them."""
        for folder in reversed(self.made):
            try:
                os.rmdir(folder)
            except OSError:
                return

    def make_folder(self, folder: str) -> None:
        """Make a folder and those around it, and remember them."""
        missing: list[str] = []
        while not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for path in reversed(missing):
            if os.path.lexists(path):
                words = "a file stands where a folder is needed"
                raise NotADirectoryError(errno.ENOTDIR, words, path)
            try:
                os.mkdir(path)
            except FileExistsError:
                # Another build was faster.
                continue
            self.made.append(path)

    def _target(self, path: str) -> str:
        return os.path.join(self.folder, *path.split("/"))

    def _keep(self, target: str, old: str) -> str:
        """A second name for the old file, or a copy of it; "" when there is none."""
        if not os.path.lexists(target):
            return ""
        try:
            os.link(target, old, follow_symlinks=False)
        except (OSError, NotImplementedError):
            import shutil

            shutil.copy2(target, old, follow_symlinks=False)
        return old

    def _remove_empty(self, folder: str) -> None:
        while folder != self.folder and not os.listdir(folder):
            os.rmdir(folder)
            folder = os.path.dirname(folder)


@contextmanager
def _step_by_step() -> Generator[_Pause]:
    """Ctrl-C and requests to end (SIGTERM, SIGHUP) wait for the next pause, or for the end."""
    asked = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    def pause() -> None:
        if asked:
            raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # What is ignored, as by nohup, stays ignored.
    heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    with _handled(dict.fromkeys(heard, note)):
        yield pause
    pause()


@contextmanager
def _alone(folder: str, pause: _Pause) -> Generator[None]:
    """One build at a time writes into a folder, where the system has locks for folders."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError:
        opened = None
    try:
        until = time.monotonic() + PATIENCE
        while opened is not None and not _locked(opened):
            pause()
            if time.monotonic() > until:
                raise BlockingIOError(errno.EAGAIN, "another build is writing there", folder)
            time.sleep(0.02)
        yield
    finally:
        if opened is not None:
            os.close(opened)


def _locked(opened: int) -> bool:
    """Take the lock of an opened folder; False while another process has it."""
    try:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        # A system without such locks: two builds at once are then the user's own affair.
        return True
    return True


@contextmanager
def _handled(handlers: Mapping[int, _Handler]) -> Generator[None]:
    before: dict[int, _Handler] = {}
    try:
        for number, handler in handlers.items():
            before[number] = signal.signal(number, handler)
    except ValueError:
        # Only the main thread may set handlers; another one is not interrupted.
        before.clear()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
