"""`readout serve`: a Prefect server and the schedule's process, kept running until told to stop.

This process imports no Prefect: it starts the two, starts them again when one ends by itself, tells
what happens as log events, and ends both, with everything that they started, on SIGTERM or SIGINT.
A server that an earlier command left behind is taken over; one that PREFECT_API_URL names is used
and left alone.
"""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from warehouse.files import data_folder_errors

from . import processes
from .deadline import is_healthy
from .logs import event
from .prefect_settings import configure
from .schedule import DEPLOYMENT, Plan, read_plan, write_plan

_PORT = 4200  # Prefect's own; another one where it is taken
_START_SECONDS = 120.0
_STOP_SECONDS = 5.0  # for each of the two: together with the last SIGKILL under 15 s
_WATCH_SECONDS = 3.0
_LOG_BYTES = 5 << 20
_FAILURES = 5  # within …
_WINDOW_SECONDS = 600.0  # … ten minutes: something is wrong that another start does not mend


class ServeError(Exception):
    """The schedule cannot be served; the message says why."""


def serve(data: Path, plan: Plan) -> None:
    """Serve the plan until SIGTERM or SIGINT. Raises ServeError, and DataFolderError."""
    configure(data)
    with _serve_lock(data), _told_to_stop() as told:
        starts: deque[float] = deque(maxlen=_FAILURES)
        while not told.is_set():
            starts.append(time.monotonic())
            _serve_once(data, plan, told)
            if len(starts) == _FAILURES and starts[-1] - starts[0] < _WINDOW_SECONDS:
                raise ServeError(f"ended {_FAILURES} times in a row; see {_log_path(data)}")
            told.wait(2.0 * len(starts))
        event("stopped")


def _serve_once(data: Path, plan: Plan, told: threading.Event) -> None:
    """Start server and schedule, and watch them until one ends or we are told to stop."""
    external = os.environ.get("PREFECT_API_URL")
    family: list[int] = []
    try:
        with _log(data) as log:
            api, server = (external, None) if external else _own_server(data, log, told)
            if server:
                family.append(server)
            if told.is_set():
                return
            if api is None or not is_healthy(api):
                event("server_not_found", logging.ERROR, api=api)
                return
            plan = plan.at(api=api, server=server, supervisor=os.getpid())
            write_plan(data, plan)
            command = [sys.executable, "-m", "flows.scheduled", str(data)]
            environment = os.environ | {"PREFECT_API_URL": api}
            schedule = processes.start(command, environment, log)
            family.insert(0, schedule.pid)
        event("serving", api=api, schedule=plan.told(), pages=api.removesuffix("/api"))
        _watch(api, family, told)
    finally:
        if told.is_set():
            event("stopping")
        for pid in family:
            processes.stop([pid], _STOP_SECONDS)


# --- the server ---------------------------------------------------------------------------------


def _own_server(data: Path, log: Any, told: threading.Event) -> tuple[str | None, int | None]:
    """Address and process of a server of our own: one that was left behind, or a new one."""
    before = read_plan(data)
    if before and before.server and processes.is_alive(before.server) and is_healthy(before.api):
        event("server_found", api=before.api, process=before.server)
        return before.api, before.server
    port = _free_port()
    api = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"PREFECT_API_URL": api, "PREFECT_UI_API_URL": api}
    server = processes.start(command, environment, log)
    ends = time.monotonic() + _START_SECONDS
    while not told.is_set() and server.poll() is None and time.monotonic() < ends:
        if is_healthy(api):
            return api, server.pid
        told.wait(0.5)
    if not told.is_set():
        event("server_did_not_start", logging.ERROR, log=_log_path(data))
    processes.stop([server.pid], _STOP_SECONDS)
    return None, None


def _free_port() -> int:
    """Prefect's usual port where it is free, else any free one."""
    for port in (_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServeError("no free port on 127.0.0.1")


# --- watching -----------------------------------------------------------------------------------


def _watch(api: str, family: list[int], told: threading.Event) -> None:
    """Tell of runs as they come and go; ends when a process of ours does."""
    known: dict[str, str] = {}
    coming = ""
    while not told.wait(_WATCH_SECONDS):
        ended = [pid for pid in family if not processes.is_alive(pid)]
        if ended:
            event("ended_by_itself", logging.ERROR, process=ended[0])
            return
        runs = read_runs(api)
        for run in runs:
            state = run["state_name"]
            if state != "Scheduled" and known.get(run["id"]) != state:
                known[run["id"]] = state
                _tell(run)
        due = [run["expected_start_time"] for run in runs if run["state_name"] == "Scheduled"]
        if due and min(due) != coming:
            coming = min(due)
            event("next_run", at=coming)
        known = {run["id"]: known[run["id"]] for run in runs if run["id"] in known}


def _tell(run: dict[str, Any]) -> None:
    state = run["state_type"]
    level = logging.ERROR if state in ("FAILED", "CRASHED") else logging.INFO
    done = state in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
    event(
        "run",
        level,
        name=run["name"],
        state=run["state_name"],
        seconds=round(run["total_run_time"], 1) if done else None,
        message=(run["state"] or {}).get("message") if done else None,
    )


def read_runs(api: str, limit: int = 20) -> list[dict[str, Any]]:
    """Runs of the deployment as the server's API gives them, the next ones first, then the past.

    None of them where the server does not answer.
    """
    asked = {
        "deployments": {"name": {"any_": [DEPLOYMENT]}},
        "flow_runs": {"state": {"type": {"not_any_": ["SCHEDULED", "CANCELLED"]}}},
        "limit": limit,
    }
    coming = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}, "limit": 1}
    try:
        with httpx.Client(trust_env=False, timeout=5.0) as client:
            ahead = client.post(
                f"{api}/flow_runs/filter",
                json=asked | coming | {"sort": "EXPECTED_START_TIME_ASC"},
            )
            past = client.post(f"{api}/flow_runs/filter", json=asked | {"sort": "START_TIME_DESC"})
            ahead.raise_for_status()
            past.raise_for_status()
            return [*ahead.json(), *past.json()]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return []


# --- lock, log, signals -------------------------------------------------------------------------


@contextmanager
def _serve_lock(data: Path) -> Iterator[None]:
    """One schedule a data folder. Raises ServeError where another is served."""
    with data_folder_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(data / ".serve.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ServeError(f"the schedule of {data} is being served already") from None
    finally:
        os.close(handle)


def _log_path(data: Path) -> Path:
    return data / "prefect" / "readout-serve.log"


@contextmanager
def _log(data: Path) -> Iterator[Any]:
    """Where server and schedule write what they have to say; begun anew when it has grown."""
    path = _log_path(data)
    with data_folder_errors(data):
        path.parent.mkdir(parents=True, exist_ok=True)
        grown = path.is_file() and path.stat().st_size > _LOG_BYTES
        if grown:
            path.replace(path.with_suffix(".log.1"))
        file = path.open("ab")
    with file:
        yield file


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """An event that is set by SIGTERM or SIGINT while the block runs."""
    told = threading.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: told.set()) for number in numbers]
    try:
        yield told
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
