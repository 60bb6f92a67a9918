"""The report: its pages as text, and as a browser shows them; naughty input does nothing."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytest.importorskip("altair", reason="the extra [report] is not installed")

from flows.cli import main
from tests.browser import Browser, find_chromium, open_browser
from warehouse.report.marks import Mark, cut, visible
from warehouse.report.pages import headline, web_address

NAUGHTY_TEXT = (
    "TBILISI, March 5 (Agency) - Georgian Foreign Minister Nino Tvaladze met with Estonian Foreign "
    "Minister Kaarel Lepik in Tbilisi on Thursday. <script>document.title='owned'</script>\n\n"
    "“<img src=http://127.0.0.1:9/x onerror=alert(1)> has doubled &amp; \u202etxet neddih,” "
    "Tvaladze said. Lepik said that {{ 7 * 7 }} </p></article><style>body{display:none}</style> "
    "was enough."
)
NAUGHTY = {
    "id": "naughty",
    "url": "javascript:alert(document.domain)",
    "title": "</title><script>document.title='owned'</script>\u202eeltit",
    "publisher": "<b onmouseover=alert(1)>Agency</b>",
    "published": "2026-03-05",
    "text": NAUGHTY_TEXT,
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample and the naughty article, its report built."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "naughty.jsonl").write_text(json.dumps(NAUGHTY) + "\n")
    data = folder / "data"
    arguments = ["run", "--plain", "--quiet", "--sample", "--from", str(folder / "naughty.jsonl")]
    assert main([*arguments, "--data", str(data)]) == 0
    assert main(["report", "--data", str(data)]) == 0
    return data


@pytest.fixture(scope="module")
def browser() -> Any:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: apt install chromium, or set READOUT_CHROMIUM")
    with open_browser(program) as opened:
        yield opened


def pages_of(data: Path) -> list[Path]:
    return sorted((data / "report").rglob("*.html"))


def rows(data: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(data / "readout.duckdb", read_only=True) as connection:
        return connection.execute(sql, list(parameters)).fetchall()


# --- without a browser --------------------------------------------------------------------------


def test_each_article_has_a_page_and_each_link_leads_somewhere(data: Path) -> None:
    latest = rows(data, "SELECT max_by(article_id, revision) FROM articles GROUP BY page_id")
    names = {path.stem for path in (data / "report" / "article").iterdir()}
    assert names == {article for (article,) in latest}
    for page in pages_of(data):
        text = page.read_text()
        ids = set(re.findall(r'\sid="([^"]+)"', text))
        for link in re.findall(r'(?:href|src)="([^"]*)"', text):
            target, _, anchor = link.partition("#")
            if "://" in link or link.startswith("data:"):
                continue
            file = (page.parent / target).resolve() if target else page
            assert file.is_file(), f"{page.name} links to {link}"
            if anchor and file == page:
                assert anchor in ids, f"{page.name} links to {link}"
            elif anchor and "article/" in target:
                assert f'id="{anchor}"' in file.read_text(), f"{page.name} links to {link}"


def test_the_same_database_gives_the_same_bytes(data: Path, tmp_path: Path) -> None:
    assert main(["report", "--data", str(data), "--out", str(tmp_path / "again")]) == 0
    first, second = data / "report", tmp_path / "again"
    names = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    assert names == {path.relative_to(second) for path in second.rglob("*") if path.is_file()}
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_a_report_takes_the_place_of_a_report_and_of_nothing_else(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    assert main(["report", "--data", str(data), "--out", str(tmp_path / "mine")]) == 1
    assert "something else" in capsys.readouterr().err
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    (tmp_path / "file").write_text("")
    assert main(["report", "--data", str(data), "--out", str(tmp_path / "file")]) == 1
    out = tmp_path / "out"
    assert main(["report", "--data", str(data), "--out", str(out)]) == 0
    (out / "old.html").write_text("left over")
    assert main(["report", "--data", str(data), "--out", str(out)]) == 0
    assert not (out / "old.html").exists()
    assert not list(tmp_path.glob(".out*"))


def test_no_database_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--data", str(tmp_path)]) == 2
    assert "no database" in capsys.readouterr().err


def test_a_report_on_nothing_has_its_pages(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    arguments = ["run", "--plain", "--quiet", "--from", str(tmp_path / "empty.txt")]
    assert main([*arguments, "--data", str(tmp_path / "data")]) == 0
    assert main(["report", "--data", str(tmp_path / "data")]) == 0
    assert "nothing here yet" in (tmp_path / "data" / "report" / "index.html").read_text()
    assert "There are none yet" in (tmp_path / "data" / "report" / "meetings.html").read_text()


def test_long_tables_are_paged(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.report.site._ROWS", 20)
    monkeypatch.setattr("warehouse.report.site._SHARD", 30)
    out = tmp_path / "out"
    assert main(["report", "--data", str(data), "--out", str(out)]) == 0
    pages = sorted(out.glob("statements*.html"))
    (total,) = rows(data, "SELECT count(*) FROM statements")[0]
    assert len(pages) >= total // 20
    shown = [re.findall(r"article/\w+\.html#(s\w+)", page.read_text()) for page in pages]
    listed = [statement for page in shown for statement in page]
    assert len(listed) == len(set(listed)) > 80
    assert all(len(page) <= 20 for page in shown)
    assert len(list((out / "search").glob("statements-*.js"))) == -(-len(listed) // 30)


CUTS = [
    # text, marks as (owner, field, start, end); pieces of each paragraph as (text, numbers)
    ("one two", [], [[("one two", "")]]),
    ("one two", [("s", "content", 4, 7)], [[("one ", ""), ("two", "0")]]),
    (
        "abcdef",
        [("s", "content", 0, 4), ("m", "evidence", 2, 6)],
        [[("ab", "0"), ("cd", "0 1"), ("ef", "1")]],
    ),
    ("ab\n\ncd", [("s", "content", 1, 5)], [[("a", ""), ("b", "0")], [("c", "0"), ("d", "")]]),
    ("ab\n\ncd", [("s", "content", 4, 6)], [[("ab", "")], [("cd", "0")]]),
    ("😀b", [("s", "cue", 1, 2)], [[("😀", ""), ("b", "0")]]),
]


@pytest.mark.parametrize(("text", "spans", "pieces"), CUTS, ids=[str(c[1]) for c in CUTS])
def test_text_is_cut_where_marks_begin_and_end(
    text: str, spans: list[Any], pieces: list[Any]
) -> None:
    marks = [Mark(number, *span) for number, span in enumerate(spans)]
    found = cut(text, marks, {})
    assert [[(p.text, p.numbers) for p in paragraph.pieces] for paragraph in found] == pieces
    assert "\n\n".join("".join(p.text for p in paragraph.pieces) for paragraph in found) == text


def test_cards_stand_beside_the_paragraph_of_their_words() -> None:
    marks = [Mark(0, "s1", "content", 4, 6), Mark(1, "m1", "evidence", 0, 2)]
    first, second = cut("ab\n\ncd", marks, {"s1": 4, "m1": 0})
    assert (first.owners, second.owners) == (("m1",), ("s1",))
    assert (first.pieces[0].opens, second.pieces[0].opens) == (("m1",), ("s1",))


def test_hidden_characters_become_visible_one_for_one() -> None:
    text = "a\u202eb\x00c\x1bd\u2066e\tf\ng\u0645"
    assert visible(text) == "a\ufffdb\u2400c\u241bd\ufffde\tf\ng\u0645"


ADDRESSES = [
    ("https://host.example/a?b=c", True),
    ("http://host.example/", True),
    ("javascript:alert(1)", False),
    ("JaVaScRiPt:alert(1)", False),
    (" javascript:alert(1)", False),
    ("data:text/html,x", False),
    ("file:///etc/passwd", False),
    ("//host.example/", False),
    ("http://[", False),
    (None, False),
]


@pytest.mark.parametrize(("url", "linked"), ADDRESSES, ids=[str(a) for a, _ in ADDRESSES])
def test_only_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert web_address(url) == (url if linked else None)


HEADLINES = [
    ("A title", "text", "A title"),
    (None, "OSLO, March 5 (Agency) -- Ministers met.", "Ministers met."),
    (None, "VIENNA, November 12. Ministers met.", "Ministers met."),
    ("  ", "Ministers met on Monday.", "Ministers met on Monday."),
    (None, "word " * 60, "word " * 17 + "word …"),
]


@pytest.mark.parametrize(("title", "opening", "seen"), HEADLINES)
def test_headlines(title: str | None, opening: str, seen: str) -> None:
    assert headline({"title": title, "opening": opening}) == seen


# --- with a browser -----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_opens_without_complaint_and_asks_for_nothing_outside(
    width: int, data: Path, browser: Browser
) -> None:
    browser.size(width)
    pages = pages_of(data)
    assert len(pages) > 60
    for page in pages:
        browser.open(page.as_uri())
        assert browser.complaints() == [], page.name
        outside = [url for url in browser.requests() if not url.startswith(("file://", "data:"))]
        assert outside == [], page.name
        assert browser.evaluate("document.documentElement.scrollWidth") <= width, page.name
        assert browser.evaluate("document.querySelectorAll('h1').length") == 1, page.name


def test_article_pages_mark_exactly_the_spans_of_the_tables(data: Path, browser: Browser) -> None:
    seen = """
        (() => {
          const spans = {};
          for (const mark of document.querySelectorAll("[data-s]"))
            for (const number of mark.dataset.s.split(" "))
              spans[number] = (spans[number] || "") + mark.textContent;
          const text = [...document.querySelectorAll(".para")].map((p) => p.textContent);
          return {spans: Object.entries(spans).sort((a, b) => a[0] - b[0]).map((s) => s[1]),
                  text: text.join("\\n\\n"),
                  cards: document.querySelectorAll("[data-owner]").length};
        })()"""
    marked = 0
    for page in sorted((data / "report" / "article").iterdir()):
        browser.open(page.as_uri())
        shown = browser.evaluate(seen)
        ((text,),) = rows(data, "SELECT text FROM articles WHERE article_id = ?", page.stem)
        assert shown["text"] == visible(text)
        spans = rows(
            data,
            'SELECT s."text" FROM spans AS s WHERE s.owner_id IN '
            "(SELECT meeting_id FROM meetings WHERE article_id = $1 UNION ALL "
            "SELECT statement_id FROM statements WHERE article_id = $1)",
            page.stem,
        )
        without_gaps = sorted(visible(span).replace("\n\n", "") for (span,) in spans)
        assert sorted(shown["spans"]) == without_gaps, page.name
        owners = rows(
            data,
            "SELECT (SELECT count(*) FROM meetings WHERE article_id = $1) + "
            "(SELECT count(*) FROM statements WHERE article_id = $1)",
            page.stem,
        )
        assert shown["cards"] == owners[0][0]
        marked += len(spans)
    assert marked > 200


def test_the_naughty_article_is_harmless(data: Path, browser: Browser) -> None:
    ((article,),) = rows(data, "SELECT article_id FROM articles WHERE external_id = 'naughty'")
    browser.open((data / "report" / "article" / f"{article}.html").as_uri())
    assert browser.complaints() == []
    assert "owned" not in browser.evaluate("document.title").replace("title='owned'", "")
    assert browser.evaluate("document.querySelectorAll('.reading script, img, style').length") == 0
    assert browser.evaluate("document.querySelectorAll('[onerror], [onmouseover]').length") == 0
    assert browser.evaluate("getComputedStyle(document.body).display") != "none"
    links = browser.evaluate("[...document.links].map((a) => a.href)")
    assert all(link.startswith("file://") for link in links)
    text = browser.evaluate("document.body.textContent")
    assert "\u202e" not in text
    assert "{{ 7 * 7 }}" in text
    assert "<script>document.title='owned'</script>" in text


def test_the_filter_finds_what_other_pages_hold(data: Path, browser: Browser) -> None:
    browser.open((data / "report" / "statements.html").as_uri())
    search = """
        (async (words, act) => {
          const form = document.querySelector("form.filter");
          form.querySelector("input").value = words;
          form.querySelector("select").value = act;
          form.dispatchEvent(new Event("submit", {cancelable: true}));
          await new Promise((resolve) => setTimeout(resolve, 700));
          return [...document.querySelectorAll("tbody tr")].map((tr) => tr.textContent);
        })"""
    every = browser.evaluate(f"{search}('', '')")
    thanked = browser.evaluate(f"{search}('', 'thank')")
    assert 0 < len(thanked) < len(every)
    found = browser.evaluate(f"{search}('mwangolo common', '')")
    assert found
    assert all("mwangolo" in row.lower() and "common" in row.lower() for row in found)
    assert browser.evaluate(f"{search}('no such words', '')") == []
    assert "0 found" in browser.evaluate("document.querySelector('.found').textContent")
    assert browser.complaints() == []


def test_pages_can_be_read_without_the_script(data: Path, browser: Browser) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open((data / "report" / "meetings.html").as_uri())
        tree = browser.call("DOMSnapshot.captureSnapshot", computedStyles=[])
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert any("Elchin Rzazade" in text for text in tree["strings"])


def test_texts_can_be_told_from_their_ground(data: Path, browser: Browser) -> None:
    """Contrast of text and ground, light and dark, as WCAG 2 measures it."""
    script = (Path(__file__).parent / "contrast.js").read_text()
    ((article,),) = rows(data, "SELECT article_id FROM articles WHERE external_id = 'naughty'")
    for dark in (False, True):
        browser.size(1280, dark=dark)
        for name in ("index.html", "countries.html", "quality.html", f"article/{article}.html"):
            browser.open((data / "report" / name).as_uri())
            assert browser.evaluate(script) == [], f"{name}, {'dark' if dark else 'light'}"
