"""Addresses of one page under one name: what courlan leaves to be done, by a table of rules.

`canonical_address` is what is printed: an address that leads to the page. `address_key` is what
the page is known by: http and https, www and mobile hosts, a slash or index page at the end are
the same page under it, and nothing says that such an address exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from .cleaning import normalize_address

KINDS = (
    "parameter",
    "path_parameter",
    "first_segment",
    "last_segment",
    "ending",
    "wrapper",
    "host_label",
    "index_page",
)
_MAX_WRAPPED = 3  # wrappers in each other


@dataclass(frozen=True, slots=True)
class _Rules:
    parameters: Mapping[str, frozenset[str]]  # name -> its values that say nothing; none: all
    path_parameters: frozenset[str]
    first_segments: frozenset[str]
    last_segments: frozenset[str]
    endings: Mapping[str, str]
    wrappers: tuple[str, ...]
    host_labels: frozenset[str]
    index_pages: frozenset[str]


def canonical_address(value: str, rows: Sequence[Mapping[str, str]]) -> str | None:
    """A web address as `normalize_address` gives it, without what the rows know to say nothing.

    `rows` are seeds/addresses.csv. None where it is no web address. Raises ValueError for a row of
    an unknown kind.
    """
    rules = _compiled(rows)
    address = normalize_address(_without_path_parameters(value, rules))
    for _ in range(_MAX_WRAPPED):
        inner = _unwrapped(address, rules) if address else None
        if inner is None:
            break
        address = normalize_address(_without_path_parameters(inner, rules))
    return _cut(address, rules) if address else None


def address_key(address: str, rows: Sequence[Mapping[str, str]]) -> str:
    """What a canonical address has in common with other addresses of its page."""
    rules = _compiled(rows)
    rest = address.partition("://")[2] or address
    host, _, path = rest.partition("/")
    labels = host.rstrip(".").lower().split(".")
    while len(labels) > 2 and labels[0] in rules.host_labels:
        labels = labels[1:]
    head, _, last = path.rpartition("/")
    if last.lower() in rules.index_pages:
        path = head
    return "/".join(filter(None, (".".join(labels), path.rstrip("/"))))


def _compiled(rows: Sequence[Mapping[str, str]]) -> _Rules:
    return _rules(tuple((row["kind"], row["name"].lower(), row["value"].lower()) for row in rows))


@lru_cache(maxsize=4)
def _rules(rows: tuple[tuple[str, str, str], ...]) -> _Rules:
    unknown = sorted({kind for kind, _, _ in rows} - set(KINDS))
    if unknown:
        raise ValueError(f"addresses: unknown kind {unknown[0]!r}, known are {', '.join(KINDS)}")
    named = {kind: [name for found, name, _ in rows if found == kind] for kind in KINDS}
    return _Rules(
        parameters={
            name: frozenset(value.split("|")) - {""}
            for kind, name, value in rows
            if kind == "parameter"
        },
        path_parameters=frozenset(named["path_parameter"]),
        first_segments=frozenset(named["first_segment"]),
        last_segments=frozenset(named["last_segment"]),
        endings={name: value for kind, name, value in rows if kind == "ending"},
        wrappers=tuple(named["wrapper"]),
        host_labels=frozenset(named["host_label"]),
        index_pages=frozenset(named["index_page"]),
    )


def _without_path_parameters(value: str, rules: _Rules) -> str:
    """The address without ";jsessionid=…" in its path, as it is or escaped."""
    path, mark, query = value.partition("?")
    parts = path.replace("%3B", ";").replace("%3b", ";").split(";")
    if len(parts) == 1:
        return value
    kept = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("=")
        if name.lower() not in rules.path_parameters:
            kept.append(f";{part}")
        elif "/" in rest:
            kept.append(rest[rest.index("/") :])
    return "".join(kept) + mark + query


def _unwrapped(address: str, rules: _Rules) -> str | None:
    """The address inside one of a cache's: host/path/[s/]HOST/PATH, "s" for https."""
    rest = address.partition("://")[2]
    for wrapper in rules.wrappers:
        _, found, inner = rest.partition(wrapper)
        if found and "/" not in rest[: rest.index(wrapper)]:
            is_safe = inner.startswith("s/")
            inner = unquote(inner[2 * is_safe :])
            if "." in inner.partition("/")[0]:
                return f"http{'s' * is_safe}://{inner}"
    return None


def _cut(address: str, rules: _Rules) -> str:
    parts = urlsplit(address)
    path = _path(parts.path, rules)
    query = "&".join(_kept(parts.query.split("&"), rules))
    return parts._replace(path=path, query=query).geturl()


def _path(path: str, rules: _Rules) -> str:
    """The path without its segments for another look of the page, if another one is left."""
    segments = path.split("/")[1:]
    names = [name for name in segments if name]
    if len(names) > 1 and names[0].lower() in rules.first_segments:
        segments, names = segments[1:], names[1:]
    if len(names) > 1 and names[-1].lower() in rules.last_segments:
        segments = segments[: -1 - (not segments[-1])] + ["" for _ in [1] if not segments[-1]]
    for ending, instead in rules.endings.items():
        if segments and segments[-1].lower().endswith(ending) and len(segments[-1]) > len(ending):
            segments[-1] = segments[-1][: -len(ending)] + instead
    return "".join(f"/{segment}" for segment in segments) or path


def _kept(parameters: Iterable[str], rules: _Rules) -> Iterable[str]:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        known = rules.parameters.get(unquote(name).lower())
        if known is None or (known and value.lower() not in known):
            yield parameter
