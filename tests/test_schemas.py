"""Schemas, comments and the codebook say of each column what records.py says."""

import dataclasses
from typing import Annotated

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from transforms import records
from transforms.records import ALL_TABLES, MISS_REASONS, TABLES, Column, Miss, Span
from warehouse import schemas
from warehouse.schemas import (
    UnknownTableError,
    arrow_schema,
    codebook,
    contract_version,
    ddl,
    describe,
    quoted,
)


def test_arrow_schema_holds_types_nulls_and_meanings() -> None:
    schema = arrow_schema(Span)
    assert schema.names == ["owner_id", "field", "ordinal", "start", "end", "text", "coder_version"]
    assert schema.field("start").type == pa.int64()
    assert not schema.field("start").nullable
    assert b"First code point" in schema.field("start").metadata[b"description"]
    assert schema.metadata[b"table"] == b"spans"


def test_times_are_utc_in_arrow() -> None:
    schema = arrow_schema(records.Article)
    assert schema.field("published_at").type == pa.timestamp("us", tz="UTC")
    assert schema.field("published_at").nullable


@pytest.mark.parametrize("table", ALL_TABLES)
def test_ddl_creates_and_comments_every_table(table: str) -> None:
    heads = (
        f'CREATE TABLE "{table}"',
        f'COMMENT ON TABLE "{table}"',
        f'COMMENT ON COLUMN "{table}".',
    )
    statements = [s for s in ddl() if s.startswith(heads)]
    assert statements[0].startswith(f'CREATE TABLE "{table}"')
    assert statements[1].startswith(f'COMMENT ON TABLE "{table}"')
    assert "Key: " in statements[1]
    assert len(statements) == 2 + len(describe(table))


def test_describe_gives_one_row_a_column() -> None:
    rows = {row.column: row for row in describe("misses")}
    assert list(rows) == ["article_id", "kind", "start", "end", "reason", "coder_version"]
    assert rows["reason"].values == ", ".join(MISS_REASONS)
    assert rows["start"].values is None
    assert {row.table for row in describe()} == set(ALL_TABLES)


def test_describe_names_the_tables_that_there_are() -> None:
    with pytest.raises(UnknownTableError, match=r"no table 'nope'; there are articles, meetings"):
        describe("nope")


@pytest.mark.parametrize("text, sql", [("plain", "'plain'"), ("it's", "'it''s'"), ("", "''")])
def test_quoted(text: str, sql: str) -> None:
    assert quoted(text) == sql


def test_codebook_defines_every_value_of_every_list() -> None:
    lines = set(codebook().splitlines())
    for record in TABLES.values():
        for field in records.fields_of(record):
            for value, definition in (field.column.values or {}).items():
                assert f"| `{value}` | {definition} |" in lines


def test_codebook_links_lead_to_headings() -> None:
    text = codebook()
    anchors = {schemas._anchor(line[4:]) for line in text.splitlines() if line.startswith("### ")}
    links = {part.split(")")[0] for part in text.split("](#")[1:]}
    assert links == anchors


def test_contract_version_changes_with_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    before = contract_version()

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Longer(Miss):
        remark: Annotated[str | None, Column("New.")] = None

    monkeypatch.setitem(TABLES, "misses", Longer)
    assert contract_version() != before
