"""A dataset of one article with a row or two in every table, and how to publish and ask it."""

import hashlib
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.countries import countries
from transforms.records import (
    Article,
    Event,
    Meeting,
    Miss,
    Participant,
    SourceRun,
    Span,
    Statement,
)
from warehouse.database import build_database, database_path
from warehouse.parquet import to_table
from warehouse.query import run_query
from warehouse.schemas import table_name
from warehouse.snapshot import Snapshot, publish

TEXT = (
    "BAKU, March 5. Defense Minister Ilqar Quluzadə received 🤝 Nino Tvaladze.\n\n"
    "“We agree,” he said. “Fully.”"
)
ARTICLE = Article(
    article_id="a1",
    page_id="p1",
    source_id="feed",
    url="https://agency.example/1",
    publisher="Agency",
    title="Ministers meet",
    published_at=datetime(2020, 3, 5, 10, 0, 30, tzinfo=UTC),
    text=TEXT,
    text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    story_id="s1",
    raw_ref="r1",
    coder_version="1",
)
EVENT = Event(
    event_id="e1", kind="meeting", status="held", articles=1, publishers=1, coder_version="1"
)
MEETING = Meeting(
    meeting_id="m1",
    article_id="a1",
    event_id="e1",
    kind="meeting",
    status="held",
    date_start=date(2020, 3, 5),
    place="Baku",
    place_country="AZE",
    evidence_text=TEXT.splitlines()[0],
    confidence=0.9,
    coder_version="1",
)
HOST = Participant(
    meeting_id="m1",
    ordinal=1,
    name="Ilqar Quluzadə",
    mention="Ilqar Quluzadə",
    kind="person",
    role="Defense Minister",
    role_code="defense_minister",
    country="AZE",
    side="host",
    coder_version="1",
)
GUEST = Participant(
    meeting_id="m1",
    ordinal=2,
    name="Nino Tvaladze",
    mention="Nino Tvaladze",
    kind="person",
    country="GEO",
    coder_version="1",
)
STATEMENT = Statement(
    statement_id="s1",
    article_id="a1",
    meeting_id="m1",
    speaker_name="Ilqar Quluzadə",
    speaker_country="AZE",
    cue="said",
    speech_act="agree",
    form="direct",
    content="We agree, Fully.",
    sentence_text="“We agree,” he said. “Fully.”",
    confidence=0.8,
    coder_version="1",
)


def span(owner: str, field: str, ordinal: int, text: str) -> Span:
    start = TEXT.index(text)
    return Span(
        owner_id=owner,
        field=field,
        ordinal=ordinal,
        start=start,
        end=start + len(text),
        text=text,
        coder_version="1",
    )


SPANS = (
    span("m1", "participant", 1, "Ilqar Quluzadə"),
    span("m1", "participant", 2, "Nino Tvaladze"),
    span("s1", "content", 1, "We agree,"),
    span("s1", "content", 2, "Fully."),
    span("s1", "cue", 1, "said"),
)
MISS = Miss(
    article_id="a1", kind="statement", start=0, end=4, reason="no_speaker", coder_version="1"
)
ROWS = (ARTICLE, EVENT, MEETING, HOST, GUEST, STATEMENT, *SPANS, MISS)
RUN = SourceRun(
    source_id="feed",
    run_id="r1",
    started_at=datetime(2020, 3, 5, 11, tzinfo=UTC),
    fetched=2,
    new=1,
    unchanged=1,
    failed=0,
    coder_version="1",
)


def published(data: Path, *rows: Any) -> Snapshot:
    tables: dict[type, list[Any]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    changes = {(table_name(r), "2020-03"): to_table(r, kept) for r, kept in tables.items()}
    return publish(data, changes, "1", keep=False)


def built(data: Path, *rows: Any) -> list[str]:
    return [finding.check for finding in build_database(data, published(data, *rows), countries())]


def asked(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(database_path(data), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def answer(data: Path, sql: str, format: str) -> str:
    out = io.StringIO()
    run_query(data, sql, format, out)
    return out.getvalue()
