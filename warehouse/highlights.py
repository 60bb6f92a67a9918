"""A first look at what the database holds: some of its meetings and statements, for the eye."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .query import fetch_rows

_MEETINGS = """
SELECT
    date_start,
    kind,
    status,
    place,
    participants
FROM meetings_wide
ORDER BY published_at DESC NULLS LAST, confidence DESC, meeting_id
LIMIT $limit
"""
# Two statements an article at most: a long interview would otherwise fill the table.
_STATEMENTS = """
SELECT
    speaker,
    cue,
    content
FROM (
    SELECT
        concat_ws(', ', speaker_name, speaker_country) AS speaker,
        cue,
        content,
        published_at,
        confidence,
        statement_id,
        row_number() OVER (PARTITION BY article_id ORDER BY confidence DESC, statement_id) AS place
    FROM statements_wide
    WHERE speaker_name IS NOT NULL AND cue IS NOT NULL
) AS said
WHERE place <= 2
ORDER BY published_at DESC NULLS LAST, confidence DESC, statement_id
LIMIT $limit
"""
# On the tables themselves, whatever the views are: a run's account must not depend on them.
_NEW_MEETINGS = """
WITH parties AS (
    SELECT
        meeting_id,
        string_agg(name || coalesce(' (' || country || ')', ''), ' – ' ORDER BY ordinal) AS parties
    FROM participants
    GROUP BY meeting_id
)
SELECT
    m.date_start AS date,
    m.kind,
    m.status,
    p.parties,
    m.place,
    a.publisher,
    a.title,
    a.url
FROM meetings AS m
INNER JOIN articles AS a ON a.article_id = m.article_id
LEFT JOIN parties AS p ON p.meeting_id = m.meeting_id
WHERE list_contains($articles, m.article_id)
ORDER BY m.date_start DESC NULLS LAST, m.meeting_id
LIMIT $limit
"""


@dataclass(frozen=True, slots=True)
class Highlights:
    """Rows as column -> value: the latest meetings, and statements from the latest articles."""

    meetings: list[dict[str, Any]]
    statements: list[dict[str, Any]]


def read_highlights(data: Path, meetings: int, statements: int) -> Highlights:
    """At most so many meetings and statements of DATA/readout.duckdb. Raises QueryError."""
    return Highlights(
        fetch_rows(data, _MEETINGS, {"limit": meetings}),
        fetch_rows(data, _STATEMENTS, {"limit": statements}),
    )


def read_new_meetings(data: Path, articles: Collection[str], limit: int) -> list[dict[str, Any]]:
    """At most so many meetings that these articles report, the latest first. Raises QueryError."""
    if not articles:
        return []
    return fetch_rows(data, _NEW_MEETINGS, {"articles": sorted(articles), "limit": limit})
