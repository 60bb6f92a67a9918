"""Addresses of one page come to one name, and those of two pages to two."""

from __future__ import annotations

import pytest

import seeds
from transforms.addresses import address_key, canonical_address

ROWS = seeds.read("addresses")
A = "https://www.courier.example/2020/talks"


def key(url: str, rows: list[dict[str, str]] = ROWS) -> str:
    address = canonical_address(url, rows)
    assert address is not None
    assert canonical_address(address, rows) == address  # once is enough
    return address_key(address, rows)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']} {row['name']}")
def test_every_row_merges_its_example_and_nothing_like_it(row: dict[str, str]) -> None:
    assert key(row["example"]) == key(row["same_as"])
    assert key(row["unlike"]) != key(row["same_as"])
    others = [other for other in ROWS if other is not row]
    assert key(row["example"], others) != key(row["same_as"], others)  # it is needed


@pytest.mark.parametrize(
    "url",
    [
        "http://www.courier.example/2020/talks",
        "https://www.courier.example:443/2020/talks",
        "http://www.courier.example:80/2020/talks",
        "https://WWW.Courier.Example/2020/talks",
        "https://www.courier.example./2020/talks",
        "https://www.courier.example/2020//talks",
        "https://www.courier.example/2020/talks#top",
        "https://www.courier.example/2020/talks?",
        "https://www.courier.example/2020/talks?utm_source=x&utm_medium=rss",
        "https://www.courier.example/2020/talks?fbclid=1&gclid=2",
        "https://m.courier.example/amp/2020/talks/?CMP=x&jsessionid=7#comments",
        "https://www.google.com/amp/s/amp.courier.example/2020/talks",
    ],
)
def test_one_page(url: str) -> None:
    assert key(url) == key(A)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.courier.example/2020/Talks",
        "https://www.courier.example/2020/talks-2",
        "https://www.courier.example/en/2020/talks",
        "https://www.courier.example/2020/talks?page=2",
        "https://www.courier.example/2020/talks?lang=en",
        "https://www.courier.example/2020/talks?id=7",
        "https://www.courier.example/2020/talks#!/part/2",
        "https://www.courier.example:8443/2020/talks",
        "https://news.courier.example/2020/talks",
        "https://www.courier.example.org/2020/talks",
        "https://www.courier.example/talks",
    ],
)
def test_two_pages(url: str) -> None:
    assert key(url) != key(A)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example/show?id=7", "https://a.example/show?id=8"),
        ("https://a.example/?p=7", "https://a.example/?p=8"),
        ("https://a.example/index.php?p=7", "https://a.example/index.php?p=8"),
        ("https://m.example/a", "https://www.example/a"),  # hosts of two labels, nothing to cut
        ("https://www.gov.example/a", "https://www.gov2.example/a"),
    ],
)
def test_pairs_of_pages(first: str, second: str) -> None:
    assert key(first) != key(second)


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("http://m.courier.example/a/?cmpid=1&b=2", "http://m.courier.example/a/?b=2"),
        ("https://www.courier.example/a/amp/", "https://www.courier.example/a/"),
        ("https://www.courier.example/", "https://www.courier.example/"),
        ("https://www.courier.example", "https://www.courier.example"),
        ("https://www.google.com/amp/", "https://www.google.com/amp/"),
        ("https://a.example/x%3Bjsessionid=1/y?z=3", "https://a.example/x/y?z=3"),
        ("no address", None),
        ("http://[", None),
    ],
)
def test_what_is_printed_leads_to_the_page(url: str, printed: str | None) -> None:
    assert canonical_address(url, ROWS) == printed


def test_an_unknown_kind_is_told() -> None:
    with pytest.raises(ValueError, match="unknown kind 'cookie', known are parameter"):
        canonical_address(A, [{"kind": "cookie", "name": "a", "value": ""}])
