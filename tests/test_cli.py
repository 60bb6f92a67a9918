"""The command as a person meets it: bad input told in one line, right statuses, data on stdout."""

import gzip
import io
import json
import os
import sys
from pathlib import Path

import pytest

import seeds
from flows.cli import main
from transforms.records import TABLES
from warehouse.snapshot import run_lock

ARTICLE = (
    "date 2020-03-05\n\nTBILISI, March 5 (Agency) - Georgian Foreign Minister Nino Tvaladze met "
    "with Estonian Foreign Minister Kaarel Lepik in Tbilisi on Thursday.\n\n"
    "“Trade has doubled,” Tvaladze said.\n"
)
LINE = {"id": "a1", "published": "2020-03-05", "text": ARTICLE.split("\n\n", 1)[1]}


def run(data: Path, *arguments: str) -> int:
    return main(["run", "--plain", "--data", str(data), *arguments])


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


# --- input that cannot be used ------------------------------------------------------------------

BAD_FILES = [
    # file name, its bytes, the reason in quarantine
    ("picture.txt", bytes(range(256)) * 8, "not_text"),
    ("broken.txt", b"Ministers met. " * 3 + b"\xff\xfe\xfa" * 40, "broken_encoding"),
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n\t\n", "empty"),
    ("empty.html", b"", "no_article_text"),
    ("menu.html", b"<html><body><nav><a href=/>Home</a></nav></body></html>", "no_article_text"),
    ("line.jsonl", b'{"id": "x", "text": \n', "bad_json"),
    ("list.jsonl", b"[1, 2]\n", "bad_json"),
    ("fields.jsonl", b'{"id": "x", "title": "No text"}\n', "bad_record"),
    ("cut.jsonl.gz", gzip.compress(json.dumps(LINE).encode() * 99)[:-20], "truncated"),
    ("noise.jsonl.gz", b"this is no gzip file", "bad_archive"),
    ("noise.jsonl.zst", b"this is no zstandard file", "bad_archive"),
    ("noise.warc", b"this is no archive\r\n\r\n", "bad_archive"),
    ("page.xml", b"<html><body>no feed</body></html>", "bad_feed"),
    ("film.mp4", b"\x00\x00\x00\x18ftypmp42", "unsupported"),
]


@pytest.mark.parametrize(
    ("name", "payload", "reason"), BAD_FILES, ids=[case[0] for case in BAD_FILES]
)
def test_bad_files_are_quarantined_and_the_rest_is_processed(
    name: str,
    payload: bytes,
    reason: str,
    article: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "input"
    folder.mkdir()
    article.rename(folder / "good.txt")
    (folder / name).write_bytes(payload)
    data = tmp_path / "data"
    assert run(data, "--json", "--from", str(folder)) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["articles"], figures["meetings"]) == (1, 1)
    assert main(["query", "--data", str(data), "--nl", "SELECT reason, url FROM quarantine"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["reason"] for row in rows} == {reason}
    assert {row["url"] for row in rows} == {f"file:{name}"}


def test_a_warc_cut_in_the_middle_keeps_what_came_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = gzip.decompress((seeds.sample_path() / "crawl.warc.gz").read_bytes())
    page = whole.index(b"WARC/1.0", whole.index(b"WARC/1.0") + 1)
    (tmp_path / "cut.warc").write_bytes(whole[: page + 300])
    data = tmp_path / "data"
    assert run(data, "--json", "--from", str(tmp_path / "cut.warc")) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["articles"], figures["quarantined"]) == (1, 1)


# --- arguments and folders that cannot be used --------------------------------------------------


