"""The sources file: which feeds, lists, pages and folders to read. See docs/sources.md.

TOML with one [[source]] table a source and at most one [fetch] table, or CSV with one row a source
under a header of the same field names. Every mistake is told with its line and field.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from transforms.page_facts import normalize_language

from .countries import countries
from .fetch import CONTACT, DEADLINE_SECONDS, Rules
from .network import WEB_PORTS, Allowed

KINDS = ("feed", "sitemap", "urls", "page", "files")
_REQUESTS_A_MINUTE = 60.0
_TEXTS = ("id", "url", "path", "kind", "publisher", "country", "language", "timezone")
_NUMBERS = ("rate", "expected_min", "expected_max")
_FIELDS = frozenset((*_TEXTS, *_NUMBERS))
_NOTES = frozenset({"example", "note", "checked_on"})  # columns of a CSV that are for people
_FETCH_FIELDS = frozenset({"contact", "allow", "ports", "deadline", "parallel"})
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]{1,260}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_SOURCE_LINE = re.compile(r"\s*\[\[\s*source\s*\]\]")


class SourcesError(ValueError):
    """The sources file cannot be used; the message names file, line and field."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: an address of one of the KINDS, or for `files` a path of the machine.

    `country` is ISO 3166-1 alpha-3, `language` and `timezone` hold for what names none, `rate` is
    requests a minute to its host, `expected_min` and `expected_max` are articles a day.
    """

    id: str
    url: str = ""
    kind: str = "feed"
    publisher: str | None = None
    path: Path | None = None
    country: str | None = None
    language: str | None = None
    timezone: str | None = None
    rate: float = _REQUESTS_A_MINUTE
    expected_min: float | None = None
    expected_max: float | None = None
    rules: Rules = field(default_factory=Rules)
    parallel: int = 8


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a file in the order it lists them; SourcesError for a file that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise SourcesError(f"{path}: {reason}") from error
    entries, common = _read_csv(path, text) if path.suffix == ".csv" else _read_toml(path, text)
    seen: dict[str, int] = {}
    sources = []
    for line, entry in entries:
        where = f"{path}, line {line}"
        source = _source(where, entry, common, path.parent)
        if source.id in seen:
            raise SourcesError(
                f"{where}: two sources have the id {source.id!r}, here and in line "
                f"{seen[source.id]}"
            )
        seen[source.id] = line
        sources.append(source)
    if not sources:
        raise SourcesError(f"{path}: no source in it; expected [[source]] tables or CSV rows")
    return tuple(sources)


_Entries = Iterator[tuple[int, dict[str, Any]]]


def _read_toml(path: Path, text: str) -> tuple[_Entries, dict[str, Any]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{path}: {error}") from error
    entries = content.get("source", [])
    unknown = sorted(set(content) - {"source", "fetch"})
    if not isinstance(entries, list) or unknown:
        told = f"; unknown: {', '.join(unknown)}" if unknown else ""
        raise SourcesError(f"{path}: expected [[source]] tables and one [fetch] table{told}")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _SOURCE_LINE.match(line)]
    lines += [1] * len(entries)  # where they are written in another way: source = [{…}]
    common = _fetching(path, content.get("fetch", {}))
    return zip(lines, entries, strict=False), common


def _read_csv(path: Path, text: str) -> tuple[_Entries, dict[str, Any]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise SourcesError(f"{path}, line {reader.line_num}: {error}") from error
    if not rows:
        raise SourcesError(f"{path}: no header")
    header = rows[0][1]
    unknown = [name for name in header if name not in _FIELDS | _NOTES]
    if unknown:
        raise SourcesError(
            f"{path}, line 1: unknown field {unknown[0]!r}; there are {sorted(_FIELDS)}"
        )

    def entries() -> _Entries:
        for line, row in rows[1:]:
            if len(row) != len(header):
                raise SourcesError(f"{path}, line {line}: {len(row)} cells under {len(header)}")
            cells = zip(header, row, strict=True)
            yield line, {n: v.strip() for n, v in cells if v.strip() and n not in _NOTES}

    return entries(), {}


# --- one source ---------------------------------------------------------------------------------


def _source(where: str, entry: Any, common: dict[str, Any], folder: Path) -> Source:
    if not isinstance(entry, dict):
        raise SourcesError(f"{where}: expected a table")
    unknown = sorted(set(entry) - _FIELDS)
    if unknown:
        raise SourcesError(f"{where}: unknown field {unknown[0]!r}; there are {sorted(_FIELDS)}")
    fields: dict[str, Any] = {}
    for name, value in entry.items():
        if name in _NUMBERS:
            fields[name] = _number(where, name, value)
        elif isinstance(value, str) and value:
            fields[name] = value
        else:
            raise SourcesError(f"{where}: field {name!r} must be a text")
    _check_id(where, fields)
    _check_place(where, fields)
    _check_facts(where, fields)
    if "path" in fields:
        fields["path"] = folder / fields["path"]
    return Source(**fields, **common)


def _number(where: str, name: str, value: Any) -> float:
    try:
        number = float(value) if not isinstance(value, bool) else -1.0
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number < 1e6 or (name == "rate" and number == 0):
        raise SourcesError(f"{where}: field {name!r} must be a number from 0 on: {value!r}")
    return number


def _check_id(where: str, fields: dict[str, Any]) -> None:
    if "id" not in fields:
        raise SourcesError(f"{where}: field 'id' is missing")
    if not _ID.fullmatch(fields["id"]) or fields["id"] == "local":
        raise SourcesError(f"{where}: id {fields['id']!r} must be letters, digits, - or _")


def _check_place(where: str, fields: dict[str, Any]) -> None:
    kind = fields.get("kind", "feed")
    if kind not in KINDS:
        raise SourcesError(f"{where}: kind must be one of {', '.join(KINDS)}, not {kind!r}")
    wanted, other = ("path", "url") if kind == "files" else ("url", "path")
    if wanted not in fields:
        raise SourcesError(f"{where}: field {wanted!r} is missing")
    if other in fields:
        raise SourcesError(f"{where}: field {other!r} does not go with kind {kind!r}")
    if kind != "files":
        try:
            parts = urlsplit(fields["url"])
            is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
            is_web = is_web and (parts.port is None or parts.port > 0)
        except ValueError:
            is_web = False
        if not is_web or " " in fields["url"]:
            raise SourcesError(f"{where}: url must begin with http:// or https:// and name a host")


def _check_facts(where: str, fields: dict[str, Any]) -> None:
    if "country" in fields:
        if not _COUNTRY.fullmatch(fields["country"]):
            raise SourcesError(f"{where}: country must be three capitals (ISO 3166-1 alpha-3)")
        if fields["country"] not in {known.country for known in countries()}:
            raise SourcesError(f"{where}: country {fields['country']} is none (ISO 3166-1 alpha-3)")
    if "language" in fields:
        fields["language"] = normalize_language(fields["language"])
        if fields["language"] is None:
            raise SourcesError(f"{where}: language must be a tag such as en or pt-BR (BCP 47)")
    if "timezone" in fields:
        try:
            ZoneInfo(fields["timezone"])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise SourcesError(
                f"{where}: timezone must be a name such as Asia/Baku or UTC (IANA)"
            ) from None
    low, high = fields.get("expected_min", 0), fields.get("expected_max", 1e9)
    if low > high:
        raise SourcesError(f"{where}: expected_min is over expected_max")


# --- how to fetch -------------------------------------------------------------------------------


def _fetching(path: Path, table: Any) -> dict[str, Any]:
    """Rules and the number of hosts at once, from the table [fetch]."""
    where = f"{path}: [fetch]"
    if not isinstance(table, dict):
        raise SourcesError(f"{where} must be one table")
    unknown = sorted(set(table) - _FETCH_FIELDS)
    if unknown:
        raise SourcesError(
            f"{where}: unknown field {unknown[0]!r}; there are {sorted(_FETCH_FIELDS)}"
        )
    contact = table.get("contact", CONTACT)
    if not isinstance(contact, str) or not contact.isascii() or not contact.isprintable():
        raise SourcesError(f"{where}: contact must be an address of yours, in ASCII")
    hosts = table.get("allow", [])
    if not isinstance(hosts, list) or not all(
        isinstance(host, str) and _HOST.fullmatch(host) for host in hosts
    ):
        raise SourcesError(f"{where}: allow must be a list of hosts, such as 'intranet:8080'")
    ports = table.get("ports", sorted(WEB_PORTS))
    if not isinstance(ports, list) or not all(
        type(port) is int and 0 < port < 65536 for port in ports
    ):
        raise SourcesError(f"{where}: ports must be a list of port numbers")
    deadline = _number(where, "deadline", table.get("deadline", DEADLINE_SECONDS))
    parallel = _number(where, "parallel", table.get("parallel", 8))
    if deadline <= 0 or parallel < 1:
        raise SourcesError(f"{where}: deadline and parallel must be over 0")
    allowed = Allowed(frozenset(host.lower() for host in hosts), frozenset(ports))
    return {
        "rules": Rules(allowed, contact, deadline),
        "parallel": min(int(parallel), 64),
    }
