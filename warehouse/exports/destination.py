"""Where an export goes: a file or folder that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]


class DestinationError(Exception):
    """The place can't be used; nothing was written."""


class WritingError(Exception):
    """The export couldn't be written to its end, as on a full disk; nothing of it was left."""


@contextmanager
def destination(out: Path, *, folder: bool) -> Iterator[Path]:
    """A new place beside `out` to write to, renamed to it once all is written.

    Raises DestinationError where there is something at `out` already or it has no folder, and
    WritingError for what the system says while writing.
    """
    if out.exists() or out.is_symlink():
        raise DestinationError(f"{out} is there already; give another --out, or remove it first")
    if not out.name or not out.parent.is_dir():
        raise DestinationError(f"{out}: there is no folder {out.parent}")
    building = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if folder:
            building.mkdir()
        yield building
        building.rename(out)
    except sqlite3.Error as error:
        raise WritingError(f"{out}: {error}") from error
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WritingError(f"{out}: {reason}") from error
    finally:
        if building.is_dir():
            shutil.rmtree(building)
        else:
            building.unlink(missing_ok=True)
