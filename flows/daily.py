"""The Prefect flows: ingest, extract, load, and daily, which is all three.

The steps themselves are plain functions (ingest.py, extract.py, load.py); what Prefect adds stands
here and nowhere else, so `--plain` needs none of it. Parameters are plain values, so that a
deployment can set them. Prefect's database is never our truth: after a kill the snapshot says what
is done. Tasks are batches, never single articles (a task run costs 11-17 ms); only fetching is
retried, because only the network fails for no reason.

Import this module after prefect_settings.configure.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import httpx
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.exceptions import PrefectException
from prefect.states import Completed
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from warehouse.files import DataFolderError
from warehouse.query import QueryError
from warehouse.snapshot import Busy

from .artifacts import leave_account, progress_shown
from .deadline import ServerGoneError, server_is_gone, stopped_by, time_is_up
from .engine import PAUSES_SECONDS, Engine, Item, Result, in_order
from .fetch import FetchError
from .job import Job, open_job
from .logs import event
from .prefect_runs import SERVER_ERRORS, cancel_missed_runs, close_dead_runs
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
    **extraction: Any,
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
        sources_file=Path(sources) if sources else None,
        **extraction,
    )
    with open_job(settings) as job, _held(job):
        yield job


def _runner(workers: int, dask: str | None = None) -> TaskRunner[Any]:
    """Where batches are worked on: a Dask cluster, processes, or one thread of this process.

    Processes where there are several workers: the rules are pure Python, threads gain none.
    """
    runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=1)
    if dask:
        from prefect_dask.task_runners import DaskTaskRunner

        runner = DaskTaskRunner(address=dask)
    elif workers > 1:
        runner = ProcessPoolTaskRunner(max_workers=workers)
    return runner


def _has_server() -> bool:
    """Whether there is a Prefect server that other processes can reach, not a temporary one."""
    return bool(os.environ.get("PREFECT_API_URL"))


def _engine(job: Job) -> Engine:
    """Prefect's tasks; but other processes without Prefect's tasks where its server is temporary.

    Each of them would start a temporary server of its own to tell of its tasks (20 s and more).
    """
    settings = job.settings
    if (settings.dask or settings.workers > 1) and not _has_server():
        return job.plain_engine()
    return PrefectEngine()


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
    dask: str | None = None,
) -> dict[str, Any]:
    """Bring the snapshot up to raw/ and publish it; gives the run's figures.

    For several workers or a Dask cluster, run it with their task runner (`extract_on`).
    """
    with _job(
        data,
        workers=workers,
        batch_size=batch_size,
        everything=everything,
        office_holders=Path(office_holders) if office_holders else None,
        dask=dask,
    ) as job:
        job.extract(_engine(job))
        return job.summary()


def extract_on(
    data: str,
    workers: int = 1,
    batch_size: int = 200,
    everything: bool = False,
    office_holders: str | None = None,
    dask: str | None = None,
) -> dict[str, Any]:
    """Run the flow `extract` on so many processes, or on a Dask cluster."""
    runner = _runner(workers, dask) if _has_server() else _runner(1)
    on_workers = extract.with_options(task_runner=runner)
    return on_workers(data, workers, batch_size, everything, office_holders, dask)


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
    dask: str | None = None,
    timeout_seconds: float | None = None,
    report: str | None = None,
) -> State[Any]:
    """Ingest, extract, load: one pass under one lock; gives the run's figures as its state's data.

    Where another run holds the data folder the state is "Skipped", where a source failed "Fell
    short"; both are completed. `report` is the folder to build the report in at the end. A run over
    `timeout_seconds`, or one whose Prefect server has gone, ends as failed (see deadline.py).
    """
    extraction: dict[str, Any] = {
        "workers": workers,
        "batch_size": batch_size,
        "dask": dask,
        "office_holders": Path(office_holders) if office_holders else None,
    }
    limit, server = time_is_up(timeout_seconds), server_is_gone(os.environ.get("PREFECT_API_URL"))
    try:
        with (
            stopped_by(lambda: limit() or server()),
            _job(data, paths, sources, everything=everything, **extraction) as job,
        ):
            event("run_begun", run_id=job.run_id, paths=len(paths), sources=sources)
            _put_in_order(data)
            with progress_shown():
                ingest(data, paths, sources)
                extract_on(data, workers, batch_size, everything, office_holders, dask)
                load(data)
            for stage, seconds in job.stages.items():
                event("stage_done", stage=stage, seconds=seconds)
            built = _build_report(job, report)
            leave_account(job, built)
            return _outcome(job)
    except Busy as error:
        event("run_skipped", logging.WARNING, reason=error)
        return Completed(name="Skipped", message=str(error))


def _put_in_order(data: str) -> None:
    """Close what earlier runs left open in Prefect's book; this run holds the lock."""
    context = FlowRunContext.get()
    run = context.flow_run if context else None
    try:
        if closed := close_dead_runs(data, run.id if run else None):
            event("dead_runs_closed", logging.WARNING, runs=closed)
        if run and run.deployment_id:
            cancel_missed_runs(run.deployment_id, run.id)
    except SERVER_ERRORS as error:
        event("runs_not_put_in_order", logging.WARNING, reason=type(error).__name__)


def _build_report(job: Job, folder: str | None) -> Path | None:
    """Build the report where one is asked for; where that fails the data are good all the same."""
    if folder is None:
        return None
    from warehouse.report import ReportError

    from .report import write_report

    try:
        return write_report(job.settings.data, Path(folder)).start
    except (ReportError, DataFolderError, QueryError) as error:
        event("report_not_built", logging.ERROR, reason=error)
        return None


def _outcome(job: Job) -> State[Any]:
    figures = job.summary()
    failures = job.failures()
    name = "Fell short" if failures else "Completed"
    facts = {k: figures[k] for k in ("run_id", "new_articles", "articles", "seconds")}
    event("run_done", failed_sources=len(failures), **facts)
    for failure in failures:
        event("source_failed", logging.WARNING, reason=failure)
    return Completed(name=name, message="; ".join(failures)[:500] or None, data=figures)


def perform(step: str, job: Job, timeout_seconds: float | None = None) -> None:
    """Run the flow of one step on a job that is open; "run" is the flow `daily`.

    Raises ServerGoneError where the Prefect server fails, RunStoppedError at the limit of time.
    """
    settings = job.settings
    data = str(settings.data.absolute())
    paths = [str(path) for path in settings.paths]
    sources = str(settings.sources_file) if settings.sources_file else None
    table = str(settings.office_holders) if settings.office_holders else None
    extraction = (
        settings.workers,
        settings.batch_size,
        settings.everything,
        table,
        settings.dask,
    )
    try:
        with _held(job):
            if step == "ingest":
                ingest(data, paths, sources)
            elif step == "extract":
                extract_on(data, *extraction)
            elif step == "load":
                load(data)
            else:
                daily(data, paths, sources, *extraction, timeout_seconds)
    except (httpx.HTTPError, PrefectException) as error:
        server = os.environ.get("PREFECT_API_URL", "started for this run")
        message = f"the Prefect server {server} failed ({type(error).__name__}: {error})"
        raise ServerGoneError(message) from error
