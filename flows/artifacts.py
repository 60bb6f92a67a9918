"""What a run leaves in Prefect's own pages: an account of it, its new meetings, its progress.

Nothing depends on these: where the server does not take them, a warning is logged and the run goes
on. Import this module after prefect_settings.configure.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from warehouse.highlights import read_new_meetings
from warehouse.query import QueryError

from .account import describe_run
from .job import Job
from .logs import event
from .prefect_runs import SERVER_ERRORS
from .progress import heard_by

_MEETINGS = 200  # rows of the table artifact
_PAUSE_SECONDS = 5.0  # between two updates of a progress artifact: each is a request
_SHORT_SECONDS = 2.0  # a step that is done by then leaves none


def leave_account(job: Job, report: Path | None = None) -> None:
    """Leave the run's account, the table of its new meetings, and a link to the report."""
    _leave(
        "account",
        lambda: create_markdown_artifact(
            describe_run(job), key="readout-run", description="What this run read and found."
        ),
    )
    try:
        meetings = read_new_meetings(job.settings.data, job.new_articles, _MEETINGS)
    except QueryError as error:
        event("no_meetings_table", logging.WARNING, reason=error)
    else:
        _leave(
            "meetings",
            lambda: create_table_artifact(
                [{k: "" if v is None else str(v) for k, v in row.items()} for row in meetings],
                key="new-meetings",
                description=f"Meetings in the articles new in this run, {_MEETINGS} at most.",
            ),
        )
    if report is not None:
        address = report.absolute().as_uri()
        _leave(
            "link",
            lambda: create_link_artifact(
                address, link_text="The report", key="readout-report", description=address
            ),
        )


@contextmanager
def progress_shown() -> Iterator[None]:
    """Show the progress of long steps of the block as artifacts of the flow run."""
    shown: dict[str, _Bar] = {}

    def listen(step: str, done: int, total: int | None) -> None:
        shown.setdefault(step, _Bar(step)).advance(done, total)

    with heard_by(listen):
        yield
    for bar in shown.values():
        bar.finish()


class _Bar:
    """One step's progress artifact: made when the step proves long, updated now and then."""

    def __init__(self, step: str) -> None:
        self._step = step
        self._done = 0
        self._artifact: UUID | None = None
        self._due = time.monotonic() + _SHORT_SECONDS

    def advance(self, done: int, total: int | None) -> None:
        self._done += done
        if total and time.monotonic() >= self._due:
            self._show(100.0 * min(1.0, self._done / total))

    def finish(self) -> None:
        if self._artifact is not None:
            self._show(100.0)

    def _show(self, percent: float) -> None:
        self._due = time.monotonic() + _PAUSE_SECONDS
        _leave("progress", lambda: self._put(percent))

    def _put(self, percent: float) -> None:
        if self._artifact is None:
            made = create_progress_artifact(
                percent, key=f"readout-{self._step}", description=f"Progress of: {self._step}"
            )
            self._artifact = made if isinstance(made, UUID) else None
        else:
            update_progress_artifact(self._artifact, percent)


def _leave(what: str, make: Callable[[], object]) -> None:
    try:
        make()
    except SERVER_ERRORS as error:
        event("no_artifact", logging.WARNING, artifact=what, reason=type(error).__name__)
