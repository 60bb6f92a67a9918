"""A run told in Markdown; what comes from outside stands in it as text."""

from pathlib import Path

from flows.account import describe_run
from flows.ingest import Tally
from flows.job import Job
from flows.settings import Settings
from warehouse.quality import Finding


def test_the_account_names_sources_warnings_and_times(tmp_path: Path) -> None:
    job = Job(Settings(tmp_path))
    reason = "status 500 at https://user:pass@host.example/<script>|x|\n# heading"
    job.tallies = [
        Tally("agency", new=3, unchanged=2),
        Tally("broken", failed=1, reason=reason),
    ]
    job.findings = [Finding("warn_x", "A meeting has two parties.", 4, ())]
    job.stages = {"ingest": 1.5, "extract": 20.25}
    job.new_articles = frozenset({"a1", "a2"})
    told = describe_run(job)
    lines = told.splitlines()
    assert "**2 new articles** from 5 records read, 3 of them new" in told
    assert "| agency | 5 | 3 | 2 | 0 |  |" in lines
    assert "| extract | 20.25 |" in lines
    assert "- 4 row(s) fall short of: A meeting has two parties." in lines
    assert "pass" not in told
    assert "<script>" not in told
    assert [line for line in lines if line.startswith("# ")] == [f"# Run {job.run_id}"]
    (broken,) = [line for line in lines if line.startswith("| broken")]
    assert broken.count("|") == 7


def test_a_run_without_trouble_says_so(tmp_path: Path) -> None:
    told = describe_run(Job(Settings(tmp_path)))
    assert "## Warnings\n\nNone." in told


def test_two_runs_of_one_process_in_one_second_are_two(tmp_path: Path) -> None:
    jobs = [Job(Settings(tmp_path)) for _ in range(20)]
    names = [job.run_id for job in jobs]
    assert len(set(names)) == len(names)
    assert names == sorted(names)
