"""The contract as its consumers know it, written out: a renamed or dropped column fails here."""

from pathlib import Path

import duckdb
import pytest

from transforms.records import ALL_TABLES, SNAPSHOT_TABLES, TABLES, fields_of, key_of
from warehouse.schemas import (
    ARROW_TYPES,
    SQL_TYPES,
    arrow_schema,
    codebook,
    ddl,
    describe,
)

# Table: key, then the columns that consumers build on, in no order. More columns are welcome.
CONTRACT = {
    "articles": (
        "article_id",
        "article_id external_id source_id url canonical_url publisher title authors language "
        "published_at published_precision published_basis modified_at fetched_at agency "
        "dateline_place dateline_country dateline_date text text_sha256 story_id revision raw_ref",
    ),
    "meetings": (
        "meeting_id",
        "meeting_id article_id event_id kind status date_start date_end date_precision date_basis "
        "place place_country venue format topics outcomes cameo_code plover_mode reported_by "
        "evidence_text confidence",
    ),
    "participants": (
        "meeting_id ordinal",
        "meeting_id ordinal name mention kind role role_code organization country side "
        "is_delegation_head person_id",
    ),
    "statements": (
        "statement_id",
        "statement_id article_id meeting_id speaker_name speaker_mention speaker_kind speaker_role "
        "speaker_role_code speaker_organization speaker_country person_id cue cue_lemma speech_act "
        "form content addressee countries_mentioned said_on reported_by sentence_text confidence",
    ),
    "spans": ("owner_id field ordinal", "owner_id field ordinal start end text"),
    "events": (
        "event_id",
        "event_id kind status date_start date_end place place_country first_reported_at articles "
        "publishers",
    ),
    "misses": ("article_id kind start end", "article_id kind start end reason"),
    "quarantine": ("raw_ref ordinal", "raw_ref source_id url reason detail first_seen_at"),
    "sources": (
        "source_id run_id",
        "source_id run_id started_at fetched new unchanged failed reason",
    ),
}
# Column: type, and whether it may be null. Those whose change would break a consumer's code.
TYPES = {
    "articles.published_at": ("TIMESTAMP", True),
    "articles.fetched_at": ("TIMESTAMP", True),
    "articles.dateline_date": ("DATE", True),
    "articles.text": ("VARCHAR", False),
    "articles.revision": ("BIGINT", False),
    "meetings.date_start": ("DATE", True),
    "meetings.event_id": ("VARCHAR", False),
    "meetings.confidence": ("DOUBLE", False),
    "participants.ordinal": ("BIGINT", False),
    "participants.is_delegation_head": ("BOOLEAN", False),
    "statements.content": ("VARCHAR", False),
    "statements.speaker_name": ("VARCHAR", True),
    "statements.meeting_id": ("VARCHAR", True),
    "spans.start": ("BIGINT", False),
    "spans.end": ("BIGINT", False),
    "quarantine.first_seen_at": ("TIMESTAMP", True),
    "sources.started_at": ("TIMESTAMP", False),
}


@pytest.mark.parametrize("table", CONTRACT)
def test_columns_of_the_contract_are_there(table: str) -> None:
    key, columns = CONTRACT[table]
    names = {f.name for f in fields_of(ALL_TABLES[table])}
    assert set(columns.split()) <= names
    assert "coder_version" in names
    assert key_of(TABLES[table]) == tuple(key.split())


def test_tables_of_the_contract_are_there() -> None:
    assert set(CONTRACT) <= set(TABLES)
    assert set(TABLES) - set(SNAPSHOT_TABLES) == {"sources"}


@pytest.mark.parametrize("place", TYPES)
def test_types_of_the_contract(place: str) -> None:
    table, column = place.split(".")
    row = next(row for row in describe(table) if row.column == column)
    assert (row.type, row.nullable) == TYPES[place]


@pytest.mark.parametrize("table", ALL_TABLES)
def test_names_fit_stata(table: str) -> None:
    names = [table, *(f.name for f in fields_of(ALL_TABLES[table]))]
    assert [name for name in names if len(name) > 32 or not name.isidentifier()] == []


@pytest.mark.parametrize("table", ALL_TABLES)
def test_arrow_and_database_agree_with_the_records(table: str) -> None:
    with duckdb.connect() as connection:
        for statement in ddl():
            connection.execute(statement)
        found = connection.execute(
            "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
            "WHERE table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()
    schema = arrow_schema(ALL_TABLES[table])
    for field, arrow, column in zip(fields_of(ALL_TABLES[table]), schema, found, strict=True):
        name, sql_type, nullable, comment = column
        assert field.name == arrow.name == name
        assert (arrow.type, sql_type) == (ARROW_TYPES[field.type], SQL_TYPES[field.type])
        assert field.nullable == arrow.nullable == nullable
        assert arrow.metadata[b"description"].decode() == field.column.meaning
        assert comment.startswith(field.column.meaning)


def test_closed_lists_hold_short_words_with_definitions() -> None:
    for record in TABLES.values():
        for field in fields_of(record):
            for value, definition in (field.column.values or {}).items():
                assert value.replace("_", "").isalpha() and value.islower(), (field.name, value)
                assert definition.endswith((".", ".)")), (field.name, value)


def test_the_committed_codebook_is_the_contract() -> None:
    committed = Path(__file__).parent.parent / "CODEBOOK.md"
    assert committed.read_text(encoding="utf-8") == codebook(), (
        "run: python -m warehouse.schemas > CODEBOOK.md"
    )
