"""What a small run costs when much is kept: 100 new articles beside 100,000, and beside 1,000.

    python tests/bench_incremental.py [KEPT …]      (default: 1000 100000)

The kept articles are made up (texts of seeded words, ten years of them) and written as a run would
have left them: raw records, a published snapshot and its database, without meetings, since what is
measured is the keeping of articles. The new ones go through a whole run. Best of three, each on the
folder as it was. Fails (status 1) where taking in the new ones (ingest, extract and publish) costs
over twice beside the most articles what it costs beside the fewest; the load is told apart, since
DuckDB writes up to 122,880 rows of a table anew where one is added.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.engine import PlainEngine
from flows.job import open_job
from flows.load import load
from flows.merge import Additions, merge
from flows.settings import Settings, coder_version, lexicon
from transforms.articles import build_article, find_fingerprint
from transforms.documents import Document, parse_record
from transforms.extraction import Extraction
from transforms.raw_record import RawRecord
from transforms.records import Article, Input
from warehouse.raw import RawStore
from warehouse.snapshot import publish

NEW = 100
ROUNDS = 3
LIMIT = 2.0
_WORDS = (
    "treaty border minister trade energy talks summit visit council region embassy port".split()
)
_SYLLABLES = "ka lo mi ne ru sa te vo zu bri dal fen".split()


def main() -> int:
    """Measure each size, print seconds by stage and the ratio."""
    sizes = [int(word) for word in sys.argv[1:]] or [1_000, 100_000]
    measured = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measured.append(_measure(Path(folder), size))
    taken_in = [stages["ingest"] + stages["extract"] for stages in measured]
    whole = [sum(stages.values()) for stages in measured]
    ratio = max(taken_in) / min(taken_in)
    print(f"ratio {ratio:.2f}, at most {LIMIT:g}; with the load {max(whole) / min(whole):.2f}")
    return int(ratio > LIMIT)


def _measure(folder: Path, size: int) -> dict[str, float]:
    kept = folder / "kept"
    _keep(kept, size)
    news = folder / "news.jsonl"
    news.write_text("\n".join(_line(size + n, 10_000_000 + n) for n in range(NEW)))
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        data = folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(kept, data, symlinks=True)
        stages = _run(data, news)
        if not best or sum(stages.values()) < sum(best.values()):
            best = stages
    told = ", ".join(f"{name} {took:.2f}" for name, took in best.items())
    print(f"{size:>9,} kept, {NEW} new: {sum(best.values()):6.2f} s ({told})")
    return best


def _run(data: Path, news: Path) -> dict[str, float]:
    """Seconds of the processor for each step."""
    stages: dict[str, float] = {}
    start = time.process_time()
    with open_job(Settings(data, (news,))) as job:
        job.ingest(PlainEngine())
        stages["ingest"] = time.process_time() - start
        job.extract(PlainEngine())
        stages["extract"] = time.process_time() - start - stages["ingest"]
        extracted = time.process_time()
        job.load()
        stages["load"] = time.process_time() - extracted
        assert len(job.new_articles) == NEW
    return stages


def _line(number: int, seed: int) -> str:
    chance = random.Random(seed)
    names = ["".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(40)]
    words = [chance.choice(names if chance.random() < 0.3 else _WORDS) for _ in range(120)]
    sentences = [" ".join(words[at : at + 12]) for at in range(0, len(words), 12)]
    day = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(minutes=50 * (number % 100_000))
    text = ". ".join(sentences) + "."
    if seed >= 10_000_000:  # news comes in order: all new ones are of one month
        day = datetime(2020, 3, 5, 10, tzinfo=UTC)
    return json.dumps({"id": f"n{number}", "text": text, "published": day.isoformat()})


def _keep(data: Path, size: int) -> None:
    """A data folder with so many articles, as runs leave it."""
    store, additions = RawStore(data / "raw"), Additions()
    with store:
        for record in _records(size):
            store.append([record])
            (document,) = parse_record(record)
            assert isinstance(document, Document)
            article = build_article(document, lexicon(), coder_version())
            assert isinstance(article, Article)
            prints = [find_fingerprint(article, lexicon())]
            additions.articles.append((article, Extraction([], [], [], [], [], prints)))
            row = Input(
                raw_ref=record.record_id,
                source_id="local",
                url=record.uri,
                outcome="articles",
                coder_version=coder_version(),
            )
            additions.inputs.append((row, None))
    changes, _ = merge(None, additions, coder_version())
    load(data, publish(data, changes, coder_version()))


def _records(size: int) -> Iterator[RawRecord]:
    for number in range(size):
        yield RawRecord("file:kept.jsonl", "application/x-ndjson", _line(number, number).encode())


if __name__ == "__main__":
    sys.exit(main())
