"""What a build was made from and what it wrote, so that nothing is built twice.

An entry is small JSON in the user's own cache folder (docs/decisions/0002). It decides only whether
work can be skipped, never what is written: outputs are compared with their hashes each time.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.util import find_spec
from typing import Any, cast

import trialc

FORMAT = 1
LARGEST = 4 * 1024 * 1024
MOST = 200
LIBRARIES = ("click", "jinja2", "lark", "networkx", "pydantic", "pydantic_core")


@dataclass(frozen=True)
class Entry:
    """One build: the texts it read, the files it wrote, and what it said."""

    compiler: str
    reads: dict[str, str | None]
    """SHA-256 by path relative to the protocol's folder; None: there was no such file."""
    id: str
    outputs: dict[str, str]
    """SHA-256 by path relative to the output folder of the protocol."""
    report: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    def is_current(self, compiler: str, hash_of: Callable[[str], str | None]) -> bool:
        """True when the same compiler would read the same texts."""
        return self.compiler == compiler and all(
            hash_of(path) == known for path, known in self.reads.items()
        )


def key(protocol: str, folder: str, options: Mapping[str, object]) -> str:
    """The name of the entry for a protocol, an output folder and options."""
    parts = [os.path.realpath(protocol), os.path.realpath(folder), json.dumps(options)]
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def compiler_hash() -> str:
    """Of every file of the compiler and its runtime, of Python and the libraries they use."""
    known = sha256(repr((sys.version_info[:3], _library_versions())).encode())
    for root in _roots():
        for base, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                path = os.path.join(base, name)
                with open(path, "rb") as file:
                    data = file.read()
                inside = os.path.relpath(path, root).replace(os.sep, "/")
                known.update(f"{inside}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
                known.update(data)
    return known.hexdigest()


def load(name: str) -> Entry | None:
    """The entry, or None when there is none that can be trusted."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, f"{name}.json"), "rb") as file:
            found: object = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    return _entry(found)


def save(name: str, entry: Entry) -> None:
    """Keep an entry for the next build. A cache that cannot be written is no fault of the build."""
    folder = _folder()
    if folder is None:
        return
    path = os.path.join(folder, f"{name}.json")
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "x", encoding="utf-8") as file:
            json.dump(asdict(entry), file)
        os.replace(temporary, path)
        _forget_oldest(folder)
    except OSError:
        try:
            os.unlink(temporary)
        except OSError:
            return


def _forget_oldest(folder: str) -> None:
    """Keep the newest entries: protocols are built in temporary folders, too, and never again."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[MOST:]:
        os.unlink(entry.path)


def _entry(found: object) -> Entry | None:
    """An entry from JSON; None when it does not have the form of one."""
    if not isinstance(found, dict):
        return None
    values = cast("dict[str, Any]", found)
    forms: dict[str, type] = {
        "format": int, "compiler": str, "reads": dict, "id": str, "outputs": dict, "report": dict,
    }  # fmt: skip
    if values.keys() != forms.keys() or values["format"] != FORMAT:
        return None
    if not all(isinstance(values[name], form) for name, form in forms.items()):
        return None
    return Entry(**values)


def _folder() -> str | None:
    """The folder of entries, for this user alone; None when there is no safe one."""
    base = _base()
    if base is None:
        return None
    folder = os.path.join(base, "trialc", "builds")
    try:
        os.makedirs(os.path.dirname(folder), mode=0o700, exist_ok=True)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        status = os.lstat(folder)
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & 0o022):
        # Somebody else could write there: they would decide what we take as built.
        return None
    return folder


def _base() -> str | None:
    """The user's cache folder, by the convention of the platform."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):
        return chosen
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or None
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return None
    return os.path.join(home, *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)))


def _roots() -> list[str]:
    """The folders of the two packages, found without importing the runtime."""
    roots = [os.path.dirname(os.path.abspath(trialc.__file__))]
    runtime = find_spec("trialc_runtime")
    if runtime is not None:
        roots += sorted(runtime.submodule_search_locations or ())
    return roots


def _library_versions() -> list[str]:
    """Names and versions of the installed libraries, from the names of their folders."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            library = name.partition("-")[0].lower()
            if name.endswith(".dist-info") and library in LIBRARIES:
                found.add(name)
    return sorted(found)
