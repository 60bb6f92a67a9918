"""Selectors of publishers: each row works in its example, holds for its days, or says why not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import seeds
from flows.settings import page_rules
from transforms.page_rules import build_page_rules
from transforms.pages import parse_page_text
from transforms.publishers import PublisherError, build_publishers

EMPTY = dict.fromkeys("body drop title date valid_from valid_until".split(), "")
FIRST = "The delegation of Freeland arrived in Norland on Monday, the ministry said in a statement."
SECOND = "Both sides met in Sofia and spoke of trade and energy for two hours, the ministry said."
OTHER = "Another article of this site, which has nothing to do with the one that stands above it."
DAY = '<meta property="article:published_time" content="{}">'


def row(host: str = "courier.example", **cells: str) -> dict[str, str]:
    return {"host": host, **EMPTY, **cells}


def text_of(source: str, *rows: dict[str, str], url: str = "https://www.courier.example/a") -> str:
    return parse_page_text(source, url, rules=build_page_rules(rows, [])).text


def page(*blocks: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{''.join(blocks)}</article></body></html>"


P1, P2, BOX = f"<p>{FIRST}</p>", f"<p>{SECOND}</p>", f'<div class="box"><p>{OTHER}</p></div>'


@pytest.mark.parametrize("known", seeds.read("publishers"), ids=lambda known: known["host"])
def test_every_row_works_in_its_example(known: dict[str, str]) -> None:
    day = known["valid_until"] or known["valid_from"]
    head = DAY.format(day) if day else ""
    source = f"<html><head>{head}</head><body>{known['example']}</body></html>"
    url = f"https://www.{known['host']}/2020/article"
    plain = parse_page_text(source, url)
    read = parse_page_text(source, url, rules=page_rules())
    column = "title" if known["title"] else "text"
    assert str(getattr(read, column)).replace("\n\n", " | ") == known["gives"]
    if column == "text":
        assert known["gives"] != plain.text.replace("\n\n", " | ")


def test_boxes_are_dropped_and_the_paragraphs_around_them_stay() -> None:
    source = page(P1, BOX, P2)
    assert OTHER in text_of(source)
    assert text_of(source, row(drop=".box")) == f"{FIRST}\n\n{SECOND}"


def test_the_boxes_of_the_body_are_taken_in_their_order_and_once() -> None:
    source = f'<div class="b">{P2}<div class="b">{P1}</div></div><div>{BOX}</div>'
    assert text_of(source, row(body=".b")) == f"{SECOND}\n\n{FIRST}"


def test_headline_and_date_come_from_their_elements() -> None:
    source = page(
        "<h2>Talks go on</h2><span class='when'>5 March 2020</span>", P1, P2,
        head="<title>Courier: all the news</title>" + DAY.format("2021-01-01"),
    )  # fmt: skip
    rules = build_page_rules([row(title="h2", date=".when")], [])
    read = parse_page_text(source, "https://courier.example/a", rules=rules)
    assert (read.title, read.published_basis) == ("Talks go on", "meta")
    assert read.published_at == datetime(2020, 3, 5, tzinfo=UTC)


def test_a_row_that_finds_nothing_changes_nothing() -> None:
    lost = row(body=".gone", drop=".gone", title=".gone", date=".gone")
    assert text_of(page(P1, P2), lost) == text_of(page(P1, P2))


@pytest.mark.parametrize(
    ("url", "is_known"),
    [
        ("https://courier.example/a", True),
        ("https://news.courier.example/a", True),
        ("https://mycourier.example/a", False),
        ("https://courier.example.org/a", False),
    ],
)
def test_a_row_is_about_a_host_and_its_subdomains(url: str, is_known: bool) -> None:
    assert (OTHER not in text_of(page(P1, BOX, P2), row(drop=".box"), url=url)) is is_known


@pytest.mark.parametrize(
    ("day", "first", "last", "holds"),
    [
        ("2020-03-05", "", "", True),
        ("2020-03-05", "2020-03-05", "2020-03-05", True),
        ("2020-03-05", "2020-03-06", "", False),
        ("2020-03-05", "", "2020-03-04", False),
        (None, "2020-03-06", "", True),  # a page of no day is a new one
        (None, "", "2020-03-04", False),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(
    day: str | None, first: str, last: str, holds: bool
) -> None:
    (known,) = build_publishers([row(drop=".box", valid_from=first, valid_until=last)])
    moment = datetime.fromisoformat(day).date() if day else None
    assert known.holds("courier.example", moment) is holds


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"drop": "p:has("}, r"publishers, courier.example, drop 'p:has\(': "),
        ({"body": "div["}, r"publishers, courier.example, body 'div\[': "),
        ({"title": "h1::text"}, "publishers, courier.example, title 'h1::text': "),
        ({"drop": ".a", "valid_from": "March"}, "valid_from 'March': no day"),
        ({}, "publishers, courier.example: no selector"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_host_and_column(
    cells: dict[str, str], message: str
) -> None:
    with pytest.raises(PublisherError, match=message):
        build_page_rules([row(**cells)], [])
