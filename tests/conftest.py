"""What several test modules need: a Dask cluster."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a `dask scheduler` that two `dask worker` have joined."""
    pytest.importorskip("prefect_dask", reason="the extra [dask] is not installed")
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    log = (folder / "log").open("w")
    started = [
        subprocess.Popen(
            [*dask, "scheduler", "--port", "0", *here, "--scheduler-file", str(told)],
            env=ENVIRONMENT, stdout=log, stderr=log,
        )
    ]  # fmt: skip
    for name in ("one", "two"):
        worker = [*dask, "worker", "--scheduler-file", str(told), *here, "--nthreads", "1"]
        worker += ["--name", name, "--local-directory", str(folder / name)]
        started.append(subprocess.Popen(worker, env=ENVIRONMENT, stdout=log, stderr=log))
    try:
        ends = time.monotonic() + 60
        while not told.is_file() and time.monotonic() < ends:
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        from flows.cluster import open_cluster

        with open_cluster(address) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for process in started[::-1]:
            process.terminate()
        for process in started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        log.close()
