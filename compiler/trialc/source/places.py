"""What the files are called that a protocol reads beside its own text."""

LIBRARIES = "lib"
"""The folder of libraries."""
LOCK = "protoc.lock"


def is_of_libraries(path: str) -> bool:
    """Whether a path belongs to the libraries, which a protocol may share with others."""
    return path == LOCK or path.startswith(f"{LIBRARIES}/")
