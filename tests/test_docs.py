"""The documentation: every query of the cookbook and every Python block is run on the sample."""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import seeds
from flows.cli import main
from transforms.records import ALL_TABLES
from warehouse.exports.formats import FORMATS
from warehouse.views import views

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COOKBOOK = (DOCS / "cookbook.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"### (\d+\. .+?)\n.*?```sql\n(.+?)```", COOKBOOK, re.DOTALL)
PYTHON = re.findall(
    r"```python\n(.+?)```", (DOCS / "pandas-polars.md").read_text(encoding="utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample as `data` and its CSV as `export`."""
    place = tmp_path_factory.mktemp("docs")
    data = ["--data", str(place / "data")]
    assert main(["run", "--plain", "--quiet", *data, "--from", str(seeds.sample_path())]) == 0
    assert main(["export", "csv", *data, "--out", str(place / "export")]) == 0
    return place


def test_there_are_questions_enough() -> None:
    assert len(RECIPES) >= 15
    assert [int(title.split(".")[0]) for title, _ in RECIPES] == list(range(1, len(RECIPES) + 1))
    assert COOKBOOK.count("```sql") == len(RECIPES)


@pytest.mark.parametrize(("title", "sql"), RECIPES, ids=[title for title, _ in RECIPES])
def test_every_question_of_the_cookbook_has_an_answer(title: str, sql: str, folder: Path) -> None:
    with duckdb.connect(folder / "data" / "readout.duckdb", read_only=True) as connection:
        rows = connection.execute(sql).fetchall()
    assert rows, title


def test_every_view_is_asked_in_the_cookbook() -> None:
    asked = " ".join(sql for _, sql in RECIPES)
    unasked = {view.name for view in views() if not re.search(rf"\b{view.name}\b", asked)}
    assert unasked <= {"current_articles", "source_health"}


@pytest.mark.parametrize("block", PYTHON, ids=[str(n) for n in range(len(PYTHON))])
def test_every_python_block_runs(block: str, folder: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=folder, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_pages_link_to_pages_and_name_tables_that_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#:]+\.md)\)", text):
        assert (DOCS / link).is_file(), link
    for table in re.findall(r"data/tables/(\w+)|(\w+)\.dta", text):
        name = next(filter(None, table))
        assert name in ALL_TABLES or name == "TABLE", name


def test_the_page_of_exports_tells_every_format() -> None:
    text = (DOCS / "exports.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in FORMATS)
