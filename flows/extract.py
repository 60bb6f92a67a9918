"""Extract: raw records that are not in the snapshot yet, read, merged, published in one step.

State is the snapshot itself: its table `inputs` says which raw records are done. A run that is
killed before `publish` has changed nothing; the next one does the same work and gives the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice

import pyarrow as pa  # type: ignore[import-untyped]

from transforms.articles import build_article, find_fingerprint
from transforms.documents import Document, Link, Rejection
from transforms.extraction import Extraction, extract
from transforms.office_holders import OfficeHolders
from transforms.raw_record import RawRecord
from transforms.records import Article, Input, Quarantined
from warehouse.parquet import DamagedFileError
from warehouse.proof import prove
from warehouse.raw import Damage, RawStore
from warehouse.snapshot import Snapshot, publish, read_snapshot

from .countries import countries
from .engine import Engine
from .merge import Additions, merge
from .office_holders import Coding, coding_of, office_holders
from .page_worker import parse_limited
from .progress import report
from .settings import Settings, lexicon


@dataclass(slots=True)
class Batch:
    """What a batch of raw records gave: articles with what was read in them, and the rest."""

    coding: Coding
    articles: list[tuple[Article, Extraction]] = field(default_factory=list)
    quarantined: list[tuple[Quarantined, datetime | None]] = field(default_factory=list)
    inputs: list[tuple[Input, datetime | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The outcome of the step: the published snapshot, and the ids of articles new in it."""

    snapshot: Snapshot
    new_articles: frozenset[str]
    records: int


def run_extract(settings: Settings, engine: Engine, store: RawStore) -> Extracted:
    """Bring the snapshot up to raw/; where there is nothing to do, nothing is touched.

    Raises DataFolderError, OfficeHoldersError, RawMissingError, SchemaError for the folder of a
    newer Readout, ChecksFailedError where the rows fail a check (nothing is published then), and
    ContractError where they break the contract (a bug).
    """
    coding = coding_of(settings.office_holders)
    version = coding.version
    current = _usable(settings, version)
    if current is None and not settings.forced:
        _require_raw(settings, store)
    todo = store.missing_in(_done(current))
    if current is not None and not todo:
        return Extracted(current, frozenset(), 0)
    additions = Additions()
    work = partial(extract_batch, coding)
    for batch in engine.each("extract-batch", work, _batches(settings, store, todo)):
        additions.add(batch.articles, batch.quarantined, batch.inputs)
        report("extract", len(batch.inputs), len(todo))
    changes, new_articles = merge(current, additions, version)
    snapshot = publish(
        settings.data,
        changes,
        version,
        keep=current is not None,
        prove=lambda staged: prove(staged, countries(), changes if current else None),
    )
    return Extracted(snapshot, new_articles, len(todo))


def _done(current: Snapshot | None) -> pa.ChunkedArray:
    """Ids of the raw records that the snapshot has taken in."""
    if current is None:
        return pa.chunked_array([], pa.string())
    return current.read("inputs", ["raw_ref"])["raw_ref"]


class RawMissingError(Exception):
    """Making all anew would lose rows: raw/ no longer holds what they were read from."""


def _require_raw(settings: Settings, store: RawStore) -> None:
    """Prove that raw/ holds whatever the published rows were read from."""
    try:
        published = read_snapshot(settings.data)
        if published is None:
            return
        known = set(published.read("inputs", ["raw_ref"])["raw_ref"].to_pylist())
    except DamagedFileError:
        return  # nothing can be told, and only raw/ can bring it back
    missing = known - store.ids()
    if missing:
        raise RawMissingError(
            f"{len(missing):,} of {len(known):,} records that are published in {settings.data} are "
            "no longer in its raw/; making all anew would lose their rows. Bring raw/ back, or "
            "give them up with `readout rebuild --force`"
        )


def _usable(settings: Settings, version: str) -> Snapshot | None:
    """The current snapshot if this run may add to it: same rules, sound files."""
    if settings.everything:
        return None
    try:
        current = read_snapshot(settings.data)
    except DamagedFileError:
        return None
    return current if current and current.manifest.coder_version == version else None


def _batches(
    settings: Settings, store: RawStore, todo: list[str]
) -> Iterator[tuple[list[RawRecord], list[Damage]]]:
    """The records to do, in batches; what cannot be given back comes with the last one."""
    damaged: list[Damage] = []
    records = store.read(todo, damaged.append)
    while batch := list(islice(records, settings.batch_size)):
        yield batch, []
    if damaged:
        yield [], damaged


def extract_batch(coding: Coding, work: tuple[list[RawRecord], list[Damage]]) -> Batch:
    """Read a batch of raw records. What fails is a row in quarantine.

    Raises OfficeHoldersError where the table was changed meanwhile, and nothing else.
    """
    records, damaged = work
    office_holders(coding)
    batch = Batch(coding)
    for record in records:
        _read_record(record, batch)
    for damage in damaged:
        item = Rejection("bad_archive", f"{damage.reason} ({damage.file})")
        _finish(batch, damage.record_id, "local", None, None, [item], articles=0)
    return batch


def _read_record(record: RawRecord, batch: Batch) -> None:
    """The one place where any error is caught: one bad article must not lose the others."""
    try:
        items = parse_limited(record)
    except Exception as error:
        items = [Rejection("parser_failed", _name(error), record.uri)]
    rejected: list[Rejection] = []
    articles = links = 0
    for item in items:
        if isinstance(item, Link):
            links += 1
        elif isinstance(item, Rejection):
            rejected.append(item)
        else:
            try:
                articles += _read_article(item, batch, rejected)
            except Exception as error:
                rejected.append(Rejection("parser_failed", _name(error), item.url))
    _finish(
        batch,
        record.record_id,
        record.source_id,
        record.uri,
        record.fetched_at,
        rejected,
        articles=articles,
        links=links,
    )


def _read_article(document: Document, batch: Batch, rejected: list[Rejection]) -> int:
    article = build_article(document, lexicon(), batch.coding.version)
    if isinstance(article, Rejection):
        rejected.append(article)
        return 0
    found = _extracted(article, office_holders(batch.coding))
    batch.articles.append((article, found))
    return 1


def _extracted(article: Article, holders: OfficeHolders | None) -> Extraction:
    """What is read in an article: of texts in other languages than English, nothing but copies."""
    prints = [find_fingerprint(article, lexicon())]
    if (article.language or "en").partition("-")[0] != "en":
        return Extraction([], [], [], [], [], prints)
    return replace(extract(article, lexicon(), holders), fingerprints=prints)


def _name(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _finish(
    batch: Batch,
    raw_ref: str,
    source_id: str,
    uri: str | None,
    fetched_at: datetime | None,
    rejected: Iterable[Rejection],
    *,
    articles: int,
    links: int = 0,
) -> None:
    """Write down what became of a record."""
    version = batch.coding.version
    ordinal = 0
    for ordinal, item in enumerate(rejected, 1):  # noqa: B007 - counted after the loop
        row = Quarantined(
            raw_ref=raw_ref,
            ordinal=ordinal,
            source_id=source_id,
            url=item.url or uri,
            reason=item.reason,
            detail=item.detail,
            first_seen_at=fetched_at,
            coder_version=version,
        )
        batch.quarantined.append((row, fetched_at))
    counts = {"articles": articles, "links": links, "quarantine": ordinal, "empty": 1}
    outcome = next(name for name, count in counts.items() if count)
    known = Input(
        raw_ref=raw_ref, source_id=source_id, url=uri, outcome=outcome, coder_version=version
    )
    batch.inputs.append((known, fetched_at))