def test_a_path_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "data", "--from", str(tmp_path / "nothing")) == 2
    assert "no such file or folder" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_nothing_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "data") == 2
    assert "--from" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[source]]\nid = 'a'\n", "'url' is missing"),
        ("[[source]]\nid = 'a'\nurl = 'ftp://x'\n", "http"),
        ("[[source]]\nid = 'a b'\nurl = 'http://x'\n", "id"),
        ("[[source]]\nid = 'a'\nurl = 'http://x'\nevery = '1'\n", "unknown field 'every'"),
        ("[[source]]\nid = 'a'\nurl = 'http://x'\n" * 2, "two sources"),
        ("sources = 1\n", "[[source]]"),
        ("[[source\n", "line 1"),
    ],
)
def test_a_sources_file_that_is_wrong(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sources.toml").write_text(content)
    assert run(tmp_path / "data", "--sources", str(tmp_path / "sources.toml")) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_is_a_file(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("in the way")
    assert run(tmp_path / "data", "--from", str(article)) == 2
    assert "data folder" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    assert run(tmp_path / "data", "--from", str(article)) == 2
    assert "Permission denied" in capsys.readouterr().err


def test_a_second_run_at_the_same_time(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with run_lock(tmp_path / "data"):
        assert run(tmp_path / "data", "--from", str(article)) == 1
    assert f"process {os.getpid()}" in capsys.readouterr().err
    assert run(tmp_path / "data", "--from", str(article)) == 0


def test_load_before_extract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--plain", "--data", str(tmp_path)]) == 2
    assert "nothing is extracted yet" in capsys.readouterr().err


def test_nothing_new_is_a_failure_only_where_asked(article: Path, tmp_path: Path) -> None:
    arguments = ("--from", str(article), "--fail-on-empty")
    assert run(tmp_path / "data", *arguments) == 0
    assert run(tmp_path / "data", *arguments) == 4
    assert run(tmp_path / "data", *arguments[:2]) == 0


# --- what is printed ----------------------------------------------------------------------------


def test_run_prints_one_line_and_shows_the_rest_on_stderr(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "data", "--from", str(article)) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("1 articles, 1 meetings, 2 participants, 1 statements")
    assert printed.out.count("\n") == 1
    for word in ("Nino Tvaladze", "Kaarel Lepik", "Trade has doubled", "readout query"):
        assert word in printed.err


TEXTS = [
    ("article.txt", ARTICLE.encode()),
    ("article.jsonl", json.dumps(LINE).encode()),
    ("article.html", f"<html><body><p>{LINE['text']}</p></body></html>".encode()),
]


@pytest.mark.parametrize(("name", "payload"), TEXTS, ids=[name for name, _ in TEXTS])
@pytest.mark.parametrize("piped", [False, True], ids=["file", "stdin"])
def test_text_gives_one_article_as_json(
    name: str,
    payload: bytes,
    piped: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / name).write_bytes(payload)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(payload)))
    assert main(["text", "-" if piped else str(tmp_path / name)]) == 0
    found = json.loads(capsys.readouterr().out)
    (meeting,) = found["meetings"]
    assert [party["name"] for party in meeting["participants"]] == ["Nino Tvaladze", "Kaarel Lepik"]
    (statement,) = found["statements"]
    assert (statement["speaker_name"], statement["content"]) == (
        "Nino Tvaladze",
        "Trade has doubled",
    )
    for span in meeting["spans"] + statement["spans"]:
        assert found["article"]["text"][span["start"] : span["end"]] == span["text"]


def test_text_of_one_among_several(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [LINE | {"id": name, "text": f"{LINE['text']} {name}"} for name in ("a1", "a2")]
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main(["text", str(path)]) == 2
    assert "choose one with --id" in capsys.readouterr().err
    assert main(["text", str(path), "--id", "a2"]) == 0
    assert json.loads(capsys.readouterr().out)["article"]["external_id"] == "a2"


@pytest.mark.parametrize("name", ["nothing.txt", "empty.txt"])
def test_text_that_cannot_be_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["text", str(tmp_path / name)]) == 2
    assert name in capsys.readouterr().err


@pytest.mark.parametrize("table", TABLES)
def test_schema_of_a_table(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", table, "--json"]) == 0
    columns = json.loads(capsys.readouterr().out)
    assert all(column["meaning"] and column["table"] == table for column in columns)
    assert main(["schema", table]) == 0
    printed = capsys.readouterr().out
    assert all(column["column"] in printed for column in columns)


def test_schema_of_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "people"]) == 2
    assert "statements" in capsys.readouterr().err


def test_query_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--data", str(tmp_path), "SELECT 1"]) == 2
    assert "no database" in capsys.readouterr().err


def test_query_cannot_write(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    assert run(data, "--from", str(article)) == 0
    before = (data / "readout.duckdb").read_bytes()
    assert main(["query", "--data", str(data), "DELETE FROM statements"]) == 1
    assert "read-only" in capsys.readouterr().err
    assert (data / "readout.duckdb").read_bytes() == before


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run", "--workers", "0"], ["query"]])
def test_arguments_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    "arguments", [["report"], ["serve", "--every", "60", "--sample", "--report"]], ids=" ".join
)
def test_a_report_without_its_packages_is_told(
    arguments: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("warehouse.report")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
    assert main([*arguments, "--data", str(tmp_path)]) == 2
    assert "readout-news[report]" in capsys.readouterr().err
