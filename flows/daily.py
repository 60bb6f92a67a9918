"""The Prefect flows: ingest, extract, load, and daily, which is all three.

Their parameters are plain values, so that a deployment can set them. Prefect's database is never
our truth: after a kill the snapshot says what is done. Tasks are batches, never single articles (a
task run costs 11-17 ms); only fetching is retried, because only the network fails for no reason.

Import this module after prefect_settings.configure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from .engine import PAUSES_SECONDS, Item, Result, in_order
from .fetch import FetchError
from .job import Job, open_job
from .settings import Settings
from .sources import read_sources

_OPEN: ContextVar[Job | None] = ContextVar("open_job", default=None)
_AHEAD = 8  # tasks submitted and not yet done


class PrefectEngine:
    """Carries out steps as Prefect tasks, one an item; results come in the order of the items."""

    def each(
        self, name: str, work: Callable[[Item], Result], items: Iterable[Item], retries: int = 0
    ) -> Iterator[Result]:
        """See engine.Engine."""

        def submit(work: Callable[[Item], Result], item: Item) -> Any:
            # The item is closed over and no parameter: Prefect would walk through every record.
            def step() -> Result:
                return work(item)

            as_task = task(
                name=name,
                retries=retries,
                retry_delay_seconds=[float(pause) for pause in PAUSES_SECONDS],
                retry_condition_fn=_worth_retrying,
                cache_policy=NO_CACHE,
                persist_result=False,
            )
            return as_task(step).submit()

        yield from in_order(submit, work, items, _AHEAD)


def _worth_retrying(task: Any, run: Any, state: Any) -> bool:
    outcome = state.result(raise_on_failure=False)
    return isinstance(outcome, FetchError) and outcome.retry


@contextmanager
def _held(job: Job) -> Iterator[Job]:
    """Let the flows called in the block work on this job."""
    token = _OPEN.set(job)
    try:
        yield job
    finally:
        _OPEN.reset(token)


@contextmanager
def _job(
    data: str,
    paths: list[str] | None = None,
    sources: str | None = None,
    workers: int = 1,
    batch_size: int = 200,
    everything: bool = False,
    office_holders: str | None = None,
) -> Iterator[Job]:
    """The job that the caller holds open, or one of this flow's own, made from its parameters."""
    outer = _OPEN.get()
    if outer is not None:
        yield outer
        return
    settings = Settings(
        data=Path(data),
        paths=tuple(Path(path) for path in paths or ()),
        sources=read_sources(Path(sources)) if sources else (),
        workers=workers,
        batch_size=batch_size,
        everything=everything,
        office_holders=Path(office_holders) if office_holders else None,
    )
    with open_job(settings) as job, _held(job):
        yield job


def _runner(workers: int) -> TaskRunner[Any]:
    """Processes where there are several workers: the rules are pure Python, threads gain none."""
    runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=1)
    if workers > 1:
        runner = ProcessPoolTaskRunner(max_workers=workers)
    return runner


@flow(name="ingest", task_runner=_runner(1), validate_parameters=False)
def ingest(data: str, paths: list[str], sources: str | None = None) -> dict[str, Any]:
    """Read paths and sources into raw/; gives the run's figures."""
    with _job(data, paths, sources) as job:
        job.ingest(PrefectEngine())
        return job.summary()


@flow(name="extract", task_runner=_runner(1), validate_parameters=False)
def extract(
    data: str,
    workers: int = 1,
    batch_size: int = 200,
    everything: bool = False,
    office_holders: str | None = None,
) -> dict[str, Any]:
    """Bring the snapshot up to raw/ and publish it; gives the run's figures.

    For several workers, run it with a task runner of as many processes (`extract_on`).
    """
    with _job(data, None, None, workers, batch_size, everything, office_holders) as job:
        job.extract(PrefectEngine())
        return job.summary()


def extract_on(
    data: str,
    workers: int = 1,
    batch_size: int = 200,
    everything: bool = False,
    office_holders: str | None = None,
) -> dict[str, Any]:
    """Run the flow `extract` on so many processes."""
    on_workers = extract.with_options(task_runner=_runner(workers))
    return on_workers(data, workers, batch_size, everything, office_holders)


@flow(name="load", validate_parameters=False)
def load(data: str) -> dict[str, Any]:
    """Bring the database up to the snapshot; gives the run's figures."""
    with _job(data) as job:
        job.load()
        return job.summary()


@flow(name="daily", validate_parameters=False)
def daily(
    data: str,
    paths: list[str],
    sources: str | None = None,
    workers: int = 1,
    batch_size: int = 200,
    everything: bool = False,
    office_holders: str | None = None,
) -> dict[str, Any]:
    """Ingest, extract, load: one pass under one lock; gives the run's figures."""
    with _job(data, paths, sources, workers, batch_size, everything, office_holders) as job:
        ingest(data, paths, sources)
        extract_on(data, workers, batch_size, everything, office_holders)
        load(data)
        return job.summary()


def perform(step: str, job: Job) -> None:
    """Run the flow of one step on a job that is open; "run" is the flow `daily`."""
    settings = job.settings
    data = str(settings.data)
    paths = [str(path) for path in settings.paths]
    sources = str(settings.sources_file) if settings.sources_file else None
    table = str(settings.office_holders) if settings.office_holders else None
    extraction = settings.workers, settings.batch_size, settings.everything, table
    with _held(job):
        if step == "ingest":
            ingest(data, paths, sources)
        elif step == "extract":
            extract_on(data, *extraction)
        elif step == "load":
            load(data)
        else:
            daily(data, paths, sources, *extraction)
