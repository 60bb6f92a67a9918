"""Publishing a million statements, as ratios to a floor measured in the same run.

    python tests/bench_publish.py [STATEMENTS]

Parquet: what Readout writes (sorted by key, keys and nulls proved, page checksums, synced) against
bare pyarrow writing the same table with the same compression, unsorted and sorted. Database: what
Readout builds (files proved, NOT NULL, keys, comments, views, synced, with its digest) against a
bare CREATE TABLE AS of the same file with a checkpoint; the checks are measured apart. Peak memory
is that of a process that does this step alone; the rows to write are part of it.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from flows.countries import countries
from transforms.records import Article, Span, Statement
from warehouse import database
from warehouse.database import CONFIG, database_path
from warehouse.parquet import COMPRESSION, COMPRESSION_LEVEL, ROW_GROUP, to_table, write_table
from warehouse.proof import prove
from warehouse.schemas import table_name
from warehouse.snapshot import Snapshot, publish, read_snapshot

SYLLABLES = (
    "ba che dor el fi gan hu ist jo ka len mor ni os pra qui rem sta tur ul vi wo ze".split()
)
WORDS = ["".join(parts) for parts in itertools.product(SYLLABLES, repeat=2)]
EACH = 20  # statements an article
PIECE = 1_000  # articles made at once
TRIES = 5


def measured(*works: Callable[[], object]) -> list[float]:
    """Seconds of each, the best of five tries; they take turns, so that a busy moment hits all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(TRIES):
        for work, kept in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            kept.append(time.perf_counter() - start)
    return [min(kept) for kept in times]


