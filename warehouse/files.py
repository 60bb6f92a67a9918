"""Steps on files that survive a crash: synced, and whole or not there at all."""

from __future__ import annotations

import ctypes
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BLOCK = 1 << 20
# From linux/fcntl.h and linux/fs.h, as in the manual page of renameat2(2).
_HERE = -100  # AT_FDCWD: paths as the process sees them
_RENAME_EXCHANGE = 1 << 1


class DataFolderError(Exception):
    """The data folder can't be made, written or read; the message gives path and reason."""


@contextmanager
def data_folder_errors(data: Path) -> Iterator[None]:
    """Turn what the system says about a folder (no right, full, not a folder) into one error.

    Raises DataFolderError for any OSError inside.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        where = error.filename2 or error.filename or data
        raise DataFolderError(f"data folder {data}: {reason} ({where})") from error


def sync(path: Path) -> None:
    """Bring a file's bytes or a folder's entries to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes(path: Path, payload: bytes) -> None:
    """Write a new file and sync it; the name's own folder is the caller's to sync."""
    with path.open("wb") as out:
        out.write(payload)
        out.flush()
        os.fsync(out.fileno())


def replace_bytes(path: Path, payload: bytes) -> None:
    """Put a file in place in one step: readers see the old one or the new one."""
    building = path.with_name(f".{path.name}.part")
    write_bytes(building, payload)
    building.replace(path)
    sync(path.parent)


def exchange(one: Path, other: Path) -> bool:
    """Let two paths of one file system, both there, change places in one step.

    Only Linux offers it, and not on every file system: False where nothing was done.
    """
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is None:
        return False
    found = renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(found == 0)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
