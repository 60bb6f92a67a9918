"""The whole pass: the same bytes whatever the order, batches, workers, engine, kills and reruns."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import duckdb
import pytest

import seeds
from flows.cli import main

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


def tables(data: Path) -> dict[str, str]:
    """Path -> SHA-256 of every file of the snapshot, as `find tables -type f` lists them."""
    files = [Path(top) / name for top, _, names in os.walk(data / "tables") for name in names]
    return {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.is_symlink()
    }


def run(data: Path, *arguments: str) -> int:
    return main(["run", "--plain", "--quiet", "--data", str(data), *arguments])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of one plain run over the sample."""
    data = tmp_path_factory.mktemp("sample")
    assert run(data, "--sample") == 0
    return data


def test_a_second_run_changes_no_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--sample") == 0
    before, database = tables(tmp_path), (tmp_path / "readout.duckdb").stat().st_ino
    capsys.readouterr()
    assert main(["run", "--plain", "--json", "--data", str(tmp_path), "--sample"]) == 0
    assert json.loads(capsys.readouterr().out)["new_articles"] == 0
    assert tables(tmp_path) == before
    assert len(list((tmp_path / "raw").glob("*.warc.gz"))) == 1
    assert (tmp_path / "readout.duckdb").stat().st_ino != database  # the run log grew


@pytest.mark.parametrize(
    "arguments", [["--batch-size", "1"], ["--batch-size", "3", "--workers", "2"]], ids=" ".join
)
def test_batches_and_workers_change_no_byte(
    arguments: list[str], sample: Path, tmp_path: Path
) -> None:
    assert run(tmp_path, "--sample", *arguments) == 0
    assert tables(tmp_path) == tables(sample)


def test_order_and_parts_of_the_input_change_no_byte(sample: Path, tmp_path: Path) -> None:
    files = sorted(seeds.sample_path().iterdir(), reverse=True)
    half = len(files) // 2
    assert run(tmp_path, *(word for file in files[:half] for word in ("--from", str(file)))) == 0
    assert run(tmp_path, *(word for file in files[half:] for word in ("--from", str(file)))) == 0
    assert tables(tmp_path) == tables(sample)


def test_the_order_of_the_lines_of_a_file_changes_no_byte(tmp_path: Path) -> None:
    lines = (seeds.sample_path() / "archive-of-articles.jsonl").read_bytes().splitlines(True)
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, ordered in ((one, lines), (two, lines[::-1])):
        folder.mkdir()
        (folder / "list.jsonl").write_bytes(b"".join(ordered))
        assert run(folder / "data", "--from", str(folder / "list.jsonl")) == 0
    assert tables(one / "data") == tables(two / "data")


