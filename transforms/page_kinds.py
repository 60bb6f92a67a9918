"""Pages that are no article: consent, paywall, error, lists of links. Each has its reason.

Pages of some length are no consent and no error pages: articles about cookies or about a page not
found are long. Signs are looked for in what such pages show largest, their title and headings, and
for consent and paywalls in their text; a list of links is one whose lines are links. What a paywall
shows unpaid is kept as the article, marked as not free, unless it is next to nothing. The signs are
rows of seeds/page_signs.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from .cleaning import UnusableError, normalize_line
from .page_facts import Facts
from .page_rules import PageRules

LITTLE = 600  # characters
_NOTHING = 80  # characters: a caption or an error message
_MOST_LINKED = 0.7  # share of a text's characters in lines that are links
_FEWEST_LINES = 8
_MUCH = 0.6  # share of its characters
_SPACE = re.compile(r"\s+")
_PARTS = re.compile(r" *(?:[|•·:»–—]| - ) *")


def check_kind(tree: HtmlElement, says: Facts, text: str, rules: PageRules) -> None:
    """Raise UnusableError for a page that is known for no article, or has no text."""
    detail = normalize_line(" | ".join(says.titles[:1]))[:200] or None
    if len(text) < LITTLE:
        largest = " | ".join([*says.titles, *says.headings]).lower()
        if any(_names(part, rules.errors) for part in _PARTS.split(largest)):
            raise UnusableError("error_page", detail)
        if any(sign in f"{largest} {text.lower()}" for sign in rules.consent):
            raise UnusableError("consent_page", detail)
        if len(text) < _NOTHING and is_paywalled(tree, text, rules):
            raise UnusableError("paywall", detail)
    if _is_listing(tree, says, text):
        raise UnusableError("listing_page", detail)
    if len(text) < _NOTHING:
        raise UnusableError("no_article_text", f"{len(text)} characters of text found")


def _names(part: str, signs: Iterable[str]) -> bool:
    """Whether a sign makes up much of a title's part: "Crossing forbidden" may be news."""
    return any(sign in part and len(sign) >= _MUCH * len(part) for sign in signs)


def is_paywalled(tree: HtmlElement, text: str, rules: PageRules) -> bool:
    """Whether a page of little text tells its readers to pay for the rest."""
    if len(text) >= 2 * LITTLE:
        return False
    body = _SPACE.sub(" ", tree.text_content()[: 50 * LITTLE]).lower()
    return any(sign in body for sign in rules.paywalls)


def _is_listing(tree: HtmlElement, says: Facts, text: str) -> bool:
    """Whether the text of a page that does not call itself an article is made of its links."""
    kind = str(says.article.get("@type", ""))
    lines = text.split("\n\n")
    if "Article" in kind or "article" in says.metas.get("og:type", "").lower():
        return False
    if len(lines) < _FEWEST_LINES:
        return False
    links = {normalize_line(link.text_content()) for link in tree.iter("a")}
    linked = sum(len(line) for line in lines if line.removeprefix("- ") in links)
    return linked > _MOST_LINKED * len(text)
