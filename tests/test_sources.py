"""The sources file: what it may say, and how every mistake in it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import seeds
from flows.cli import main
from flows.sources import Source, SourcesError, read_sources
from tests.misbehaving import Site, answer, running

WHOLE = """
[fetch]
contact = "mailto:desk@courier.example"
allow = ["Intranet", "127.0.0.1:8080"]
ports = [80, 443, 8443]
deadline = 12.5
parallel = 3

[[source]]
id = "agency"
url = "https://agency.example/rss"
publisher = "Agency"
country = "AZE"
language = "EN_gb"
timezone = "Asia/Baku"
rate = 30
expected_min = 5
expected_max = 60

[[source]]
id = "archive"
kind = "files"
path = "old/warcs"
"""


def read(tmp_path: Path, text: str, name: str = "sources.toml") -> tuple[Source, ...]:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_sources(file)


def test_all_that_a_file_may_say(tmp_path: Path) -> None:
    agency, archive = read(tmp_path, WHOLE)
    assert (agency.kind, agency.language, agency.timezone) == ("feed", "en-GB", "Asia/Baku")
    assert (agency.rate, agency.expected_min, agency.expected_max) == (30, 5, 60)
    assert agency.rules.contact in agency.rules.user_agent
    assert (agency.rules.deadline, agency.parallel) == (12.5, 3)
    assert agency.rules.allowed.has("INTRANET", 8443)
    assert agency.rules.allowed.has("127.0.0.1", 8080)
    assert not agency.rules.allowed.has("127.0.0.1", 80)
    assert (archive.path, archive.url) == (tmp_path / "old/warcs", "")


def test_csv_says_the_same(tmp_path: Path) -> None:
    text = "id,url,rate,country,note\na,https://a.example/,30,AZE,\nb,https://b.example/,,,\n"
    one, two = read(tmp_path, text, "sources.csv")
    assert (one.id, one.rate, one.country) == ("a", 30, "AZE")
    assert (two.id, two.rate, two.country) == ("b", 60, None)


def source(*lines: str) -> str:
    return "\n\n[[source]]\n" + "\n".join(("id = 'a'", "url = 'https://a.example/'", *lines))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no source in it"),
        ("x = 5 5", "line 1"),
        ("[sources]", "unknown: sources"),
        ("source = 5", r"expected \[\[source\]\] tables"),
        ("[[source]]\nid = 'a'", "line 1: field 'url' is missing"),
        ("\n[[source]]\nurl = 'https://a.example/'", "line 2: field 'id' is missing"),
        ("[[source]]\nid = 'a b'\nurl = 'https://a.example/'", "letters, digits"),
        ("[[source]]\nid = 'local'\nurl = 'https://a.example/'", "letters, digits"),
        ("[[source]]\nid = 'a'\nurl = 'ftp://a.example/'", "http:// or https://"),
        ("[[source]]\nid = 'a'\nurl = 'https:///x'", "name a host"),
        ("[[source]]\nid = 'a'\nurl = 'http://[::1/'", "http:// or https://"),
        ("[[source]]\nid = 'a'\nurl = 'http://a.example:99999/'", "http:// or https://"),
        (source("kind = 'blog'"), "line 3: kind must be one of feed, sitemap"),
        (source("kind = 'files'"), "field 'path' is missing"),
        (source("path = 'x'"), "'path' does not go with kind 'feed'"),
        (source("colour = 'red'"), "line 3: unknown field 'colour'"),
        (source("publisher = 5"), "field 'publisher' must be a text"),
        (source("country = 'az'"), "country must be three capitals"),
        (source("country = 'XQX'"), "country XQX is none"),
        (source("language = 'English!'"), "language must be a tag"),
        (source("timezone = 'Baku'"), "timezone must be a name"),
        (source("timezone = '../etc/passwd'"), "timezone must be a name"),
        (source("rate = 0"), "field 'rate' must be a number"),
        (source("rate = true"), "field 'rate' must be a number"),
        (source("expected_min = 9", "expected_max = 2"), "expected_min is over expected_max"),
        (source() + source(), "line 7: two sources have the id 'a', here and in line 3"),
        ("[fetch]\nproxy = 'x'" + source(), r"\[fetch\]: unknown field 'proxy'"),
        ("[fetch]\nallow = 'x'" + source(), "allow must be a list of hosts"),
        ("[fetch]\nallow = ['http://x/']" + source(), "allow must be a list of hosts"),
        ("[fetch]\nports = [0]" + source(), "ports must be a list of port numbers"),
        ("[fetch]\ncontact = 'a\\u0001'".replace("'", '"') + source(), "contact must be"),
        ("[fetch]\ndeadline = 0" + source(), "deadline and parallel must be over 0"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=message):
        read(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no header"),
        ("id,url\n", "no source in it"),
        ("id,link\na,b\n", "line 1: unknown field 'link'"),
        ("id,url\na\n", "line 2: 1 cells under 2"),
        ("id,url\na,https://a.example/\nb,nowhere\n", "line 3: url must begin"),
        ("id,url,rate\na,https://a.example/,fast\n", "line 2: field 'rate' must be a number"),
        ('id,url\na,"https://a.example/\n', "line 2"),
    ],
)
def test_a_mistake_in_csv_is_told_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=message):
        read(tmp_path, text, "sources.csv")


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="No such file"):
        read_sources(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# \xe9")
    with pytest.raises(SourcesError, match="not UTF-8"):
        read_sources(tmp_path / "latin.toml")


def test_the_feeds_that_are_shipped_are_a_sources_file() -> None:
    path = seeds.sample_path().parent / "feeds.csv"
    sources = read_sources(path)
    assert len(sources) >= 20
    assert len({source.url for source in sources}) == len(sources)
    assert all(source.publisher and source.country and source.timezone for source in sources)
    rows = seeds.read("feeds")
    assert all(row["checked_on"] or row["note"].startswith("not checked") for row in rows)


# --- readout sources check ----------------------------------------------------------------------


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("flows.courier._RETRY_PAUSE", 0.01)
    with running() as site:
        yield site


def test_each_source_is_tried(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = (
        "<rss version='2.0'><channel><title>C</title><item><title>T</title>"
        "<link>https://courier.example/1</link>"
        "<pubDate>Thu, 05 Mar 2020 10:00:00 GMT</pubDate></item></channel></rss>"
    )
    site.extra["/feed"] = answer(feed.encode(), "Content-Type: application/rss+xml")
    file = tmp_path / "sources.toml"
    file.write_text(
        f"[fetch]\nallow = ['127.0.0.1:{site.port}']\n"
        f"[[source]]\nid = 'good'\nurl = '{site.base}/feed'\nrate = 6000\n"
        f"[[source]]\nid = 'bad'\nurl = '{site.base}/html-for-a-feed'\nrate = 6000\n"
        "[[source]]\nid = 'here'\nkind = 'files'\npath = '.'\n"
    )
    assert main(["sources", "check", str(file)]) == 3
    good, bad, here = capsys.readouterr().out.splitlines()
    assert good == "1 links, 0 whole articles, the latest of 2020-03-05 10:00 UTC\tgood"
    assert bad == "FAILED: bad_feed: neither RSS nor Atom\tbad"
    assert here == "1 links, 0 whole articles\there"
    assert main(["sources", "check", str(file), "--json"]) == 3
    rows = json.loads(capsys.readouterr().out)
    assert [row["source_id"] for row in rows] == ["good", "bad", "here"]
    assert not (tmp_path / "data").exists()
    file.write_text("[[source]]\nid = 'x'\n")
    assert main(["sources", "check", str(file)]) == 2
    assert "line 1: field 'url' is missing" in capsys.readouterr().err
