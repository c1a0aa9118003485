"""Writing: all files of an output folder are replaced, or none.

New contents are first written beside the folder and forced to the disk; only then is each file
replaced, which file systems do as one step. When a step fails, those before it are undone.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from types import FrameType

_Handler = Callable[[int, FrameType | None], object] | int | None

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


def replace_all(folder: str, files: Mapping[str, bytes], stale: Collection[str] = ()) -> None:
    """Make `files` (relative path, content) the files of the folder and delete the `stale` ones.

    Raises OutputError when the system refuses; the folder then is as it was. So it is after a
    Ctrl-C, which goes on as KeyboardInterrupt.
    """
    unsafe = [path for path in (*files, *stale) if not is_safe(path)]
    if unsafe:
        raise ValueError(f"an output cannot be called {unsafe[0]}")
    with _ended_as_interrupt():
        swap = _Swap(folder)
        try:
            swap.make_folder(swap.parent)
            with _staging(swap.parent, swap.name) as staging:
                try:
                    swap.carry_out(staging, files, stale)
                except BaseException:
                    with _uninterrupted():
                        swap.undo()
                    raise
        except BaseException as error:
            with _uninterrupted():
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
        with _staging(os.path.dirname(real), os.path.basename(real)) as staging:
            temporary = os.path.join(staging, "new")
            _write(temporary, data)
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, real)
    except OSError as error:
        raise OutputError(path, _reason(error)) from error


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _place(error: OSError, folder: str) -> str:
    """Where writing failed; the folder itself where that is a file that only we know."""
    place = error.filename
    return place if isinstance(place, str) and f".tmp{os.sep}" not in place else folder


@contextmanager
def _staging(parent: str, name: str) -> Generator[str]:
    """A folder of our own on the same file system, removed at the end."""
    import shutil  # late: a build with nothing to write does without
    import tempfile

    folder = tempfile.mkdtemp(prefix=f".{name}.", suffix=".tmp", dir=parent)
    try:
        yield folder
    finally:
        with _uninterrupted():
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


class _Swap:
    """One replacement of a set of files, with what is needed to undo it."""

    def __init__(self, folder: str) -> None:
        self.folder = os.path.abspath(folder)
        self.parent, self.name = os.path.split(self.folder)
        self.made: list[str] = []
        """Folders that did not exist, outermost first."""
        self.done: list[tuple[str, str]] = []
        """Targets that were replaced or deleted, and the old file, or "" where there was none."""

    def carry_out(self, staging: str, files: Mapping[str, bytes], stale: Collection[str]) -> None:
        """Write all new contents, put each into its place, then take the stale files away."""
        for number, data in enumerate(files.values()):
            _write(os.path.join(staging, f"new-{number}"), data)
        self.make_folder(self.folder)
        for number, path in enumerate(files):
            target = self._target(path)
            self.make_folder(os.path.dirname(target))
            old = self._keep(target, os.path.join(staging, f"old-{number}"))
            # Before the step: undoing one that was not made changes nothing.
            self.done.append((target, old))
            os.replace(os.path.join(staging, f"new-{number}"), target)
        for number, path in enumerate(stale):
            target = self._target(path)
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
            os.mkdir(path)
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
def _ended_as_interrupt() -> Generator[None]:
    """A request to end (SIGTERM, SIGHUP) is treated as Ctrl-C while files are replaced."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    with _handled(dict.fromkeys(numbers, interrupt)):
        yield


@contextmanager
def _uninterrupted() -> Generator[None]:
    """A second Ctrl-C must not interrupt the undoing of the first."""
    with _handled({signal.SIGINT: signal.SIG_IGN}):
        yield


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
