"""`readout serve` as a person runs it: scheduled runs, what they leave, kills, and a clean end."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

import seeds
from flows.cli import main
from flows.processes import descendants, is_alive
from flows.schedule import read_plan

ROOT = Path(__file__).parent.parent
_QUIET = ("PREFECT_API_URL", "PREFECT_HOME", "READOUT_LOG")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in _QUIET} | {"PYTHONPATH": str(ROOT)}
READOUT = [sys.executable, "-m", "flows.cli"]


def until(condition: Callable[[], Any], seconds: float) -> Any:
    """Wait for something to be so; gives it, or what it was at last."""
    ends = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < ends:
        time.sleep(0.3)
    return found


def tables(data: Path) -> dict[str, str]:
    files = [Path(top) / name for top, _, names in os.walk(data / "tables") for name in names]
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.is_symlink()
    }


@dataclass
class Served:
    """A schedule being served: its data folder, its process, the address of its server."""

    data: Path
    process: subprocess.Popen[str]
    api: str

    def ask(self, path: str, **asked: Any) -> Any:
        with httpx.Client(trust_env=False, timeout=10) as client:
            answer = client.post(f"{self.api}/{path}", json=asked)
        answer.raise_for_status()
        return answer.json()

    def runs(self, *states: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask(
            "flow_runs/filter",
            flow_runs={"state": {"type": {"any_": list(states)}}},
            flows={"name": {"any_": ["daily"]}},
        )
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`readout serve --every 15` on the sample, until the module's last test has ended."""
    data = tmp_path_factory.mktemp("served") / "data"
    log = (data.parent / "serve.log").open("w")
    process = subprocess.Popen(
        [*READOUT, "serve", "--every", "15", "--from", str(seeds.sample_path()), "--report"]
        + ["--data", str(data)],
        env=ENVIRONMENT,
        stderr=log,
        text=True,
        start_new_session=True,
    )
    try:
        plan = until(lambda: process.poll() is not None or read_plan(data), 120)
        assert process.poll() is None, (data.parent / "serve.log").read_text()
        yield Served(data, process, plan.api)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        log.close()


