"""The order of rows: that of an exact sort, whatever their texts begin with."""

import random
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from warehouse.order import sorted_places

CHANCE = random.Random(8)
HASHES = [f"s{CHANCE.getrandbits(80):020x}" for _ in range(3_000)]
TEXTS: dict[str, list[str]] = {
    "hashes": HASHES,
    "begins alike": [f"s{CHANCE.getrandbits(4):08x}{n:012x}" for n in range(3_000)],
    "many of one": CHANCE.choices(HASHES[:40], k=3_000),
    "short and empty": ["", "a", "a\x00", "a\x00\x00", "ab", "b" * 8, "b" * 9, "b" * 7, ""],
    "beyond ASCII": ["é", "e", "ə", "漢字", "🤝", "\u200f", "z", "éa", "ÿ"],
    "one": ["a"],
    "none": [],
    "all empty": ["", "", ""],
}


def expected(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """By UTF-8 bytes, as sorted() does."""
    return sorted(rows, key=lambda row: tuple(v.encode() if isinstance(v, str) else v for v in row))


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("pieces", [1, 3])
def test_the_order_is_that_of_an_exact_sort(texts: list[str], pieces: int) -> None:
    rows = [(text, n % 7) for n, text in enumerate(texts)]
    table = pa.table({"id": pa.array(texts, pa.string()), "n": pa.array([n for _, n in rows])})
    step = len(rows) // pieces + 1
    parts = [table.slice(start, step) for start in range(0, len(rows) or 1, step)]
    order, alike = sorted_places(pa.concat_tables(parts), ["id", "n"])
    found = [rows[place] for place in order]
    assert found == expected(rows)
    assert sorted(order) == list(range(len(rows)))
    beside = {n for n in range(1, len(found)) if found[n] == found[n - 1]}
    assert beside <= set(alike.tolist())


def test_nulls_come_last() -> None:
    table = pa.table({"id": ["b", None, "a"], "n": [1, 2, 3]})
    assert sorted_places(table, ["id", "n"])[0].tolist() == [2, 0, 1]


def test_numbers_are_sorted_too() -> None:
    table = pa.table({"n": [3, None, -1], "id": ["a", "b", "c"]})
    assert sorted_places(table, ["n", "id"])[0].tolist() == [2, 0, 1]
