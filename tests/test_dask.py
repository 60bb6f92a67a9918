"""The same pass on a Dask cluster: a real scheduler and two workers on loopback, the same bytes."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import main

pytest.importorskip("prefect_dask", reason="the extra [dask] is not installed")
ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


def tables(data: Path) -> dict[str, str]:
    files = [Path(top) / name for top, _, names in os.walk(data / "tables") for name in names]
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.is_symlink()
    }


@pytest.mark.parametrize("engine", [["--plain"], []], ids=["plain", "flow"])
def test_a_dask_cluster_gives_the_same_bytes(
    engine: list[str], cluster: str, tmp_path: Path
) -> None:
    one, many = tmp_path / "one", tmp_path / "many"
    assert main(["run", "--plain", "--quiet", "--sample", "--data", str(one)]) == 0
    command = [sys.executable, "-m", "flows.cli", "run", "--sample", "--batch-size", "3"]
    command += [*engine, "--dask", cluster, "--data", str(many), "--json"]
    done = subprocess.run(
        command, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] > 0
    assert tables(many) == tables(one)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense"])
def test_a_cluster_that_is_not_there_is_told(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "--plain", "--quiet", "--sample", "--data", str(tmp_path)]
    assert main([*arguments, "--dask", address]) == 2
    assert address in capsys.readouterr().err
