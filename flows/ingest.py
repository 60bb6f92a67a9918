"""Ingest: everything that is asked for, into raw/ as it was read.

Nothing is understood here but links: a feed or list of local or fetched input names pages, and
those that are not in raw yet are fetched. What cannot be fetched or opened is told in the run log;
what was read but cannot be used is told in quarantine, by the next step.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from transforms.documents import Link, parse_record
from transforms.raw_record import FAILURE_TYPE, RawRecord
from warehouse.raw import RawStore

from .engine import Engine
from .fetch import FetchError, fetch, make_client, redact
from .local import failure, list_files, read_file
from .progress import report
from .settings import Settings
from .sources import Source

LOCAL = "local"
_RETRIES = 2
_WITH_LINKS = ("xml", "rss", "atom", "uri-list")
_MEDIA = {"urls": "text/uri-list"}


@dataclass(slots=True)
class Tally:
    """What one source gave in one run; `reason` where it failed."""

    source_id: str
    new: int = 0
    unchanged: int = 0
    failed: int = 0
    reason: str | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def fetched(self) -> int:
        """Records read."""
        return self.new + self.unchanged


def ingest(
    settings: Settings, engine: Engine, store: RawStore, known_urls: Callable[[], Collection[str]]
) -> list[Tally]:
    """Read all paths and sources into the store; one tally a source.

    `known_urls` gives the addresses of pages that are in raw already; it is asked only where there
    are links. Raises FileNotFoundError for a path that does not exist (before anything is read)
    and DataFolderError where raw/ cannot be written.
    """
    files = [file for path in settings.paths for file in list_files(path)]
    tallies: list[Tally] = []
    with store:
        if settings.paths:
            tallies.append(_local(engine, store, files, known_urls))
        tallies += [_source(source, engine, store, known_urls) for source in settings.sources]
    return tallies


def _local(
    engine: Engine, store: RawStore, files: list[Path], known_urls: Callable[[], Collection[str]]
) -> Tally:
    total = Tally(LOCAL)
    for tally in engine.each("read-file", lambda file: _file(file, store), files):
        report("read", 1, len(files))
        total.new += tally.new
        total.unchanged += tally.unchanged
        total.failed += tally.failed
        total.reason = total.reason or tally.reason
        total.links += tally.links
    known = known_urls() if total.links else ()
    wanted = [_Page(url, None) for url in _urls(total.links) if url not in known]
    _add(total, store, _pages(engine, wanted))
    return total


def _file(path: Path, store: RawStore) -> Tally:
    tally = Tally(LOCAL)
    try:
        _add(tally, store, read_file(path))
    except PermissionError as error:
        tally.reason = f"{path}: {error.strerror}"
        tally.failed += 1
    return tally


def _source(
    source: Source, engine: Engine, store: RawStore, known_urls: Callable[[], Collection[str]]
) -> Tally:
    """One source: its own address, then the pages it links to."""
    tally = Tally(source.id)
    try:
        (record,) = engine.each("fetch-source", fetch_source, [source], retries=_RETRIES)
    except FetchError as error:
        tally.reason, tally.failed = str(error), 1
        return tally
    _add(tally, store, [record])
    known = known_urls() if tally.links else ()
    wanted = [_Page(url, source) for url in _urls(tally.links) if url not in known]
    _add(tally, store, _pages(engine, wanted))
    return tally


def fetch_source(source: Source) -> RawRecord:
    """The source's own address as a raw record. Raises FetchError."""
    with make_client() as client:
        response = fetch(client, source.url)
    media_type = _MEDIA.get(source.kind, response.media_type)
    if source.kind == "feed" and "xml" not in media_type:
        media_type = "application/xml"  # feeds come as text/plain and text/html, too
    return RawRecord(
        source.url, media_type, response.body, source.id, source.publisher, response.fetched_at
    )


def _add(tally: Tally, store: RawStore, records: Iterable[RawRecord]) -> None:
    """Append records to the store, counting, and collect the links that they hold."""
    new, unchanged = store.append(_noted(tally, records))
    tally.new += new
    tally.unchanged += unchanged


def _noted(tally: Tally, records: Iterable[RawRecord]) -> Iterator[RawRecord]:
    for record in records:
        tally.failed += record.media_type == FAILURE_TYPE
        if any(word in record.media_type for word in _WITH_LINKS):
            tally.links += [item for item in parse_record(record) if isinstance(item, Link)]
        yield record


@dataclass(frozen=True, slots=True)
class _Page:
    url: str
    source: Source | None


def _urls(links: Iterable[Link]) -> list[str]:
    return list(dict.fromkeys(link.url for link in links))


def _pages(engine: Engine, pages: list[_Page]) -> Iterator[RawRecord]:
    """Each page, or a failure that says why there is none."""
    for page in pages:
        report("fetch", 1, len(pages))
        try:
            yield from engine.each("fetch-page", fetch_page, [page], retries=_RETRIES)
        except FetchError as error:
            source_id = page.source.id if page.source else LOCAL
            yield failure(redact(page.url), "fetch_failed", str(error), source_id)


def fetch_page(page: _Page) -> RawRecord:
    """One linked page as a raw record. Raises FetchError."""
    with make_client() as client:
        response = fetch(client, page.url)
    return RawRecord(
        page.url,
        response.media_type,
        response.body,
        page.source.id if page.source else LOCAL,
        page.source.publisher if page.source else None,
        response.fetched_at,
    )
