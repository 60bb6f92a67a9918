"""The Prefect flows: ingest, extract, load, and daily, which is all three.

Their parameters are plain values, so that a deployment can set them. Prefect's database is never
our truth: after a kill the snapshot says what is done. Tasks are batches, never single articles (a
task run costs 11-17 ms); only fetching is retried, because only the network fails for no reason.

Import this module after `configure`, which sets Prefect's own settings.
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

            return task(
                step,
                name=name,
                retries=retries,
                retry_delay_seconds=[float(pause) for pause in PAUSES_SECONDS],
                retry_condition_fn=_worth_retrying,
                cache_policy=NO_CACHE,
                persist_result=False,
            ).submit()

        yield from in_order(submit, work, items, _AHEAD)


def _worth_retrying(task: Any, run: Any, state: Any) -> bool:
    try:
        state.result()
    except FetchError as error:
        return error.retry
    except Exception:
        return False
    return False


@contextmanager
def _job(settings: Settings) -> Iterator[Job]:
    """The job that an outer flow has opened, or one of this flow's own."""
    outer = _OPEN.get()
    if outer is not None:
        yield outer
        return
    with open_job(settings) as job:
        token = _OPEN.set(job)
        try:
            yield job
        finally:
            _OPEN.reset(token)


def _settings(
    data: str,
    paths: list[str],
    sources: str | None,
    workers: int,
    batch_size: int,
    everything: bool,
) -> Settings:
    return Settings(
        data=Path(data),
        paths=tuple(Path(path) for path in paths),
        sources=read_sources(Path(sources)) if sources else (),
        workers=workers,
        batch_size=batch_size,
        everything=everything,
    )


def _runner(workers: int) -> TaskRunner[Any]:
    if workers > 1:
        return ProcessPoolTaskRunner(max_workers=workers)
    return ThreadPoolTaskRunner(max_workers=1)


@flow(name="ingest", task_runner=ThreadPoolTaskRunner(max_workers=1), validate_parameters=False)
def ingest(data: str, paths: list[str], sources: str | None = None) -> dict[str, Any]:
    """Read paths and sources into raw/; gives the run's figures."""
    with _job(_settings(data, paths, sources, 1, 200, False)) as job:
        job.ingest(PrefectEngine())
        return job.summary()


@flow(name="extract", validate_parameters=False)
def extract(
    data: str, workers: int = 1, batch_size: int = 200, everything: bool = False
) -> dict[str, Any]:
    """Bring the snapshot up to raw/ and publish it; gives the run's figures."""
    with _job(_settings(data, [], None, workers, batch_size, everything)) as job:
        job.extract(PrefectEngine())
        return job.summary()


@flow(name="load", validate_parameters=False)
def load(data: str) -> dict[str, Any]:
    """Bring the database up to the snapshot; gives the run's figures."""
    with _job(_settings(data, [], None, 1, 200, False)) as job:
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
) -> dict[str, Any]:
    """Ingest, extract, load: one pass under one lock; gives the run's figures."""
    settings = _settings(data, paths, sources, workers, batch_size, everything)
    with _job(settings) as job:
        ingest(data, paths, sources)
        extract.with_options(task_runner=_runner(workers))(data, workers, batch_size, everything)
        load(data)
        return job.summary()
