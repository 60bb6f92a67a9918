"""The run log: kept a run a file, read back in order."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.dataset import RUN
from warehouse.parquet import ContractError, DamagedFileError
from warehouse.runs import read_runs, run_files, write_run


def test_runs_come_back_in_order(tmp_path: Path) -> None:
    assert read_runs(tmp_path) == []
    second = replace(RUN, run_id="r2", reason="it's over")
    write_run(tmp_path, "r2", [second])
    write_run(tmp_path, "r1", [RUN, replace(RUN, source_id="other")])
    assert read_runs(tmp_path) == [RUN, replace(RUN, source_id="other"), second]
    assert [path.name for path in run_files(tmp_path)] == ["r1.json", "r2.json"]


def test_a_source_twice_in_one_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="run r1: a source is there twice"):
        write_run(tmp_path, "r1", [RUN, RUN])
    assert read_runs(tmp_path) == []


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"run_id": "r1"}]', '[{"started_at": "?"}]'])
def test_a_damaged_run_log_is_named(tmp_path: Path, content: str) -> None:
    write_run(tmp_path, "r1", [RUN]).write_text(content)
    with pytest.raises(DamagedFileError, match=r"r1\.json"):
        read_runs(tmp_path)
