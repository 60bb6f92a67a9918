"""Ingest: everything that is asked for, into raw/ as it was read.

Nothing is understood here but links: a feed or list of local or fetched input names pages, and
those that are not in raw yet, or are said to have changed since, are fetched. What cannot be
fetched or opened is told in the run log; what was read but cannot be used is told in quarantine, by
the next step.

Files come first, then the sources' own addresses (lists.py), then the pages they name, in batches.
What is kept from run to run (validators, pages still missing, waits that servers asked for) is
written when all raw records are on the disk (warehouse/fetch_state.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from transforms.documents import Link
from transforms.raw_record import FAILURE_TYPE, Exchange, RawRecord
from warehouse.fetch_state import FetchState, key, read_fetch_state, write_fetch_state
from warehouse.raw import RawStore

from .courier import POSTPONED, Answer, Courier, Request
from .engine import Engine
from .fetch import FetchError, redact
from .lists import Listing, fetch_lists, hints_of, without_credentials
from .local import failure, list_files, read_file
from .page_worker import parse_limited
from .progress import report
from .settings import Settings
from .sources import Source

LOCAL = "local"
_WITH_LINKS = ("xml", "rss", "atom", "uri-list", "feed+json")
_AT_ONCE = 32  # pages held in memory
_MOST_PAGES = 500  # of one source and run; the others wait for the next run
_MOST_TRIES = 5  # runs in which a page is asked for
Known = Callable[[], Mapping[str, datetime | None]]


@dataclass(slots=True)
class Tally:
    """What one source gave in one run; `reason` where it failed, `warning` where it is odd."""

    source_id: str
    new: int = 0
    unchanged: int = 0
    failed: int = 0
    reason: str | None = None
    warning: str | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def fetched(self) -> int:
        """Records read."""
        return self.new + self.unchanged


@dataclass(frozen=True, slots=True)
class _Page:
    link: Link
    source: Source | None
    tally: Tally


def ingest(settings: Settings, engine: Engine, store: RawStore, known_urls: Known) -> list[Tally]:
    """Read all paths and sources into the store; one tally a source.

    `known_urls` gives the addresses of pages that are in raw already, with the time when each was
    last fetched; it is asked only where there are links. Raises FileNotFoundError for a path that
    does not exist (before anything is read) and DataFolderError where the folder cannot be written.
    """
    files = [file for path in settings.paths for file in list_files(path)]
    state = read_fetch_state(settings.data)
    courier = Courier(state.waits, max((s.parallel for s in settings.sources), default=8))
    tallies: list[Tally] = []
    with store:
        if settings.paths:
            tallies.append(_files(engine, store, files, LOCAL, None))
        listings = _listings(settings.sources, state, engine, store, courier, tallies)
        known = known_urls() if any(tally.links for tally in tallies) else {}
        pages = list(_wanted(tallies, settings.sources, known, state))
        missing = _fetch_pages(pages, engine, store, courier, state)
    _keep(settings.data, state, listings, missing)
    return tallies


# --- files --------------------------------------------------------------------------------------


def _files(
    engine: Engine, store: RawStore, files: list[Path], source_id: str, source: Source | None
) -> Tally:
    """Files of the machine into the store, one tally over all."""
    total = Tally(source_id)
    for tally in engine.each("read-file", lambda file: _file(file, store, source), files):
        report("read", 1, len(files))
        total.new += tally.new
        total.unchanged += tally.unchanged
        total.failed += tally.failed
        total.reason = total.reason or tally.reason
        total.links += tally.links
    return total


def _file(path: Path, store: RawStore, source: Source | None) -> Tally:
    tally = Tally(source.id if source else LOCAL)
    records: Iterable[RawRecord] = read_file(path)
    if source is not None:
        records = (_of_source(record, source) for record in records)
    try:
        _add(tally, store, records)
    except OSError as error:
        tally.reason = f"{path}: {error.strerror or error}"
        tally.failed += 1
    return tally


def _of_source(record: RawRecord, source: Source) -> RawRecord:
    """A record of a file under the name of the source whose folder it is in."""
    return replace(
        record,
        source_id=source.id,
        publisher=record.publisher or source.publisher,
        hints=record.hints or hints_of(source, None),
    )


# --- sources ------------------------------------------------------------------------------------


def _listings(
    sources: Iterable[Source],
    state: FetchState,
    engine: Engine,
    store: RawStore,
    courier: Courier,
    tallies: list[Tally],
) -> list[Listing]:
    """Read every source's own address into the store; adds a tally for each."""
    remote = [source for source in sources if source.path is None]
    fetch_all = _engaged(engine, courier, "fetch-sources")
    listings = fetch_lists(remote, state, fetch_all) if remote else []
    by_id = {listing.source.id: listing for listing in listings}
    for source in sources:
        if source.path is not None:
            tallies.append(_folder(source, engine, store))
            continue
        listing = by_id[source.id]
        tally = Tally(source.id, unchanged=listing.unchanged, reason=listing.reason)
        tally.warning = listing.warning
        tally.failed += listing.reason is not None
        new, unchanged = store.append(listing.records)
        tally.new, tally.unchanged = new, tally.unchanged + unchanged
        tally.links = [*listing.links, *_links_again(listing, store)]
        tallies.append(tally)
    return listings


