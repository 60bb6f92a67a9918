"""Pages that are no article are told by what they are; short articles are kept."""

from __future__ import annotations

import pytest

import seeds
from flows.settings import page_rules
from transforms.cleaning import UnusableError
from transforms.page_rules import build_page_rules
from transforms.pages import Page
from transforms.pages import parse_page_text as parse

NOTE = "The foreign ministers of Freeland and Norland met in Sofia on Monday and spoke of trade."
LINKS = "".join(
    f"<li><a href='/{n}'>Ministers of Freeland and Norland speak of trade, matter {n}</a></li>"
    for n in range(40)
)


def parse_page_text(source: str) -> Page:
    """A page, read with what the seeds know."""
    return parse(source, rules=page_rules())


def page(body: str, title: str = "Courier", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (page(f"<h1>404</h1><p>{NOTE}</p>", "Page not found | Courier"), "error_page"),
        (page("<p>Checking your browser.</p>" * 4, "Just a moment..."), "error_page"),
        (page("<p>We and our partners store cookies and process data.</p>" * 3), "consent_page"),
        (page("<p>The ministers met.</p><div>Subscribe to continue reading</div>"), "paywall"),
        (page(f"<ul>{LINKS}</ul>"), "listing_page"),
        (page(""), "no_article_text"),
        (page("<p>A word.</p>"), "no_article_text"),
        ("", "no_article_text"),
        ("<!-- nothing -->", "no_article_text"),
    ],
)  # fmt: skip
def test_no_article(source: str, reason: str) -> None:
    with pytest.raises(UnusableError) as caught:
        parse_page_text(source)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "source",
    [
        page(f"<article><p>{NOTE}</p></article>"),
        page(f"<article><p>{NOTE * 4}</p></article><ul>{LINKS[:600]}</ul>"),
        page(f"<article><p>{NOTE * 8} The page was not found; we use cookies.</p></article>"),
    ],
)
def test_a_short_article_is_kept(source: str) -> None:
    assert NOTE in parse_page_text(source).text


@pytest.mark.parametrize(
    ("body", "is_free"),
    [
        (f"<article><p>{NOTE}</p></article><div>Subscribe to continue reading</div>", False),
        (f"<article><p>{NOTE}</p></article>", None),
        (
            f"<article><p>{NOTE * 20}</p></article><p>Articles for subscribers are elsewhere</p>",
            None,
        ),
    ],
)
def test_what_a_paywall_shows_is_kept_and_marked(body: str, is_free: bool | None) -> None:
    assert parse_page_text(page(body)).is_free is is_free


LITTLE = "<p>The desk of the Courier asks its readers to try once more in an hour.</p>"
REASONS = {"error": "error_page", "consent": "consent_page", "paywall": "paywall"}


def page_of(kind: str, sign: str) -> str:
    """A page that shows a sign as pages of its kind do."""
    if kind == "error":
        return page(LITTLE, sign)
    if kind == "consent":
        return page(f"{LITTLE}<p>{sign}</p>")
    return page(f"<p>The ministers met.</p><div>{sign}</div>")


@pytest.mark.parametrize("row", seeds.read("page_signs"), ids=lambda row: row["sign"])
def test_every_sign_tells_the_page_of_its_example(row: dict[str, str]) -> None:
    assert row["sign"] in row["example"].lower()
    with pytest.raises(UnusableError) as caught:
        parse_page_text(page_of(row["kind"], row["example"]))
    assert caught.value.reason == REASONS[row["kind"]]
    rules = build_page_rules([], [other for other in seeds.read("page_signs") if other != row])
    known = [*rules.errors, *rules.consent, *rules.paywalls]
    assert row["sign"] not in known  # no sign twice


@pytest.mark.parametrize(
    "title",
    [
        "Crossing into Norland forbidden for lorries from Monday | Courier",
        "Missing sailor of Freeland not found - Courier",
        "Minister takes the 404 to Parliament",
        "Freeland calls for a service unavailable elsewhere",
    ],
)
def test_a_short_article_whose_headline_has_a_sign_is_kept(title: str) -> None:
    assert NOTE in parse_page_text(page(f"<article><p>{NOTE}</p></article>", title)).text


def test_an_unknown_kind_of_sign_is_told() -> None:
    with pytest.raises(ValueError, match="unknown kind 'sorry', known are error, consent, paywall"):
        build_page_rules([], [{"sign": "x", "kind": "sorry"}])
