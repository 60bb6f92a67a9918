"""Pages that are no article: consent, paywall, error, lists of links. Each has its reason.

Pages of some length are no consent and no error pages: articles about cookies or about a page not
found are long. Signs are looked for in what such pages show largest, their title and headings, and
for consent and paywalls in their text; a list of links is one whose lines are links. What a paywall
shows unpaid is kept as the article, marked as not free, unless it is next to nothing.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from .cleaning import UnusableError, normalize_line
from .page_facts import Facts

LITTLE = 600  # characters
_NOTHING = 80  # characters: a caption or an error message
_MOST_LINKED = 0.7  # share of a text's characters in lines that are links
_FEWEST_LINES = 8
_ERRORS = (
    "404",
    "page not found",
    "not found",
    "page unavailable",
    "access denied",
    "403 forbidden",
    "forbidden",
    "error 50",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "something went wrong",
    "just a moment",
    "attention required",
    "are you a robot",
    "verify you are human",
    "seite nicht gefunden",
    "page introuvable",
    "página no encontrada",
    "страница не найдена",
    "sayfa bulunamadı",
)
_CONSENT = (
    "we use cookies",
    "we and our partners",
    "accept all cookies",
    "cookie settings",
    "cookie consent",
    "manage your privacy",
    "before you continue",
    "consent to the use",
    "verwenden cookies",
    "zustimmung",
    "nous utilisons des cookies",
    "utilizamos cookies",
    "используем файлы cookie",
)
_PAYWALL = (
    "subscribe to continue",
    "subscribe to read",
    "subscribers only",
    "for subscribers",
    "already a subscriber",
    "log in to continue",
    "sign in to read",
    "to continue reading",
    "start your free trial",
    "weiterlesen mit",
    "réservé aux abonnés",
    "exclusivo para suscriptores",
)
_SPACE = re.compile(r"\s+")


def check_kind(tree: HtmlElement, says: Facts, text: str) -> None:
    """Raise UnusableError for a page that is known for no article, or has no text."""
    detail = normalize_line(" | ".join(says.titles[:1]))[:200] or None
    if len(text) < LITTLE:
        largest = " | ".join([*says.titles, *says.headings]).lower()
        if any(sign in largest for sign in _ERRORS):
            raise UnusableError("error_page", detail)
        if any(sign in f"{largest} {text.lower()}" for sign in _CONSENT):
            raise UnusableError("consent_page", detail)
        if len(text) < _NOTHING and is_paywalled(tree, text):
            raise UnusableError("paywall", detail)
    if _is_listing(tree, says, text):
        raise UnusableError("listing_page", detail)
    if len(text) < _NOTHING:
        raise UnusableError("no_article_text", f"{len(text)} characters of text found")


def is_paywalled(tree: HtmlElement, text: str) -> bool:
    """Whether a page of little text tells its readers to pay for the rest."""
    if len(text) >= 2 * LITTLE:
        return False
    body = _SPACE.sub(" ", tree.text_content()[: 50 * LITTLE]).lower()
    return any(sign in body for sign in _PAYWALL)


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
