"""Pages: body, what the page says of itself, and a reason for each that gives no article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from transforms.cleaning import UnusableError
from transforms.page_facts import normalize_language
from transforms.pages import parse_fragment, parse_page, parse_page_text

PARAGRAPHS = (
    "The foreign minister of Freeland, Marta Vance, received the ambassador of Norland on Monday.",
    "“We want trade, and we want it soon,” she said, adding that talks would go on in Geneva.",
    "The ambassador thanked her and invited her to Norland’s capital for a visit next spring.",
)
BODY = "<article>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</article>"
TEXT = "\n\n".join(PARAGRAPHS)
ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Vance receives the ambassador",
    "datePublished": "2020-03-05T10:00:00+04:00",
    "dateModified": "2020-03-05T11:30:00+04:00",
    "author": [{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "Max Poe"}],
    "publisher": {"@type": "Organization", "name": "Freeland Courier Ltd"},
}
MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"


def page(head: str = "", body: str = BODY, html: str = "<html lang='en-us'>") -> str:
    return f"<!DOCTYPE html>{html}<head>{head}</head><body>{MENU}{body}</body></html>"


def json_ld(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_a_page_is_read_whole() -> None:
    head = (
        json_ld(ARTICLE)
        + '<meta property="og:title" content="Vance receives the ambassador | Freeland Courier">'
        + '<meta property="og:site_name" content="Freeland Courier">'
        + '<link rel="canonical" href="/2020/vance?utm_source=feed">'
    )
    read = parse_page(page(head).encode(), url="https://courier.example/amp/1")
    assert read.text == TEXT
    assert read.title == "Vance receives the ambassador"
    assert read.authors == "Jane Roe; Max Poe"
    assert read.publisher == "Freeland Courier"
    assert read.language == "en-US"
    assert read.canonical_url == "https://courier.example/2020/vance"
    assert read.published_at == datetime(2020, 3, 5, 6, tzinfo=UTC)
    assert (read.published_precision, read.published_basis) == ("second", "json_ld")
    assert read.modified_at == datetime(2020, 3, 5, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("root", ["<html lang='en' />", "<html/>", '<html lang="en"/>'])
def test_a_root_closed_at_once_does_not_hide_the_page(root: str) -> None:
    assert parse_page_text(page(html=root)).text == TEXT


def test_lone_surrogates_do_not_stop_the_reader() -> None:
    assert "ca?ital" in parse_page_text(page().replace("capital", "ca\ud800ital")).text


def test_an_article_that_the_fast_extraction_misses_is_found_by_the_thorough_one() -> None:
    menu = "".join(f"<div>Section {number}</div>" for number in range(60))
    story = f"<aside><article>{BODY}</article></aside>"
    read = parse_page_text(page(body=f"<div class='menu'>{menu}</div>{story}"))
    assert PARAGRAPHS[0] in read.text


@pytest.mark.parametrize(
    ("head", "is_free"),
    [
        (json_ld(ARTICLE), None),
        (json_ld(ARTICLE | {"isAccessibleForFree": True}), True),
        (json_ld(ARTICLE | {"isAccessibleForFree": "False"}), False),
        ('<meta property="article:content_tier" content="metered">', False),
    ],
)
def test_free_and_paid(head: str, is_free: bool | None) -> None:
    assert parse_page_text(page(head)).is_free is is_free


def test_inline_tags_bring_no_spaces() -> None:
    body = BODY.replace("Marta Vance", "<b>Marta</b> <a href='/v'>Vance</a>").replace(
        "trade", "<i>tra</i>de"
    )
    assert parse_page_text(page(body=body)).text == TEXT


@pytest.mark.parametrize(
    ("head", "published", "precision", "basis"),
    [
        (
            '<meta property="article:published_time" content="2020-03-05T10:00:00Z">',
            datetime(2020, 3, 5, 10, tzinfo=UTC),
            "second",
            "meta",
        ),
        (
            json_ld({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
            datetime(2020, 3, 5, 6, tzinfo=UTC),
            "second",
            "json_ld",
        ),
        (  # the day of one, the instant of the other
            json_ld(ARTICLE | {"datePublished": "2020-03-05"})
            + '<meta name="date" content="2020-03-05T10:00:00+01:00">',
            datetime(2020, 3, 5, 9, tzinfo=UTC),
            "second",
            "meta",
        ),
        (
            json_ld(ARTICLE | {"datePublished": "2020-03-05"})
            + '<meta name="date" content="2021-09-09T10:00:00Z">',
            datetime(2020, 3, 5, tzinfo=UTC),
            "day",
            "json_ld",
        ),
        (
            json_ld(ARTICLE | {"datePublished": "soon"})
            + '<meta name="date" content="5 March 2020">',
            datetime(2020, 3, 5, tzinfo=UTC),
            "day",
            "meta",
        ),
        (
            '<script type="application/ld+json">{broken</script>'
            '<meta itemprop="datePublished" content="2020-03-05">',
            datetime(2020, 3, 5, tzinfo=UTC),
            "day",
            "meta",
        ),
    ],
)
def test_where_a_date_comes_from(
    head: str, published: datetime, precision: str, basis: str
) -> None:
    read = parse_page_text(page(head))
    assert (read.published_at, read.published_precision, read.published_basis) == (
        published,
        precision,
        basis,
    )


def test_htmldate_is_the_last_resort() -> None:
    read = parse_page_text(page(body="<p class='date'>Published: 5 March 2020</p>" + BODY))
    assert read.published_at == datetime(2020, 3, 5, tzinfo=UTC)
    assert read.published_basis == "htmldate"
    assert parse_page_text(page()).published_at is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<meta property="og:title" content="A visit - Courier"><title>A visit</title>',
            "",
            "A visit",
        ),
        (
            '<meta property="og:title" content="A visit"><title>A visit - Courier</title>',
            "",
            "A visit",
        ),
        (
            '<meta property="og:title" content="A visit | Courier">'
            '<meta property="og:site_name" content="Courier">',
            "",
            "A visit",
        ),
        (json_ld(ARTICLE | {"headline": "Rock &amp; roll"}), "", "Rock & roll"),
        ("<title>Courier</title>", "<h1>A  long\n visit</h1>", "A long visit"),
        ("<title>A visit</title>", "<h1>Log in</h1><h1>A visit</h1>", "A visit"),
        ("", "", None),
    ],
)
def test_titles(head: str, body: str, title: str | None) -> None:
    assert parse_page_text(page(head, body + BODY)).title == title


LONG = "Ministers of Freeland and Norland agree on a treaty on fisheries, energy and their border"
WHOLE = f"{LONG} at last, say the two"
OTHER = "What the treaty means for you"


@pytest.mark.parametrize(
    ("headline", "given", "heading", "title"),
    [
        ("A treaty is signed", OTHER, OTHER, "A treaty is signed"),
        (LONG[:60] + "…", OTHER, LONG, LONG),  # cut off, and said so
        (
            f"{LONG} at last, sa",
            OTHER,
            f"{LONG} at last, say the two",
            f"{LONG} at last, say the two",
        ),
        ("A treaty", OTHER, "A treaty is signed", "A treaty"),  # short, and no part of the other
        ("A treaty | Freeland Courier", OTHER, OTHER, "A treaty"),
        (None, OTHER, "A treaty is signed", OTHER),
    ],
)
def test_the_headline_of_json_ld_comes_before_that_for_sharing(
    headline: str | None, given: str, heading: str, title: str
) -> None:
    node = ARTICLE | {"headline": headline}
    head = json_ld(node) + f'<meta property="og:title" content="{given}">'
    head += '<meta property="og:site_name" content="Freeland Courier">'
    assert parse_page_text(page(head, f"<h1>{heading}</h1>{BODY}")).title == title


@pytest.mark.parametrize(
    "above",
    [
        f"<h1>{LONG}</h1>",
        f"<h1>{LONG.replace('Freeland', 'Freeland’s').replace('’s', '')} </h1>",
        f"<h2>Fisheries: {LONG}</h2>",
        f"<h2>{LONG}</h2><h2>{LONG}</h2>",
    ],
)
def test_the_headline_is_no_part_of_the_text(above: str) -> None:
    head = f"<title>{LONG}</title>"
    source = page(head, f"<article>{above}{BODY}</article>")
    assert parse_page_text(source).text == TEXT


def test_a_first_sentence_that_is_no_headline_stays() -> None:
    first = f"{LONG}, the ministry of Freeland said on Monday after the talks."
    source = page(f"<title>{LONG}</title>", f"<article><p>{first}</p>{BODY}</article>")
    assert parse_page_text(source).text == f"{first}\n\n{TEXT}"


@pytest.mark.parametrize(
    "home", ["https://courier.example/", "https://courier.example", "http://["]
)
def test_a_home_page_is_no_canonical_address(home: str) -> None:
    head = f'<link rel="canonical" href="{home}">'
    assert parse_page_text(page(head), "https://courier.example/1").canonical_url is None


def test_bodies_in_json_are_found_where_the_markup_has_none() -> None:
    node = json_ld(ARTICLE | {"articleBody": TEXT})
    assert parse_page_text(page(node, body="<div id='root'></div>")).text == TEXT
    script = f"<script>window.state = {json.dumps({'html': BODY})}</script>"
    assert parse_page_text(page(body=f"<div id='root'></div>{script}")).text == TEXT


@pytest.mark.parametrize("depth", [300, 5_000])
def test_deep_nesting_costs_no_text(depth: int) -> None:
    assert PARAGRAPHS[0] in parse_page_text(page(body="<div>" * depth + BODY)).text


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "no_article_text"),
        (b" \n ", "no_article_text"),
        (page(body="<p>Enable JavaScript.</p>").encode(), "no_article_text"),
        (b"<html>" + b" " * 5_000_000, "too_large"),
        (f"<p {' '.join(f'a{n}=1' for n in range(10_100))}>".encode(), "too_large"),
        (f"<p {' '.join(f'a{n}' for n in range(10_100))}>".encode(), "too_large"),
        (b"\x89PNG\r\n" + bytes(range(32)) * 100, "not_text"),
    ],
)
def test_a_page_without_an_article_has_a_reason(source: bytes, reason: str) -> None:
    with pytest.raises(UnusableError) as error:
        parse_page(source)
    assert error.value.reason == reason


def test_a_long_attribute_is_one_attribute() -> None:
    data = json.dumps({f"key{n}": "a = b" for n in range(11_000)}).replace('"', "&quot;")
    assert parse_page_text(page(body=f'<div data-state="{data}"></div>' + BODY)).text == TEXT


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_the_charset_of_the_header_counts(charset: str) -> None:
    sentence = "Министр иностранных дел приняла посла Норландии и обсудила с ним торговлю. "
    source = page(body=f"<article><p>{sentence * 3}</p></article>", html="<html lang='ru'>")
    assert parse_page(source.encode(charset), charset).text == (sentence * 3).strip()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One <b>bo</b>ld, <i>two</i>.</p><p>Three</p>", "One bold, two.\n\nThree"),
        ("One<br/>two<br>three", "One\n\ntwo\n\nthree"),
        ("<div>A<div>B</div>C</div>", "A\n\nB\n\nC"),
        ("<p>a\n   b&nbsp;c &amp; d</p>", "a b c & d"),
        ("<p>a</p><script>x()</script><style>p{}</style><!-- no -->", "a"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_fragments(source: str, text: str) -> None:
    assert parse_fragment(source) == text


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("EN_us", "en-US"),
        ("zh-Hans-CN", "zh"),
        ("sr-Latn", "sr"),
        ("es-419", "es-419"),
        ("english", None),
        ("", None),
        (None, None),
    ],
)
def test_language_tags(tag: str | None, expected: str | None) -> None:
    assert normalize_language(tag) == expected