def test_scheduled_runs_happen_and_are_told(served: Served) -> None:
    done = until(lambda: len(found := served.runs("COMPLETED")) >= 2 and found, 120)
    assert len(done) >= 2, (served.data.parent / "serve.log").read_text()
    listed = subprocess.run(
        [sys.executable, "-m", "prefect", "flow-run", "ls", "--state", "COMPLETED"],
        env=ENVIRONMENT
        | {"PREFECT_API_URL": served.api, "PREFECT_HOME": str(served.data / "prefect")}
        | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert listed.stdout.count("daily") >= 2, listed
    with duckdb.connect(served.data / "readout.duckdb", read_only=True) as connection:
        (runs,) = connection.execute("SELECT count(DISTINCT run_id) FROM sources").fetchall()[0]
    assert runs >= 2
    told = (served.data.parent / "serve.log").read_text()
    for words in ("info serving api=http://127.0.0.1:", "info next_run at=", "state=Completed"):
        assert words in told


def test_a_run_leaves_its_account_where_the_server_shows_it(served: Served) -> None:
    found = until(lambda: served.ask("artifacts/filter"), 120)
    kinds = {(artifact["key"], artifact["type"]) for artifact in found}
    assert {("readout-run", "markdown"), ("new-meetings", "table")} <= kinds
    account = next(artifact["data"] for artifact in found if artifact["key"] == "readout-run")
    for words in ("## Sources", "| local | 23 |", "## Warnings", "## Time", "| extract |"):
        assert words in account
    meetings = [artifact["data"] for artifact in found if artifact["key"] == "new-meetings"]
    assert any("Elchin Rzazade" in table for table in meetings)
    assert (served.data / "report" / "index.html").is_file()


def test_what_a_run_logs_stands_in_the_servers_pages(served: Served) -> None:
    def messages() -> str:
        return " ".join(line["message"] for line in served.ask("logs/filter"))

    until(lambda: "run_done" in messages(), 120)
    for words in ("run_begun run_id=", "stage_done stage=extract seconds=", "run_done"):
        assert words in messages()


def test_status_tells_of_the_next_run(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--data", str(served.data)]) == 0
    told = capsys.readouterr().out
    assert "every 15 s" in told
    assert "Next run  20" in told


def test_a_second_schedule_on_the_same_folder_is_refused(served: Served) -> None:
    command = [*READOUT, "serve", "--every", "60", "--sample", "--data", str(served.data)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "is being served already" in done.stderr


def test_a_killed_run_is_closed_by_the_next_and_the_data_are_whole(
    served: Served, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    environment = ENVIRONMENT | {"PREFECT_API_URL": served.api}
    command = [*READOUT, "run", "--sample", "--batch-size", "1", "--data", str(data), "--quiet"]

    def mine(*states: str) -> list[dict[str, Any]]:
        return [run for run in served.runs(*states) if run["parameters"].get("data") == str(data)]

    killed = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    assert until(lambda: mine("RUNNING") and any((data / "raw").glob("*")), 90)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert mine("RUNNING"), "Prefect still takes the killed run for alive"
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert again.returncode == 0, again.stderr
    assert not mine("RUNNING")
    assert len(mine("CRASHED")) == 1
    undisturbed = tmp_path / "undisturbed"
    assert main(["run", "--plain", "--quiet", "--sample", "--data", str(undisturbed)]) == 0
    assert tables(data) == tables(undisturbed)


def test_runs_whose_time_went_by_are_cancelled_by_the_one_at_work(served: Served) -> None:
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.states import Scheduled

    from flows.prefect_runs import cancel_missed_runs

    now = datetime.now(UTC)
    with temporary_settings({PREFECT_API_URL: served.api}), get_client(sync_client=True) as client:
        flow = client.create_flow_from_name("nobody-serves-it")
        deployment = client.create_deployment(flow_id=flow, name="slept")
        hours = (-50, -26, -2, 22)
        runs = [
            client.create_flow_run_from_deployment(
                deployment, state=Scheduled(scheduled_time=now + timedelta(hours=hour))
            )
            for hour in hours
        ]
        assert cancel_missed_runs(deployment, mine=runs[2].id) == 2
        states = [client.read_flow_run(run.id).state_name for run in runs]
    assert states[:2] == ["Cancelled", "Cancelled"]
    assert set(states[2:]) <= {"Late", "Scheduled"}


@pytest.mark.parametrize("where", ["processes", "cluster"])
def test_prefect_tasks_elsewhere_give_the_same_bytes(
    where: str, served: Served, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    spread = ["--workers", "2"]
    if where == "cluster":
        spread = ["--dask", request.getfixturevalue("cluster")]
    one, many = tmp_path / "one", tmp_path / "many"
    assert main(["run", "--plain", "--quiet", "--sample", "--data", str(one)]) == 0
    command = [*READOUT, "run", "--sample", "--batch-size", "4", *spread, "--quiet"]
    done = subprocess.run(
        [*command, "--data", str(many)],
        env=ENVIRONMENT | {"PREFECT_API_URL": served.api},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert tables(many) == tables(one)
    tasks = served.ask("task_runs/filter", task_runs={"name": {"like_": "extract-batch"}})
    assert any(task["state_type"] == "COMPLETED" for task in tasks)


def test_a_server_that_dies_is_started_again(served: Served) -> None:
    plan = read_plan(served.data)
    assert plan is not None
    assert plan.server is not None
    os.kill(plan.server, signal.SIGKILL)
    again = until(
        lambda: (new := read_plan(served.data)) and new.server != plan.server and new, 120
    )
    assert again, (served.data.parent / "serve.log").read_text()
    served.api = again.api
    assert "error ended_by_itself" in (served.data.parent / "serve.log").read_text()
    assert until(lambda: served.runs("SCHEDULED"), 60), "the schedule is served again"


def test_sigterm_ends_it_within_15_seconds_and_leaves_nothing(served: Served) -> None:
    family = [served.process.pid, *descendants(served.process.pid)]
    assert len(family) >= 3, "the command, the server, the schedule"
    began = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(15) == 0
    assert time.monotonic() - began < 15
    until(lambda: not any(map(is_alive, family)), 2)
    assert not [pid for pid in family if is_alive(pid)]
    before = tables(served.data)
    assert main(["run", "--plain", "--quiet", "--sample", "--data", str(served.data)]) == 0
    assert tables(served.data) == before
    with sqlite3.connect(served.data / "prefect" / "prefect.db") as book:
        assert book.execute("SELECT count(*) FROM flow_run").fetchall()[0][0] > 0
