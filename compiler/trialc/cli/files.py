"""Reading: bytes of a file become a text with `\\n` line ends, or a finding that says why not."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import inputs
from trialc.source import SourceText, Span
from trialc.source.places import LIBRARIES, is_of_libraries

LIMIT_MB = 10
LIMIT = LIMIT_MB * 1024 * 1024
"""The largest file that is read, in bytes."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file: its text, or a fault with as much of the text as can be shown."""

    text: SourceText | None
    fault: Diagnostic | None = None
    shown: SourceText | None = None
    as_written: bool = True
    """The file's bytes are the text's: no byte order mark, no other line ends."""


def read_text(path: str, name: str) -> Reading:
    """The text of the file at `path`, called `name` in messages and outputs."""
    try:
        raw = read_bytes(path)
    except (OSError, ValueError) as error:
        return _refused(name, inputs.UNREADABLE.at(Span(name, 0, 0), reason=reason(error)))
    return decode(raw, name)


def read_bytes(path: str) -> bytes:
    """The bytes of a file, at most one more than the limit. Raises OSError."""
    # `-` is not special here: a protocol is a folder, so its text cannot come from a pipe.
    with open(path, "rb") as file:
        return file.read(LIMIT + 1)


def reason(error: OSError | ValueError) -> str:
    """Why a file could not be read or written, in the words of the system, without the path."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return "its name is not one that the system knows"


def decode(raw: bytes, name: str) -> Reading:
    """The text that the bytes hold, with `\\n` line ends and without a byte order mark."""
    where = Span(name, 0, 0)
    if len(raw) > LIMIT:
        size = f"more than {LIMIT_MB}"
        return _refused(name, inputs.TOO_LARGE.at(where, size=size, limit=LIMIT_MB))
    body = raw.removeprefix(_BOM)
    try:
        text = _normal(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _not_utf8(raw, body, error.start, name)
    if "\0" in text:
        return _nul(raw, text, name)
    if not text.strip():
        return _refused(name, inputs.EMPTY.at(where), text)
    return Reading(SourceText(name, text), as_written=body is raw and "\r" not in body.decode())


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(raw: bytes, body: bytes, start: int, name: str) -> Reading:
    before = _normal(body[:start].decode("utf-8"))
    fault = inputs.NOT_UTF8.at(
        Span(name, len(before), len(before) + 1),
        help="save it as UTF-8; now it looks like UTF-16"
        if raw.startswith(_UTF16)
        else "save it as UTF-8",
        byte=f"0x{body[start]:02X}",
        offset=start + len(raw) - len(body),
        line=before.count("\n") + 1,
    )
    return _refused(name, fault, _normal(body.decode("utf-8", "replace")))


def _nul(raw: bytes, text: str, name: str) -> Reading:
    at = text.index("\0")
    fault = inputs.NUL_BYTE.at(
        Span(name, at, at + 1), offset=raw.index(b"\0"), line=text.count("\n", 0, at) + 1
    )
    return _refused(name, fault, text)


def _refused(name: str, fault: Diagnostic, shown: str = "") -> Reading:
    return Reading(None, fault, SourceText(name, shown))


def home_of_libraries(folder: str) -> str:
    """The folder whose `lib/` and lock a protocol uses: its own, or the one above if only that has
    libraries, so that `protocol/examples/` shares those of `protocol/`.
    """
    above = os.path.join(folder, os.pardir)
    has_own = os.path.lexists(os.path.join(folder, LIBRARIES))
    return above if not has_own and os.path.isdir(os.path.join(above, LIBRARIES)) else folder


class Folder:
    """Reads the texts beside a protocol by relative path, and never anything outside of its folder
    and the libraries that it shares (`home_of_libraries`).

    It remembers what it was asked and what it answered: that, and nothing else, is what a
    compilation depends on.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.home = home_of_libraries(folder)
        self.asked: dict[str, str | None] = {}
        """The SHA-256 of each text that was asked for; None where there was none."""
        self.readings: dict[str, Reading] = {}

    def __call__(self, path: str) -> SourceText | None:
        """The text at a path with forward slashes; None when there is none or it lies outside."""
        if path not in self.readings:
            self.readings[path] = self._read(path)
            text = self.readings[path].text
            self.asked[path] = text.sha256 if text else None
        return self.readings[path].text

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """Files that exist and could not be read as a text."""
        return tuple(found.fault for found in self.readings.values() if found.fault)

    def _read(self, path: str) -> Reading:
        try:
            real = self._inside(path)
            # Opening a pipe or a device could wait for ever.
            if not stat.S_ISREG(os.stat(real).st_mode):
                raise OSError(0, "not a regular file")
        except FileNotFoundError:
            return Reading(None)
        except (OSError, ValueError) as error:
            fault = inputs.UNREADABLE.at(Span(path, 0, 0), reason=reason(error))
            return _refused(path, fault)
        return read_text(real, path)

    def of(self, path: str) -> str:
        """The folder that a path is relative to."""
        return self.home if is_of_libraries(path) else self.folder

    def _inside(self, path: str) -> str:
        """Where a path leads, symbolic links followed. Raises OSError if outside of the folder."""
        parts = path.split("/")
        if any(part in {"", ".", ".."} for part in parts) or set(path) & {"\\", ":", "\0"}:
            raise OSError(errno.EPERM, "it is no path within the folder of the protocol")
        base = os.path.realpath(self.of(path))
        real = os.path.realpath(os.path.join(base, *parts))
        if os.path.commonpath((base, real)) != base:
            raise OSError(errno.EPERM, "a link leads out of the folder of the protocol")
        return real
