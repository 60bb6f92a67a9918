"""What an extractor left out of a page is seen, and put back where it belongs."""

from __future__ import annotations

import pytest
from lxml.html import document_fromstring

from transforms.paragraphs import Paragraphs, drop_unread, find_paragraphs

FIRST = "The foreign minister of Freeland, Marta Vance, received the ambassador of Norland today."
SECOND = "The ambassador thanked her for the talks and invited her to Norland for the next spring."
THIRD = "Both sides agreed to open two more border posts before the end of the year, she added."
TEASER = "Elsewhere in the news a bridge was opened by the mayor of a town beyond the river Elba."
LINKS = "<a href='/x'>Read what happened at the last talks of the two ministers in the capital</a>"


def found(body: str) -> Paragraphs:
    return find_paragraphs(document_fromstring(f"<html><body>{body}</body></html>"))


def box(*texts: str, name: str = "story") -> str:
    return f"<div class='{name}'>" + "".join(f"<p>{text}</p>" for text in texts) + "</div>"


@pytest.mark.parametrize(
    "body",
    [
        f"<nav>{box(FIRST)}</nav>",
        f"<footer>{box(FIRST)}</footer>",
        f"<figure><figcaption><p>{FIRST}</p></figcaption></figure>",
        f"<p class='caption'>{FIRST}</p>",
        f"<p>{LINKS}: {'x' * 20}</p>",
        "<p>Too short to tell.</p>",
    ],
)
def test_what_is_no_solid_paragraph(body: str) -> None:
    assert not found(body).items


def test_the_share_that_a_text_holds() -> None:
    page = found(box(FIRST, SECOND))
    assert page.share_in(f"{FIRST}\n\n{SECOND}") == 1.0
    assert page.share_in(FIRST.replace(" ", "\n")) == pytest.approx(
        len(FIRST) / (len(FIRST) + len(SECOND))
    )
    assert page.share_in("Home\n\nWorld\n\nSports") == 0.0


def test_a_page_with_no_paragraphs_is_judged_by_its_lines() -> None:
    page = found(f"<div>{FIRST}</div>")
    assert page.share_in(FIRST) == 1.0
    assert page.share_in("Home\n\nWorld\n\nSports") == 0.0
    assert page.share_in("") == 0.0


def test_a_paragraph_left_out_among_kept_ones_is_put_back_in_its_place() -> None:
    page = found(box(FIRST, SECOND, THIRD) + box(TEASER, name="teaser"))
    assert page.restored(f"Head\n\n{FIRST}\n\n{THIRD}") == f"Head\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (box(FIRST, SECOND) + box(TEASER, name="teaser"), f"{FIRST}\n\n{SECOND}"),
        (f"<p>{FIRST}</p><p>{TEASER}</p>", FIRST),  # a box with no name says nothing
        (box(TEASER, FIRST, SECOND), f"{FIRST}\n\n{SECOND}"),  # before the text begins
        (box(FIRST), "Another text"),
        ("", "Another text"),
    ],
)
def test_what_is_not_put_back(body: str, text: str) -> None:
    assert found(body).restored(text) == text


def test_json_ld_survives_when_unread_tags_are_dropped() -> None:
    tree = document_fromstring(
        "<html><body><script>let a</script><script type='application/ld+json'>{}</script>"
        "<nav>Home</nav>tail<p>Text</p></body></html>"
    )
    drop_unread(tree)
    assert [tag.tag for tag in tree.iter()] == ["html", "body", "script", "p"]
    assert "".join(map(str, tree.itertext())) == "{}tailText"
