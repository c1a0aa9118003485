"""Writing: all files of an output folder are replaced, or none.

New contents are first written beside the folder and forced to the disk; only then is each file
replaced, which file systems do as one step. When a step fails, those before it are undone.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from types import FrameType

_Handler = Callable[[int, FrameType | None], object] | int | None


class OutputError(Exception):
    """Nothing was written; `path` is where it failed and the message why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def listed(folder: str) -> list[str]:
    """Relative paths, with forward slashes, of all files below a folder; none if it is missing."""
    found: list[str] = []
    for base, folders, names in os.walk(folder):
        folders.sort()
        inside = os.path.relpath(base, folder)
        found += [name if inside == "." else f"{inside}/{name}" for name in names]
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
    swap = _Swap(folder)
    with _ended_as_interrupt():
        try:
            swap.prepare(files)
            swap.carry_out(files, stale)
        except BaseException as error:
            with _uninterrupted():
                swap.undo()
            if isinstance(error, OSError):
                reason = (error.strerror or type(error).__name__).lower()
                raise OutputError(error.filename or folder, reason) from error
            raise
        finally:
            with _uninterrupted():
                swap.clean_up()


def replace_one(path: str, data: bytes) -> None:
    """Replace one file in one step; a symbolic link stays one. Raises OutputError."""
    real = os.path.realpath(path)
    try:
        mode = os.stat(real).st_mode & 0o777
    except OSError:
        mode = None
    temporary = f"{real}.{os.getpid()}.tmp"
    try:
        try:
            _write(temporary, data)
            if mode is not None:
                os.chmod(temporary, mode)
            os.replace(temporary, real)
        except BaseException:
            if os.path.lexists(temporary):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise OutputError(path, (error.strerror or type(error).__name__).lower()) from error


def _write(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


class _Swap:
    """One replacement of a set of files, with what is needed to undo it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        parent, name = os.path.split(os.path.abspath(folder))
        self.staging = os.path.join(parent, f".{name}.{os.getpid()}.tmp")
        self.made: list[str] = []
        """Folders that did not exist, outermost first."""
        self.done: list[tuple[str, str]] = []
        """Targets that were replaced or deleted, and the old file, or "" where there was none."""

    def prepare(self, files: Mapping[str, bytes]) -> None:
        """Write all new contents beside the folder."""
        self._make_folder(os.path.dirname(self.staging))
        os.mkdir(self.staging, 0o700)
        for number, data in enumerate(files.values()):
            _write(os.path.join(self.staging, f"new-{number}"), data)

    def carry_out(self, files: Mapping[str, bytes], stale: Collection[str]) -> None:
        """Put every new content into its place, then take the stale files away."""
        self._make_folder(os.path.abspath(self.folder))
        for number, path in enumerate(files):
            target = self._target(path)
            self._make_folder(os.path.dirname(target))
            old = self._keep(target, number)
            new = os.path.join(self.staging, f"new-{number}")
            self.done.append((target, old))
            try:
                os.replace(new, target)
            except BaseException:
                if os.path.lexists(new):
                    self.done.pop()
                raise
        for number, path in enumerate(stale):
            target = self._target(path)
            old = os.path.join(self.staging, f"stale-{number}")
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
        for folder in reversed(self.made):
            if not folder_holds(folder, except_for=self.staging):
                shutil.rmtree(folder, ignore_errors=True)

    def clean_up(self) -> None:
        """Remove what was written beside the folder."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def _target(self, path: str) -> str:
        return os.path.join(os.path.abspath(self.folder), *path.split("/"))

    def _keep(self, target: str, number: int) -> str:
        """A second name for the old file, or a copy of it; "" when there is none."""
        if not os.path.lexists(target):
            return ""
        old = os.path.join(self.staging, f"old-{number}")
        try:
            os.link(target, old, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(target, old, follow_symlinks=False)
        return old

    def _make_folder(self, folder: str) -> None:
        missing: list[str] = []
        while not os.path.isdir(folder):
            missing.append(folder)
            folder = os.path.dirname(folder)
        for path in reversed(missing):
            os.mkdir(path)
            self.made.append(path)

    def _remove_empty(self, folder: str) -> None:
        while folder != os.path.abspath(self.folder) and not os.listdir(folder):
            os.rmdir(folder)
            folder = os.path.dirname(folder)


def folder_holds(folder: str, except_for: str) -> bool:
    """True when a folder holds a file, other than below `except_for`."""
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if os.path.join(base, name) != except_for]
        if names:
            return True
    return False


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
