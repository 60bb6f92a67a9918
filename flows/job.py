"""One run over one data folder: the lock, the steps, and what they came to.

The steps are the same whoever calls them: the command line with or without Prefect, a schedule, a
test.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from warehouse.quality import Finding
from warehouse.raw import RawStore
from warehouse.snapshot import Snapshot, clean, read_snapshot, run_lock

from .engine import Engine, PlainEngine
from .extract import run_extract
from .ingest import Tally, ingest
from .load import load, log_run
from .settings import Settings


class NothingExtractedError(Exception):
    """There is no snapshot to load yet."""


class Job:
    """The steps of a run; only for the holder of the run lock (see `open_job`)."""

    def __init__(self, settings: Settings) -> None:  # noqa: D107
        self.settings = settings
        self.store = RawStore(settings.data / "raw")
        now = datetime.now(UTC)
        self.started_at = now.replace(microsecond=0)
        self.run_id = f"{now:%Y%m%dT%H%M%S%fZ}-{os.getpid()}"  # one process may run twice a second
        self.tallies: list[Tally] = []
        self.findings: list[Finding] = []
        self.snapshot: Snapshot | None = None
        self.new_articles: frozenset[str] = frozenset()
        self.stages: dict[str, float] = {}
        self._clock = time.monotonic()

    def ingest(self, engine: Engine) -> list[Tally]:
        """Read everything asked for into raw/, and write the run log."""
        with self._timed("ingest"):
            self.tallies = ingest(self.settings, engine, self.store, self._known_urls)
        log_run(self.settings.data, self.run_id, self.started_at, self.tallies)
        return self.tallies

    def extract(self, engine: Engine) -> Snapshot:
        """Bring the snapshot up to raw/ and publish it."""
        with self._timed("extract"):
            extracted = run_extract(self.settings, engine, self.store)
        self.snapshot, self.new_articles = extracted.snapshot, extracted.new_articles
        return extracted.snapshot

    def load(self) -> list[Finding]:
        """Bring the database up to the snapshot. Raises NothingExtractedError where none is."""
        snapshot = self.snapshot or read_snapshot(self.settings.data)
        if snapshot is None:
            raise NothingExtractedError(f"nothing is extracted yet in {self.settings.data}")
        self.snapshot = snapshot
        with self._timed("load"):
            self.findings = load(self.settings.data, snapshot)
        return self.findings

    def perform(self, step: str) -> None:
        """Carry out one step by its name, or all of them for "run", with no Prefect."""
        if step in ("run", "ingest"):
            self.ingest(PlainEngine())
        if step in ("run", "extract"):
            self.extract(self.plain_engine())
        if step in ("run", "load"):
            self.load()

    def plain_engine(self) -> Engine:
        """What extracts with no Prefect: this process, several, or a Dask cluster."""
        if self.settings.dask is None:
            return PlainEngine(self.settings.workers)
        from .cluster import DaskEngine

        return DaskEngine(self.settings.dask)

    def is_empty(self, step: str) -> bool:
        """Whether the step brought nothing new."""
        if step == "ingest":
            return not any(tally.new for tally in self.tallies)
        return not self.new_articles

    def failures(self) -> list[str]:
        """The sources that failed in this run, a line each."""
        return [f"source {t.source_id}: {t.reason}" for t in self.tallies if t.reason]

    def warnings(self) -> list[str]:
        """The sources that gave something odd in this run, a line each."""
        return [f"source {t.source_id}: {t.warning}" for t in self.tallies if t.warning]

    def summary(self) -> dict[str, int | float | str]:
        """The figures of the run, as `--json` prints them."""
        rows = self.snapshot.manifest.rows if self.snapshot else {}
        counts: dict[str, int | float | str] = {
            name: rows.get(name, 0)
            for name in ("articles", "meetings", "participants", "statements", "events", "misses")
        }
        return counts | {
            "quarantined": rows.get("quarantine", 0),
            "new_articles": len(self.new_articles),
            "records_read": sum(tally.fetched for tally in self.tallies),
            "new_records": sum(tally.new for tally in self.tallies),
            "failed_sources": sum(tally.reason is not None for tally in self.tallies),
            "seconds": round(time.monotonic() - self._clock, 1),
            "run_id": self.run_id,
            "snapshot": self.snapshot.manifest.snapshot_id if self.snapshot else "",
        }

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        """Keep how many seconds a stage took."""
        before = time.monotonic()
        try:
            yield
        finally:
            self.stages[stage] = round(time.monotonic() - before, 2)

    def _known_urls(self) -> Mapping[str, datetime | None]:
        """Addresses in the snapshot, and when each was last fetched; failed ones are left out."""
        current = read_snapshot(self.settings.data)
        if current is None:
            return {}
        inputs = current.read("inputs", ["url", "outcome"]).to_pydict()
        pairs = zip(inputs["url"], inputs["outcome"], strict=True)
        known: dict[str, datetime | None] = {
            url: None for url, outcome in pairs if outcome != "quarantine"
        }
        articles = current.read("articles", ["url", "fetched_at"]).to_pydict()
        for url, fetched in zip(articles["url"], articles["fetched_at"], strict=True):
            earlier = known.get(url)
            if url in known and fetched and (earlier is None or fetched > earlier):
                known[url] = fetched
        return known


@contextmanager
def open_job(settings: Settings) -> Iterator[Job]:
    """Take the run lock, clean up after earlier runs, and give the job.

    Raises Busy where another run holds the folder, DataFolderError where it cannot be written.
    """
    with run_lock(settings.data):
        clean(settings.data)
        job = Job(settings)
        job.store.salvage()
        yield job
