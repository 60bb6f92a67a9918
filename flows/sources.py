"""The sources file: which feeds and pages to read over the network.

[[source]]
id = "agency"                       # required, unique: letters, digits, - and _
url = "https://agency.example/rss"  # required, http or https
kind = "feed"                       # feed (RSS or Atom), page, or urls (a list, one a line)
publisher = "Example Agency"        # who is named as publisher of its articles
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

KINDS = ("feed", "page", "urls")
_FIELDS = frozenset({"id", "url", "kind", "publisher"})
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SourcesError(ValueError):
    """The sources file cannot be used; the message names file, source and field."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of the sources file."""

    id: str
    url: str
    kind: str = "feed"
    publisher: str | None = None


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a file in the order it lists them; SourcesError for a file that is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourcesError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path}: {error}") from error
    entries = content.get("source")
    if not isinstance(entries, list) or not entries or set(content) != {"source"}:
        raise SourcesError(f"{path}: expected one or more [[source]] tables and nothing else")
    sources = tuple(_source(path, number, entry) for number, entry in enumerate(entries, 1))
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise SourcesError(f"{path}: two sources have the id {source.id!r}")
        seen.add(source.id)
    return sources


def _source(path: Path, number: int, entry: Any) -> Source:
    where = f"{path}: source {number}"
    if not isinstance(entry, dict):
        raise SourcesError(f"{where}: expected a table")
    unknown = sorted(set(entry) - _FIELDS)
    if unknown:
        raise SourcesError(f"{where}: unknown field {unknown[0]!r}; there are {sorted(_FIELDS)}")
    for name, value in entry.items():
        if not isinstance(value, str) or not value:
            raise SourcesError(f"{where}: field {name!r} must be a text")
    for name in ("id", "url"):
        if name not in entry:
            raise SourcesError(f"{where}: field {name!r} is missing")
    if not _ID.fullmatch(entry["id"]) or entry["id"] == "local":
        raise SourcesError(f"{where}: id {entry['id']!r} must be letters, digits, - or _")
    if urlsplit(entry["url"]).scheme not in ("http", "https"):
        raise SourcesError(f"{where}: url must begin with http:// or https://")
    if entry.get("kind", "feed") not in KINDS:
        raise SourcesError(f"{where}: kind must be one of {', '.join(KINDS)}")
    return Source(**entry)
