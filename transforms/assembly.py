"""What many articles make together: duplicates, revisions, outcomes of input.

Pure and independent of order: the same articles give the same rows, whether they came in one run
or in many, in whatever order or batches. Articles are settled page by page (all versions of one
article share `page_id`), so new ones touch only the pages that they belong to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from .records import Article, Input

_NEVER = datetime.min.replace(tzinfo=UTC)


def settle_articles(articles: Iterable[Article]) -> list[Article]:
    """One row per article_id, each with its revision, sorted by article_id.

    `articles` must hold every version of each page that occurs in it. Of several records with the
    same text of the same page the one read first stays: local input before the network, then the
    earliest fetch, then by record id.
    """
    versions: dict[str, Article] = {}
    for article in articles:
        known = versions.get(article.article_id)
        if known is None or _precedence(article) < _precedence(known):
            versions[article.article_id] = article
    pages: dict[str, list[Article]] = defaultdict(list)
    for article in versions.values():
        pages[article.page_id].append(article)
    settled = [
        replace(article, revision=number)
        for page in pages.values()
        for number, article in enumerate(sorted(page, key=_appearance), 1)
    ]
    return sorted(settled, key=lambda article: article.article_id)


def _precedence(article: Article) -> tuple[datetime, str]:
    return article.fetched_at or _NEVER, article.raw_ref


def _appearance(article: Article) -> tuple[datetime, datetime, str]:
    """When a version appeared: by its own word, then by when it was fetched."""
    said = article.modified_at or article.published_at or article.fetched_at or _NEVER
    return said, article.fetched_at or _NEVER, article.text_sha256


def settle_inputs(inputs: Iterable[Input], in_use: Collection[str]) -> list[Input]:
    """Inputs with the outcome that follows from the articles: `in_use` are the raw_refs they name.

    A record that gave articles is a duplicate once every one of them is known from another record.
    """
    settled = []
    for row in inputs:
        if row.outcome in ("articles", "duplicate"):
            outcome = "articles" if row.raw_ref in in_use else "duplicate"
            row = row if row.outcome == outcome else replace(row, outcome=outcome)
        settled.append(row)
    return settled
