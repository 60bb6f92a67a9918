"""What the seeds know of pages, compiled: publishers' selectors, and signs of pages of no article.

It comes to the readers as an argument; `NO_RULES` knows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .publishers import Publisher, build_publishers

KINDS = ("error", "consent", "paywall")


@dataclass(frozen=True, slots=True)
class PageRules:
    """Rows of publishers.csv and page_signs.csv; signs are in lower case."""

    publishers: tuple[Publisher, ...] = ()
    errors: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    paywalls: tuple[str, ...] = ()


NO_RULES = PageRules()


def build_page_rules(
    publishers: Sequence[Mapping[str, str]], signs: Sequence[Mapping[str, str]]
) -> PageRules:
    """Compile the rows. Raises PublisherError for a bad selector, ValueError for a bad kind."""
    unknown = sorted({row["kind"] for row in signs} - set(KINDS))
    if unknown:
        raise ValueError(f"page_signs: unknown kind {unknown[0]!r}, known are {', '.join(KINDS)}")
    errors, consent, paywalls = (
        tuple(row["sign"].lower() for row in signs if row["kind"] == kind) for kind in KINDS
    )
    return PageRules(build_publishers(publishers), errors, consent, paywalls)