def test_the_prefect_flows_give_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.cli", "run", "--sample", "--data", str(tmp_path)]
    environment = ENVIRONMENT | {"PREFECT_HOME": str(tmp_path / "prefect")}
    done = subprocess.run([*command, "--json"], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] > 0
    assert tables(tmp_path) == tables(sample)


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.15, 0.3])
def test_a_killed_run_leaves_nothing_behind(delay: float, sample: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.cli", "run", "--plain", "--sample", "--batch-size", "1"]
    killed = subprocess.Popen(
        [*command, "--data", str(tmp_path)],
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while killed.poll() is None and not (tmp_path / ".lock").exists():
        time.sleep(0.01)
    time.sleep(delay)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert run(tmp_path, "--sample") == 0
    assert tables(tmp_path) == tables(sample)
    assert not list(tmp_path.glob(".readout.duckdb*"))
    assert not (tmp_path / ".staging").exists()


def test_steps_one_by_one_give_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for step, *more in (("ingest", "--sample"), ("extract",), ("load",)):
        assert main([step, "--plain", "--quiet", "--data", str(tmp_path), *more]) == 0
    assert tables(tmp_path) == tables(sample)


def test_all_extracts_anew_and_changes_no_byte(sample: Path, tmp_path: Path) -> None:
    shutil.copytree(sample, tmp_path / "data", symlinks=True)
    assert main(["extract", "--plain", "--all", "--data", str(tmp_path / "data")]) == 0
    assert tables(tmp_path / "data") == tables(sample)


def test_a_damaged_table_is_made_anew_from_raw(sample: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample, data, symlinks=True)
    file = next((data / "tables").glob("statements/*.parquet")).resolve()
    bytes_ = bytearray(file.read_bytes())
    bytes_[len(bytes_) // 2] ^= 1
    file.write_bytes(bytes_)
    assert main(["extract", "--plain", "--all", "--data", str(data)]) == 0
    assert tables(data) == tables(sample)


def test_an_edited_article_is_a_revision_and_a_reprint_is_told(sample: Path) -> None:
    with duckdb.connect(sample / "readout.duckdb", read_only=True) as connection:
        revisions = connection.execute(
            "SELECT revision FROM articles WHERE external_id = 'mer-5010' ORDER BY revision"
        ).fetchall()
        stories = connection.execute(
            "SELECT count(DISTINCT story_id) FROM articles "
            "WHERE external_id IN ('mer-5001', 'hc-20')"
        ).fetchall()
    assert revisions == [(1,), (2,)]
    assert stories == [(1,)]


# --- the network --------------------------------------------------------------------------------

FEED = """<rss version="2.0"><channel><title>Agency</title>
<item><title>Talks</title><link>{base}/talks.html</link><guid>t1</guid>
<pubDate>Thu, 05 Mar 2020 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>{base}/gone.html</link><guid>t2</guid></item>
</channel></rss>"""
PAGE = """<html lang="en"><head><title>Talks</title>
<meta property="article:published_time" content="2020-03-05T10:00:00Z"></head><body><article>
<p>TBILISI, March 5. Georgian Foreign Minister Nino Tvaladze met with Estonian Foreign Minister
Kaarel Lepik in Tbilisi on Thursday. The ministers discussed trade and digital services.</p>
<p>Tvaladze said that trade had doubled within five years. Lepik thanked the Georgian side for the
warm welcome and invited his counterpart to visit Tallinn.</p></article></body></html>"""


class _Site(BaseHTTPRequestHandler):
    """A feed with one page that is there, one that is not, and one source that is out of order."""

    asked: list[str] = []

    def do_GET(self) -> None:  # noqa: N802 - the name that the library calls
        type(self).asked.append(self.path)
        assert isinstance(self.server, HTTPServer)
        base = f"http://127.0.0.1:{self.server.server_port}"
        bodies = {
            "/feed.xml": ("application/rss+xml", FEED.format(base=base)),
            "/talks.html": ("text/html; charset=utf-8", PAGE),
        }
        media_type, body = bodies.get(self.path, ("text/plain", ""))
        self.send_response(200 if self.path in bodies else 404)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    _Site.asked = []
    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_feed_over_http(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text(
        f'[fetch]\nallow = ["{site.removeprefix("http://")}"]\n'
        f'[[source]]\nrate = 6000\nid = "agency"\nurl = "{site}/feed.xml"\npublisher = "Agency"\n'
        f'[[source]]\nrate = 6000\nid = "broken"\nurl = "{site}/none.xml"\n'
    )
    data = tmp_path / "data"
    assert run(data, "--sources", str(sources)) == 3
    assert "source broken: status 404" in capsys.readouterr().err
    with duckdb.connect(data / "readout.duckdb", read_only=True) as connection:
        articles = connection.execute(
            "SELECT source_id, publisher, title, fetched_at IS NOT NULL FROM articles"
        ).fetchall()
        lost = connection.execute("SELECT reason FROM quarantine").fetchall()
        runs = connection.execute(
            "SELECT source_id, new, reason IS NOT NULL FROM sources ORDER BY source_id"
        ).fetchall()
    assert articles == [("agency", "Agency", "Talks", True)]
    assert lost == [("fetch_failed",)]
    assert runs == [("agency", 3, False), ("broken", 0, True)]
    assert _Site.asked.count("/talks.html") == 1
    assert run(data, "--sources", str(sources)) == 3
    assert _Site.asked.count("/talks.html") == 1, "a page that is in raw is not fetched again"
