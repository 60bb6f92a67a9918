"""`readout status`: how the runs went, what comes next, which sources fail and since when.

Everything is read from DATA/runs, the run log; the server is asked only for the next run.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from transforms.records import SourceRun
from warehouse.query import write_table
from warehouse.runs import read_runs
from warehouse.snapshot import holder_of

from .processes import is_alive
from .schedule import read_plan
from .serving import read_runs as read_prefect_runs

_RUNS = 10
_WINDOW_DAYS = 28  # what is expected of a day is the median of so many before it
_FEW = 3.0  # a source of fewer records a day is not judged by one day
_SHARE = 0.25  # of what is expected: below that a day falls short


@dataclass(frozen=True, slots=True)
class Run:
    """One run over all its sources; `failed_sources` names those that failed."""

    run_id: str
    started_at: datetime
    fetched: int
    new: int
    failed: int
    failed_sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source: since when it fails (None where it does not) and what a day brings.

    `expected` is the median of new records a day in the four weeks before yesterday, over the days
    since its first run; `yesterday` and `today` are days in UTC.
    """

    source_id: str
    last_run_at: datetime
    failing_since: datetime | None
    reason: str | None
    expected: float | None
    yesterday: int
    today: int
    short: bool


@dataclass(frozen=True, slots=True)
class Status:
    """All of it. `schedule` and `next_run_at` are None where no schedule is being served."""

    data: str
    running: int | None
    schedule: str | None
    next_run_at: str | None
    pages: str | None
    runs: tuple[Run, ...]
    sources: tuple[SourceState, ...]

    def as_json(self) -> dict[str, Any]:
        """The status as plain values, times as ISO 8601 with the Z of UTC."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def read_status(data: Path, now: datetime | None = None) -> Status:
    """The status of a data folder. Raises DamagedFileError for a run log that cannot be read."""
    log = read_runs(data)
    moment = now or datetime.now(UTC)
    plan = read_plan(data)
    served = plan if plan and plan.supervisor and is_alive(plan.supervisor) else None
    coming = read_prefect_runs(served.api, limit=1) if served else []
    due = [run["expected_start_time"] for run in coming if run["state_type"] == "SCHEDULED"]
    return Status(
        data=str(data),
        running=holder_of(data),
        schedule=served.told() if served else None,
        next_run_at=min(due, default=None),
        pages=served.api.removesuffix("/api") if served else None,
        runs=tuple(summarize_runs(log)[:_RUNS]),
        sources=tuple(summarize_sources(log, moment.date())),
    )


def summarize_runs(log: Iterable[SourceRun]) -> list[Run]:
    """Runs, the latest first."""
    by_run: dict[str, list[SourceRun]] = {}
    for row in log:
        by_run.setdefault(row.run_id, []).append(row)
    runs = [
        Run(
            run_id=run_id,
            started_at=min(row.started_at for row in rows),
            fetched=sum(row.fetched for row in rows),
            new=sum(row.new for row in rows),
            failed=sum(row.failed for row in rows),
            failed_sources=tuple(row.source_id for row in rows if row.reason),
        )
        for run_id, rows in by_run.items()
    ]
    return sorted(runs, key=lambda run: (run.started_at, run.run_id), reverse=True)


def summarize_sources(log: Iterable[SourceRun], today: date) -> list[SourceState]:
    """Each source by its id, as it stands on this day (UTC)."""
    by_source: dict[str, list[SourceRun]] = {}
    for row in sorted(log, key=lambda row: (row.started_at, row.run_id)):
        by_source.setdefault(row.source_id, []).append(row)
    return [_source_state(by_source[name], today) for name in sorted(by_source)]


def _source_state(rows: Sequence[SourceRun], today: date) -> SourceState:
    """The state of one source from its runs in order of time."""
    failing: SourceRun | None = None
    for row in reversed(rows):
        if row.reason is None:
            break
        failing = row
    new: dict[date, int] = {}
    for row in rows:
        day = row.started_at.astimezone(UTC).date()
        new[day] = new.get(day, 0) + row.new
    yesterday = today - timedelta(days=1)
    first = max(rows[0].started_at.date(), yesterday - timedelta(days=_WINDOW_DAYS))
    before = [new.get(first + timedelta(days=n), 0) for n in range((yesterday - first).days)]
    expected = float(statistics.median(before)) if before else None
    return SourceState(
        source_id=rows[-1].source_id,
        last_run_at=rows[-1].started_at,
        failing_since=failing.started_at if failing else None,
        reason=rows[-1].reason,
        expected=expected,
        yesterday=new.get(yesterday, 0),
        today=new.get(today, 0),
        short=expected is not None
        and expected >= _FEW
        and new.get(yesterday, 0) < _SHARE * expected,
    )


def write_status(status: Status, out: TextIO) -> None:
    """Write the status as text for people."""
    console = Console(file=out, highlight=False, emoji=False, markup=False)

    def line(label: str, text: str) -> None:
        console.print(Text(f"{label:<10}{text}"), soft_wrap=True)

    line("Schedule", status.schedule or "none is being served (readout serve starts one)")
    if status.schedule:
        line("Next run", status.next_run_at or "not known yet")
        line("Pages", status.pages or "")
    if status.running:
        line("Now", f"a run is under way (process {status.running})")
    out.write("\n")
    if not status.runs:
        line("Runs", "none yet")
        return
    write_table(
        ["run (UTC)", "read", "new", "failed", "sources that failed"],
        iter(
            (_time(r.started_at), r.fetched, r.new, r.failed, ", ".join(r.failed_sources))
            for r in status.runs
        ),
        out,
    )
    out.write("\n")
    write_table(
        ["source", "state", "expected a day", "yesterday", "today"],
        iter(
            (s.source_id, _state(s), _number(s.expected), s.yesterday, s.today)
            for s in status.sources
        ),
        out,
    )


def _state(source: SourceState) -> str:
    if source.failing_since:
        return f"failing since {_time(source.failing_since)}: {source.reason}"
    return "few yesterday" if source.short else "good"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value
