"""Pages that are no article are told by what they are; short articles are kept."""

from __future__ import annotations

import pytest

from transforms.cleaning import UnusableError
from transforms.pages import parse_page_text

NOTE = "The foreign ministers of Freeland and Norland met in Sofia on Monday and spoke of trade."
LINKS = "".join(
    f"<li><a href='/{n}'>Ministers of Freeland and Norland speak of trade, matter {n}</a></li>"
    for n in range(40)
)


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
