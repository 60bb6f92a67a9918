"""DATA/fetch.json: what servers asked for and said, kept from run to run.

Written in one step after the run's raw records are on the disk, so that a kill leaves the state of
the run before: then a feed is asked for once more than it needed to be, and nothing is missed.
Addresses are kept as digests, since they may hold tokens.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .files import data_folder_errors, replace_bytes

_NAME = "fetch.json"
_KEPT_PAGES = 20_000  # failed pages; the oldest are forgotten first


@dataclass(slots=True)
class KeptList:
    """A feed or list as it was last read: validators, raw record, and whether pages are missing.

    `unchanged` counts the answers of 304 since then; `read_at` is seconds since 1970.
    """

    etag: str | None = None
    last_modified: str | None = None
    raw_ref: str = ""
    read_at: float = 0.0
    unchanged: int = 0
    has_missing: bool = False


@dataclass(slots=True)
class FetchState:
    """By address (see `key`) the lists, and how often a page failed; by host when it may be asked
    again (seconds since 1970)."""

    lists: dict[str, KeptList] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)


def key(url: str) -> str:
    """The name of an address in the state."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:24]


def read_fetch_state(data: Path) -> FetchState:
    """The state of the folder; an empty one where there is none or it cannot be read."""
    try:
        found: dict[str, Any] = json.loads((data / _NAME).read_bytes())
        return FetchState(
            lists={name: KeptList(**kept) for name, kept in found["lists"].items()},
            failures={name: int(count) for name, count in found["failures"].items()},
            waits={name: float(until) for name, until in found["waits"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return FetchState()


def write_fetch_state(data: Path, state: FetchState) -> None:
    """Keep the state in one step. Raises DataFolderError where it cannot be written."""
    kept = asdict(state)
    kept["failures"] = dict(list(state.failures.items())[-_KEPT_PAGES:])
    with data_folder_errors(data):
        replace_bytes(data / _NAME, (json.dumps(kept, indent=1) + "\n").encode())