def peak() -> float:
    """GiB of memory at the highest so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def content(number: int) -> str:
    """Twenty words or so that no other statement has in this order, as dense as text is."""
    chance = random.Random(number)
    return f"{' '.join(chance.choices(WORDS, k=chance.randint(10, 30)))} {number}"


def article(number: int) -> Article:
    sentences = [f"She said {content(number * EACH + n)}." for n in range(EACH)]
    text = "\n\n".join(sentences)
    return Article(
        article_id=f"a{hashlib.sha256(b'%d' % number).hexdigest()[:20]}",
        page_id=f"p{number}",
        source_id="bench",
        url=f"https://wire.example/{number}",
        publisher="Wire",
        title=f"Talks {number}",
        published_at=datetime(2026, 3, 1 + number % 28, tzinfo=UTC),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        story_id=f"s{number}",
        raw_ref=f"r{number}",
        coder_version="bench",
    )


def statements(articles: list[Article], first: int) -> tuple[pa.Table, pa.Table]:
    """A statement a sentence, and its content span; `first` is the number of the first article."""
    said, spans = [], []
    for number, source in enumerate(articles, start=first):
        start = 0
        for n in range(EACH):
            text = content(number * EACH + n)
            sentence = f"She said {text}."
            key = f"s{hashlib.sha256(text.encode()).hexdigest()[:20]}"
            said.append(_statement(key, source.article_id, text, sentence, n))
            at = start + len("She said ")
            spans.append(_span(key, at, text))
            start += len(sentence) + 2
    return to_table(Statement, said), to_table(Span, spans)


def _statement(key: str, article_id: str, text: str, sentence: str, n: int) -> Statement:
    return Statement(
        statement_id=key,
        article_id=article_id,
        speaker_name=f"Nino Tvaladze {n}",
        speaker_mention="She",
        speaker_kind="person",
        speaker_role="Foreign Minister",
        speaker_role_code="foreign_minister",
        speaker_country="GEO",
        cue="said",
        cue_lemma="say",
        speech_act="say",
        form="indirect",
        content=text,
        said_on=date(2026, 3, 1 + n),
        sentence_text=sentence,
        confidence=0.8,
        coder_version="bench",
    )


def _span(key: str, at: int, text: str) -> Span:
    return Span(
        owner_id=key,
        field="content",
        ordinal=1,
        start=at,
        end=at + len(text),
        text=text,
        coder_version="bench",
    )


def bare_parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(
        table,
        path,
        compression=COMPRESSION,
        compression_level=COMPRESSION_LEVEL,
        row_group_size=ROW_GROUP,
    )


def bare_database(file: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    with duckdb.connect(path, config=CONFIG) as connection:
        connection.execute("CREATE TABLE statements AS SELECT * FROM read_parquet(?)", [str(file)])
        connection.execute("CHECKPOINT")


def synthetic(count: int) -> dict[type, pa.Table]:
    """Articles, statements and spans, made a piece at a time, so that little is held at once."""
    parts: dict[type, list[pa.Table]] = {Article: [], Statement: [], Span: []}
    for start in range(0, count // EACH, PIECE):
        articles = [article(n) for n in range(start, min(start + PIECE, count // EACH))]
        said, spans = statements(articles, start)
        for kind, table in (
            (Article, to_table(Article, articles)),
            (Statement, said),
            (Span, spans),
        ):
            parts[kind].append(table)
    return {kind: pa.concat_tables(tables) for kind, tables in parts.items()}


def built(data: Path, snapshot: Snapshot, *, checked: bool) -> None:
    """Build the database anew, with the checks or with none."""
    database_path(data).unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        if not checked:
            patch.setattr(database, "require", lambda connection: [])
            patch.setattr(database, "examine", lambda connection, level: [])
        database.build_database(data, snapshot, countries())


def parquet(place: Path) -> None:
    """Statements to Parquet, against bare pyarrow: as they come, and sorted."""
    said = read(place, Statement)
    print(f"{len(said):,} statements, {said.nbytes >> 20} MiB of rows; {peak():.2f} GiB to begin")
    write_table(place / "ours.parquet", said)
    print(f"Parquet   peak memory {peak():.2f} GiB")
    plain, ordered, ours = measured(
        lambda: bare_parquet(said, place / "bare.parquet"),
        lambda: bare_parquet(said.sort_by("statement_id"), place / "bare.parquet"),
        lambda: write_table(place / "ours.parquet", said),
    )
    tell("Parquet", plain, ours)
    tell("  sorted", ordered, ours)


def loaded(place: Path) -> None:
    """Statements into the database with no checks, against a bare CREATE TABLE AS."""
    alone = publish(place / "alone", {("statements", "2026-03"): read(place, Statement)}, "bench")
    file = alone.path("statements", "2026-03")
    bare, ours = measured(
        lambda: bare_database(file, place / "bare.duckdb"),
        lambda: built(place / "alone", alone, checked=False),
    )
    tell("Database", bare, ours)
    files = (place / "bare.duckdb", database_path(place / "alone"))
    sizes = [path.stat().st_size >> 20 for path in files]
    print(f"          {sizes[0]} MiB bare, {sizes[1]} MiB with keys")


def published(place: Path) -> None:
    """Statements with their articles and spans."""
    kinds = (Article, Statement, Span)
    changes = {(table_name(kind), "2026-03"): read(place, kind) for kind in kinds}
    start = time.perf_counter()
    publish(place / "whole", changes, "bench")
    told("publish of articles, statements and spans", time.perf_counter() - start)


def proved(place: Path) -> None:
    """The checks before a publish."""
    start = time.perf_counter()
    prove(current(place), countries())
    told("checks before the publish", time.perf_counter() - start)


def checked(place: Path) -> None:
    """The database of all three tables, with the checks."""
    start = time.perf_counter()
    built(place / "whole", current(place), checked=True)
    told("database with the checks", time.perf_counter() - start)


def current(place: Path) -> Snapshot:
    """The snapshot that was published before."""
    snapshot = read_snapshot(place / "whole")
    assert snapshot
    return snapshot


def make(place: Path, count: int) -> None:
    """The synthetic tables as files."""
    for kind, table in synthetic(count).items():
        with (
            pa.OSFile(str(place / f"{table_name(kind)}.arrow"), "wb") as out,
            pa.ipc.new_file(out, table.schema) as writer,
        ):
            writer.write_table(table)


def read(place: Path, kind: type) -> pa.Table:
    """One of the synthetic tables, in memory."""
    with pa.OSFile(str(place / f"{table_name(kind)}.arrow")) as file:
        return pa.ipc.open_file(file).read_all()


PARTS = {part.__name__: part for part in (parquet, loaded, published, proved, checked)}


def main(count: int) -> None:
    """Each part in a process of its own: peak memory is a process's."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("make", *PARTS):  # a child's peak begins at its parent's: this one stays small
            subprocess.run([sys.executable, __file__, name, folder, str(count)], check=True)


def told(what: str, seconds: float) -> None:
    print(f"{what}: {seconds:.2f} s, peak memory {peak():.2f} GiB")


def tell(what: str, bare: float, ours: float) -> None:
    print(f"{what:9} bare {bare:6.2f} s   Readout {ours:6.2f} s   ratio {ours / bare:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] and sys.argv[1] in PARTS:
        PARTS[sys.argv[1]](Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
