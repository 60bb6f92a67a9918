"""Rows to Parquet: exact round trips, refused breaches, bytes that depend on rows alone."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from transforms.records import Article, Event, Miss, Span
from warehouse import parquet
from warehouse.parquet import (
    ContractError,
    DamagedFileError,
    from_table,
    read_table,
    to_table,
    write_table,
)


def miss(number: int, **changes: Any) -> Miss:
    row: dict[str, Any] = {
        "article_id": f"a{number:04}",
        "kind": "statement",
        "start": number,
        "end": number + 4,
        "reason": "no_speaker",
        "coder_version": "1",
    }
    return Miss(**row | changes)


def article(number: int, published_at: datetime | None) -> Article:
    return Article(
        article_id=f"a{number}",
        page_id=f"p{number}",
        source_id="local",
        text="Zürich, “talks” \u200f🤝\x00.",
        text_sha256="0",
        story_id="s",
        raw_ref="r",
        published_at=published_at,
        coder_version="1",
    )


def event(**changes: Any) -> Event:
    row: dict[str, Any] = {
        "event_id": "e",
        "kind": "meeting",
        "status": "held",
        "articles": 1,
        "publishers": 1,
        "coder_version": "1",
    }
    return Event(**row | changes)


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [
        article(1, datetime(2020, 3, 5, 10, 0, 30, tzinfo=UTC)),
        article(2, datetime(2020, 3, 5, 14, 1, tzinfo=timezone(timedelta(hours=4)))),
        article(3, None),
    ]
    write_table(tmp_path / "x.parquet", to_table(Article, rows))
    back = from_table(Article, read_table(tmp_path / "x.parquet"))
    assert back == rows
    assert back[1].published_at.utcoffset() == timedelta(0)


def test_articles_are_sorted_by_time_then_id_undated_last(tmp_path: Path) -> None:
    noon = datetime(2020, 3, 5, 12, tzinfo=UTC)
    rows = [article(4, None), article(3, noon), article(9, noon - timedelta(1)), article(1, noon)]
    write_table(tmp_path / "x.parquet", to_table(Article, rows))
    found = read_table(tmp_path / "x.parquet", ["article_id"])
    assert found.column("article_id").to_pylist() == ["a9", "a1", "a3", "a4"]


def test_bytes_depend_on_rows_alone(tmp_path: Path) -> None:
    rows = [miss(n) for n in range(3_000)]
    whole = to_table(Miss, rows)
    random.Random(5).shuffle(rows)
    pieces = pa.concat_tables([to_table(Miss, rows[:7]), to_table(Miss, rows[7:])])
    write_table(tmp_path / "whole", whole)
    write_table(tmp_path / "pieces", pieces)
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "pieces").read_bytes()


def test_so_much_text_that_offsets_are_wide_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [miss(n) for n in range(25_000)]
    random.Random(5).shuffle(rows)
    write_table(tmp_path / "narrow", to_table(Miss, rows))
    monkeypatch.setattr(parquet, "_NARROW", 0)
    write_table(tmp_path / "wide", to_table(Miss, rows))
    assert (tmp_path / "narrow").read_bytes() == (tmp_path / "wide").read_bytes()


def test_many_rows_make_row_groups_of_one_size(tmp_path: Path) -> None:
    table = to_table(Miss, [miss(1)])
    count = 122_880 + 10
    columns = [pa.array(["a"] * count), pa.array(["statement"] * count)]
    columns += [pa.array(range(count), pa.int64())] * 2
    columns += [pa.array(["negated"] * count), pa.array(["1"] * count)]
    write_table(tmp_path / "x", pa.Table.from_arrays(columns, schema=table.schema))
    metadata = pq.ParquetFile(tmp_path / "x").metadata
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [122_880, 10]
    assert metadata.row_group(0).column(0).compression == "ZSTD"


def test_long_texts_have_neither_dictionary_nor_bounds(tmp_path: Path) -> None:
    rows = [replace(article(n, None), text="Talks went on. " * 20 + str(n)) for n in range(9)]
    write_table(tmp_path / "x", to_table(Article, rows))
    group = pq.ParquetFile(tmp_path / "x").metadata.row_group(0)
    chunks = {c.path_in_schema: c for c in map(group.column, range(group.num_columns))}
    assert not chunks["text"].has_dictionary_page and not chunks["text"].is_stats_set
    assert chunks["source_id"].has_dictionary_page and chunks["source_id"].is_stats_set
    assert not chunks["article_id"].has_dictionary_page and chunks["article_id"].is_stats_set


BREACHES = [
    (Miss, miss(1, reason=None), r"misses\.reason: null"),
    (Miss, miss(1, start="one"), r"misses\.start: "),
    (Miss, miss(1, start=None), r"misses\.start: null"),
    (Miss, miss(1, kind="\ud800"), r"misses\.kind: "),
    (Event, event(date_start="2020-03-05"), r"events\.date_start: "),
    (Event, event(first_reported_at=datetime(2020, 3, 5)), r"first_reported_at: .* without a zone"),
]


@pytest.mark.parametrize("record, row, message", BREACHES)
def test_breaches_name_their_column(record: type, row: Any, message: str) -> None:
    with pytest.raises(ContractError, match=message):
        to_table(record, [row])


def test_a_key_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"misses: the key \(a0002, statement, 2, 6\)"):
        write_table(tmp_path / "x", to_table(Miss, [miss(2), miss(1), miss(2)]))


def test_a_null_that_slipped_in_is_refused(tmp_path: Path) -> None:
    table = to_table(Miss, [miss(1)])
    nulls = pa.nulls(1, pa.string())
    table = table.set_column(4, table.schema.field("reason"), nulls)
    with pytest.raises(ContractError, match=r"misses\.reason: null"):
        write_table(tmp_path / "x", table)


def test_another_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="not the contract's columns"):
        write_table(tmp_path / "x", to_table(Miss, []).drop_columns(["reason"]))
    with pytest.raises(ContractError, match="a table with no name"):
        write_table(tmp_path / "x", pa.table({"a": [1]}))


def test_no_rows_keep_their_columns(tmp_path: Path) -> None:
    write_table(tmp_path / "x", to_table(Span, []))
    assert read_table(tmp_path / "x").schema.equals(to_table(Span, []).schema, check_metadata=True)


def test_some_columns_are_read(tmp_path: Path) -> None:
    write_table(tmp_path / "x", to_table(Event, [event(date_start=date(2020, 3, 5))]))
    assert read_table(tmp_path / "x", ["date_start"]).to_pylist() == [
        {"date_start": date(2020, 3, 5)}
    ]


def test_a_flipped_bit_in_the_data_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_table(path, to_table(Miss, [miss(n) for n in range(2_000)]))
    start = pq.ParquetFile(path).metadata.row_group(0).column(2).data_page_offset
    whole = bytearray(path.read_bytes())
    whole[start + 200] ^= 1
    path.write_bytes(whole)
    with pytest.raises(DamagedFileError, match="x: "):
        read_table(path)


@pytest.mark.parametrize("content", [None, b"", b"PAR1 but no more", b"PAR1PAR1"])
def test_what_is_no_parquet_is_damaged(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "x").write_bytes(content)
    with pytest.raises(DamagedFileError):
        read_table(tmp_path / "x")
