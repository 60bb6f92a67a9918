"""The status of sources, told from the run log alone."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.status import read_status, summarize_runs, summarize_sources, write_status
from transforms.records import SourceRun
from warehouse.runs import write_run
from warehouse.snapshot import holder_of, run_lock

TODAY = date(2026, 3, 30)
NOON = datetime(2026, 3, 30, 12, tzinfo=UTC)


def entry(
    days_ago: int, new: int = 0, reason: str | None = None, source: str = "agency"
) -> SourceRun:
    moment = NOON - timedelta(days=days_ago)
    return SourceRun(
        source_id=source,
        run_id=f"{moment:%Y%m%dT%H%M%SZ}-1",
        started_at=moment,
        fetched=new,
        new=new,
        unchanged=0,
        failed=int(reason is not None),
        reason=reason,
        coder_version="1",
    )


STATES = [
    # runs as (days ago, new, reason); expected, yesterday, today, short, days since it fails
    ("a steady source", [(n, 10, None) for n in range(9)], (10.0, 10, 10, False, None)),
    (
        "a quiet yesterday",
        [(n, 10, None) for n in range(2, 9)] + [(1, 1, None)],
        (10, 1, 0, True, None),
    ),
    (
        "too few to judge",
        [(n, 2, None) for n in range(2, 9)] + [(1, 0, None)],
        (2, 0, 0, False, None),
    ),
    ("failing since two runs", [(3, 5, None), (2, 0, "x"), (1, 0, "y")], (2.5, 0, 0, False, 2)),
    ("failed once, good again", [(2, 0, "x"), (1, 5, None)], (0, 5, 0, False, None)),
    ("begun today", [(0, 5, None)], (None, 0, 5, False, None)),
    ("days without a run count as none", [(9, 30, None), (1, 0, None)], (0, 0, 0, False, None)),
]


@pytest.mark.parametrize(("what", "runs", "state"), STATES, ids=[case[0] for case in STATES])
def test_the_state_of_a_source(what: str, runs: list[Any], state: tuple[Any, ...]) -> None:
    (found,) = summarize_sources([entry(*run) for run in runs], TODAY)
    since = NOON - timedelta(days=state[4]) if state[4] is not None else None
    assert (found.expected, found.yesterday, found.today, found.short) == state[:4]
    assert found.failing_since == since
    assert found.reason == (runs[-1][2] if since else None)


def test_runs_come_latest_first_and_name_what_failed() -> None:
    log = [entry(2, 3), entry(1, 4), entry(1, 0, "status 500", "other")]
    latest, before = summarize_runs(log)
    assert (latest.new, latest.failed, latest.failed_sources) == (4, 1, ("other",))
    assert (before.new, before.failed_sources) == (3, ())


def test_status_tells_of_runs_sources_and_that_nothing_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [entry(1, 4), entry(1, 0, "status 500 at http://host.example/", "other")]
    write_run(tmp_path, rows[0].run_id, rows)
    out = io.StringIO()
    write_status(read_status(tmp_path, NOON), out)
    for words in ("none is being served", "2026-03-29 12:00", "failing since", "status 500"):
        assert words in " ".join(out.getvalue().split())
    assert main(["status", "--data", str(tmp_path), "--json"]) == 0
    assert '"failing_since": "2026-03-29T12:00:00Z"' in capsys.readouterr().out


def test_status_of_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--data", str(tmp_path / "none")]) == 2
    assert "no data folder" in capsys.readouterr().err


def test_who_holds_a_folder_is_told_while_it_is_held(tmp_path: Path) -> None:
    import os

    assert holder_of(tmp_path) is None
    with run_lock(tmp_path):
        assert holder_of(tmp_path) == os.getpid()
    assert holder_of(tmp_path) is None
