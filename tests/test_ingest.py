"""Ingest over the network: broken sources beside good ones, nothing twice, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from flows.cli import main
from tests.misbehaving import Site, answer, running
from warehouse.runs import read_runs

BROKEN = (
    "drip",
    "cut-gzip",
    "gzip-bomb",
    "long-length",
    "redirect-loop",
    "redirect-to-private",
    "garbage",
    "304",
    "empty",
    "html-for-a-feed",
)
STORY = (
    "{city}, March 5. Freeland Foreign Minister Marta Vance met with Norland Foreign Minister Olaf "
    "Brenn in {city} on Thursday. The ministers discussed trade, and Vance said that talks number "
    "{number} would go on in the spring. Brenn thanked her for the warm welcome."
)
CITIES = "Sofia Vienna Oslo Madrid Rome Athens Warsaw Lisbon Dublin Prague".split()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("flows.courier._RETRY_PAUSE", 0.01)
    with running() as site:
        yield site


def page(number: int, text: str = "", head: str = "") -> bytes:
    story = text or STORY.format(city=CITIES[number % 10], number=number)
    html = (
        f"<html lang='en'><head><title>Talks {number}</title>{head}</head><body><article>"
        f"<p>{story}</p><p>{story[::2].replace(' ', '')} was all that was said.</p>"
        "</article></body></html>"
    )
    return answer(html.encode(), "Content-Type: text/html; charset=utf-8")


def feed(*links: str, day: int = 5) -> bytes:
    items = "".join(
        f"<item><title>T</title><link>{link}</link><guid>{link.rpartition('/')[2]}</guid>"
        f"<pubDate>Thu, {day:02} Mar 2020 10:00:00 GMT</pubDate></item>"
        for link in links
    )
    text = f'<rss version="2.0"><channel><title>C</title>{items}</channel></rss>'
    return answer(text.encode(), "Content-Type: application/rss+xml", 'ETag: "1"')


def sources(folder: Path, site: Site, *entries: dict[str, Any], deadline: float = 20) -> Path:
    lines = ["[fetch]", f'allow = ["127.0.0.1:{site.port}"]', f"deadline = {deadline}"]
    for entry in entries:
        lines += ["[[source]]", "rate = 60000"]
        lines += [f"{name} = {json.dumps(value)}" for name, value in entry.items()]
    path = folder / "sources.toml"
    path.write_text("\n".join(lines))
    return path


def run(data: Path, file: Path, step: str = "run", *more: str) -> int:
    return main([step, "--plain", "--quiet", "--data", str(data), "--sources", str(file), *more])


def rows(data: Path, table: str) -> list[dict[str, Any]]:
    """Rows of a table, but for the time of fetching."""
    found = [row for p in sorted((data / "tables" / table).glob("*")) for row in read(p)]
    return [
        {n: v for n, v in row.items() if n not in ("fetched_at", "first_seen_at")} for row in found
    ]


def read(path: Path) -> list[dict[str, Any]]:
    return list(pq.ParquetFile(path).read().to_pylist())


def snapshot(data: Path) -> str:
    return str((data / "tables" / "current").readlink())


def good_sources(site: Site) -> list[dict[str, Any]]:
    for number in range(10):
        site.extra[f"/{number}.html"] = page(number)
        site.extra[f"/{number}.xml"] = feed(f"{site.base}/{number}.html")
    return [{"id": f"good-{n}", "url": f"{site.base}/{n}.xml"} for n in range(10)]


def test_ten_broken_sources_of_twenty(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = good_sources(site)
    broken = [{"id": f"bad-{way}", "url": f"{site.base}/{way}"} for way in BROKEN]
    mixed = [source for pair in zip(broken, good, strict=True) for source in pair]
    (tmp_path / "clean").mkdir()
    assert run(tmp_path / "one", sources(tmp_path, site, *mixed, deadline=3)) == 3
    assert run(tmp_path / "two", sources(tmp_path / "clean", site, *good)) == 0
    log = read_runs(tmp_path / "one")
    assert len(log) == 20
    failed = [row for row in log if row.reason]
    assert sorted(row.source_id for row in failed) == sorted(source["id"] for source in broken)
    assert len({row.reason for row in failed}) == 10
    for table in ("articles", "meetings", "statements", "inputs", "quarantine", "events", "misses"):
        assert rows(tmp_path / "one", table) == rows(tmp_path / "two", table), table
    assert len(rows(tmp_path / "one", "articles")) == 10
    assert capsys.readouterr().err.count("source bad-") == 10


def test_nothing_new_is_one_conditional_get_and_no_new_snapshot(site: Site, tmp_path: Path) -> None:
    def conditional(request: str) -> bytes:
        if "if-none-match" in request.lower():
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        return feed(f"{site.base}/1.html", f"{site.base}/2.html")

    site.extra |= {"/feed": conditional, "/1.html": page(1), "/2.html": page(2)}
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/feed"})
    data = tmp_path / "data"
    assert run(data, file) == 0
    before, state = snapshot(data), (data / "fetch.json").read_text()
    site.asked.clear()
    assert run(data, file) == 0
    assert [path for path in site.asked if path != "/robots.txt"] == ["/feed"]
    assert snapshot(data) == before
    assert len(list((data / "raw").glob("*.warc.gz"))) == 1
    assert '"unchanged": 1' in (data / "fetch.json").read_text()
    (data / "fetch.json").write_text(state)


def test_304_is_not_believed_for_ever(site: Site, tmp_path: Path) -> None:
    def always(request: str) -> bytes:
        if "if-none-match" in request.lower():
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        return feed(f"{site.base}/1.html")

    site.extra |= {"/feed": always, "/1.html": page(1)}
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/feed"})
    data = tmp_path / "data"
    assert run(data, file, "ingest") == 0
    state = json.loads((data / "fetch.json").read_text())
    for kept in state["lists"].values():
        kept["read_at"] -= 8 * 86_400
    (data / "fetch.json").write_text(json.dumps(state))
    site.requests.clear()
    assert run(data, file, "ingest") == 0
    asked = [text for text in site.requests if text.startswith("GET /feed")]
    assert len(asked) == 1
    assert "if-none-match" not in asked[0].lower()


def test_an_edited_page_is_a_second_revision(site: Site, tmp_path: Path) -> None:
    def sitemap(lastmod: str) -> bytes:
        return answer(
            b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%b/1.html</loc>'
            b"<lastmod>%b</lastmod></url></urlset>" % (site.base.encode(), lastmod.encode())
        )

    site.extra |= {"/map": sitemap("2020-03-05T10:00:00Z"), "/1.html": page(1)}
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/map", "kind": "sitemap"})
    data = tmp_path / "data"
    assert run(data, file) == 0
    assert run(data, file) == 0
    assert site.asked.count("/1.html") == 1
    site.extra |= {"/map": sitemap("2099-03-05T10:00:00Z")}  # touched, its text the same
    assert run(data, file) == 0
    assert [row["revision"] for row in rows(data, "articles")] == [1]
    site.extra |= {"/1.html": page(1, STORY.format(city="Sofia", number=77))}
    assert run(data, file) == 0
    revisions = sorted(rows(data, "articles"), key=lambda row: row["revision"])
    assert [row["revision"] for row in revisions] == [1, 2]
    assert "number 77" in revisions[1]["text"]


def test_a_page_that_fails_is_tried_again_though_its_feed_is_unchanged(
    site: Site, tmp_path: Path
) -> None:
    def conditional(request: str) -> bytes:
        if "if-none-match" in request.lower():
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        return feed(f"{site.base}/1.html")

    site.extra |= {"/feed": conditional, "/1.html": answer(status="500 Oh")}
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/feed"})
    data = tmp_path / "data"
    assert run(data, file) == 0
    assert [row["reason"] for row in rows(data, "quarantine")] == ["fetch_failed"]
    site.extra["/1.html"] = page(1)
    assert run(data, file) == 0
    assert len(rows(data, "articles")) == 1


def test_a_page_that_is_gone_is_not_asked_for_again(site: Site, tmp_path: Path) -> None:
    site.extra |= {"/feed": feed(f"{site.base}/gone.html")}
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/feed"})
    for _ in range(3):
        assert run(tmp_path / "data", file) == 0
    assert site.asked.count("/gone.html") == 1


def test_a_wait_that_was_asked_for_is_kept_over_runs(site: Site, tmp_path: Path) -> None:
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/429"})
    data = tmp_path / "data"
    assert run(data, file, "ingest") == 3
    assert run(data, file, "ingest") == 3
    assert site.asked.count("/429") == 1
    assert "left alone for 1" in str(read_runs(data)[-1].reason)


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    rules = b"User-agent: *\nDisallow: /private*\n\nUser-agent: other\nDisallow: /\n"
    site.extra |= {
        "/robots.txt": answer(rules, "Content-Type: text/plain"),
        "/feed": feed(f"{site.base}/1.html", f"{site.base}/private/2.html"),
        "/1.html": page(1),
        "/private/2.html": page(2),
    }
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/feed"})
    data = tmp_path / "data"
    assert run(data, file) == 0
    assert "/private/2.html" not in site.asked
    assert site.asked.count("/robots.txt") == 1
    (lost,) = rows(data, "quarantine")
    assert "robots.txt of 127.0.0.1 forbids it" in lost["detail"]


def test_sitemap_indexes_gzip_and_what_sitemaps_say(site: Site, tmp_path: Path) -> None:
    import gzip

    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{site.base}/news.xml.gz</loc></sitemap></sitemapindex>"
    )
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{site.base}/1.html</loc><news:news><news:title>Talks, as listed</news:title>"
        "<news:publication_date>2020-03-05T09:00:00+04:00</news:publication_date></news:news>"
        "</url></urlset>"
    )
    site.extra |= {
        "/index.xml": answer(index.encode(), "Content-Type: application/xml"),
        "/news.xml.gz": answer(gzip.compress(news.encode()), "Content-Type: application/gzip"),
        "/1.html": page(1),
    }
    file = sources(tmp_path, site, {"id": "a", "url": f"{site.base}/index.xml", "kind": "sitemap"})
    data = tmp_path / "data"
    assert run(data, file) == 0
    (article,) = rows(data, "articles")
    assert article["published_at"].isoformat() == "2020-03-05T05:00:00+00:00"
    assert article["published_basis"] == "feed"


def test_sources_that_are_folders(site: Site, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    html = page(3).partition(b"\r\n\r\n")[2]
    (folder / "one.html").write_bytes(html)
    file = sources(
        tmp_path,
        site,
        {"id": "old", "kind": "files", "path": "archive", "publisher": "Old Courier"},
        {"id": "none", "kind": "files", "path": "nowhere"},
    )
    data = tmp_path / "data"
    assert run(data, file) == 3
    (article,) = rows(data, "articles")
    assert (article["source_id"], article["publisher"]) == ("old", "Old Courier")
    assert article["external_id"] == "one"
    assert "no such file" in str(read_runs(data)[1].reason)


def test_everything_is_made_anew_from_raw_with_the_same_bytes(site: Site, tmp_path: Path) -> None:
    good = good_sources(site)
    data = tmp_path / "data"
    assert run(data, sources(tmp_path, site, *good)) == 0
    before = snapshot(data)
    assert main(["extract", "--plain", "--quiet", "--all", "--data", str(data)]) == 0
    assert snapshot(data) == before
    for name in ("tables", "fetch.json", "readout.duckdb"):
        path = data / name
        path.rename(tmp_path / name)
    assert main(["extract", "--plain", "--quiet", "--data", str(data)]) == 0
    assert snapshot(data) == before


def test_articles_a_day_out_of_bounds_are_a_warning(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.extra |= {"/feed": feed(*(f"{site.base}/{n}.html" for n in range(3)))}
    file = sources(
        tmp_path,
        site,
        {"id": "a", "url": f"{site.base}/feed", "expected_min": 5, "expected_max": 9},
    )
    assert run(tmp_path / "data", file, "ingest") == 0
    assert "source a: 3.0 articles a day, expected at least 5" in capsys.readouterr().err


def test_no_secret_reaches_tables_or_state(site: Site, tmp_path: Path) -> None:
    base = f"http://me:hidden1@127.0.0.1:{site.port}"
    site.extra |= {"/feed?token=hidden2": feed(f"{base}/1.html"), "/1.html": page(1)}
    file = sources(
        tmp_path,
        site,
        {"id": "a", "url": f"{base}/feed?token=hidden2"},
        {"id": "b", "url": f"{base}/none?token=hidden2"},
    )
    data = tmp_path / "data"
    assert run(data, file) == 3
    assert rows(data, "articles")[0]["url"] == f"{site.base}/1.html"
    texts = [str(rows(data, table)) for table in ("articles", "inputs", "quarantine")]
    texts += [str(read_runs(data)), (data / "fetch.json").read_text()]
    assert "hidden" not in "".join(texts)