def _folder(source: Source, engine: Engine, store: RawStore) -> Tally:
    assert source.path is not None
    try:
        files = list_files(source.path)
    except FileNotFoundError:
        return Tally(source.id, failed=1, reason=f"{source.path}: no such file or folder")
    return _files(engine, store, files, source.id, source)


def _links_again(listing: Listing, store: RawStore) -> Iterator[Link]:
    """Links of unchanged lists some of whose pages are still missing, from raw."""
    for record in store.read(set(listing.again), lambda damage: None):
        parsed = parse_limited(record)
        yield from (item for item in parsed if isinstance(item, Link) and not item.is_list)


def _engaged(
    engine: Engine, courier: Courier, name: str
) -> Callable[[Iterable[Request]], list[Answer]]:
    """The courier's work as one step of the engine."""

    def fetch_all(requests: Iterable[Request]) -> list[Answer]:
        (answers,) = engine.each(name, courier.fetch_all, [list(requests)])
        return answers

    return fetch_all


# --- pages --------------------------------------------------------------------------------------


def _wanted(
    tallies: list[Tally],
    sources: Iterable[Source],
    known: Mapping[str, datetime | None],
    state: FetchState,
) -> Iterator[_Page]:
    """The pages to fetch, each once: new ones, changed ones, those that may come after all."""
    by_id = {source.id: source for source in sources}
    taken: set[str] = set()
    for tally in tallies:
        left = _MOST_PAGES
        for link in tally.links:
            if link.url in taken or not _is_due(link, known, state):
                continue
            taken.add(link.url)
            left -= 1
            if left < 0:
                tally.warning = f"more than {_MOST_PAGES} new pages; the others come next time"
                break
            yield _Page(link, by_id.get(tally.source_id), tally)


def _is_due(link: Link, known: Mapping[str, datetime | None], state: FetchState) -> bool:
    if link.is_list or state.failures.get(key(link.url), 0) >= _MOST_TRIES:
        return False
    url = without_credentials(link.url)
    if url not in known:
        return True
    fetched = known[url]
    return fetched is not None and link.modified_at is not None and link.modified_at > fetched


def _fetch_pages(
    pages: list[_Page], engine: Engine, store: RawStore, courier: Courier, state: FetchState
) -> set[str]:
    """Fetch pages into the store; gives the sources some of whose pages are still missing."""
    missing = {page.tally.source_id for page in pages if page.tally.warning}
    fetch_all = _engaged(engine, courier, "fetch-pages")
    waiting = iter(pages)
    while batch := list(islice(waiting, _AT_ONCE)):
        for page, answer in zip(batch, fetch_all(map(_request, batch)), strict=True):
            report("fetch", 1, len(pages))
            if isinstance(answer, FetchError) and answer.retry:
                missing.add(page.tally.source_id)
            _add(page.tally, store, _page_record(page, answer, state))
    return missing


def _request(page: _Page) -> Request:
    if page.source is None:
        return Request(page.link.url, LOCAL)
    return Request(page.link.url, page.source.id, page.source.rules, pause=60 / page.source.rate)


def _page_record(page: _Page, answer: Answer, state: FetchState) -> list[RawRecord]:
    """The page, or a failure that says why there is none; nothing where it was only put off."""
    url = without_credentials(page.link.url)
    source_id = page.tally.source_id
    if isinstance(answer, FetchError):
        if answer.kind == POSTPONED:
            page.tally.failed += 1
            return []
        tries = state.failures.pop(key(page.link.url), 0) + 1
        state.failures[key(page.link.url)] = tries if answer.retry else _MOST_TRIES
        return [failure(redact(url), "fetch_failed", str(answer), source_id)]
    state.failures.pop(key(page.link.url), None)
    return [
        RawRecord(
            url,
            answer.media_type,
            answer.body,
            source_id,
            page.source.publisher if page.source else None,
            answer.fetched_at,
            hints_of(page.source, page.link),
            Exchange(answer.request, answer.head),
        )
    ]


# --- what is kept -------------------------------------------------------------------------------


def _add(tally: Tally, store: RawStore, records: Iterable[RawRecord]) -> None:
    """Append records to the store, counting, and collect the links that they hold."""
    new, unchanged = store.append(_noted(tally, records))
    tally.new += new
    tally.unchanged += unchanged


def _noted(tally: Tally, records: Iterable[RawRecord]) -> Iterator[RawRecord]:
    for record in records:
        tally.failed += record.media_type == FAILURE_TYPE
        if any(word in record.media_type for word in _WITH_LINKS):
            tally.links += [item for item in parse_limited(record) if isinstance(item, Link)]
        yield record


def _keep(data: Path, state: FetchState, listings: list[Listing], missing: set[str]) -> None:
    """Write the state, where anything came over the network."""
    if not listings and not state.failures and not state.waits:
        return
    for listing in listings:
        for name, kept in listing.read.items():
            state.lists[name] = replace(kept, has_missing=listing.source.id in missing)
    write_fetch_state(data, state)
