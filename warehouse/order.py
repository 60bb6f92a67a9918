"""The order of a table's rows, by its key.

Ids are hashes: their first bytes tell nearly all of them apart, and as numbers they are sorted
several times faster than as text. Rows that these bytes don't tell apart (rows of one owner, and
the few ids that begin alike) are then sorted exactly, by all that they are sorted by.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

_BYTES = 8  # of a text, as one number

Numbers = np.ndarray[tuple[int], np.dtype[np.uint64]]
Places = np.ndarray[tuple[int], np.dtype[np.int64]]


def sorted_places(table: pa.Table, by: Sequence[str]) -> tuple[Places, Places]:
    """Places of the rows in ascending order, text by its UTF-8 bytes, null last.

    With them, where in that order rows stand that may be equal in `by`, in order: those equal stand
    side by side there.
    """
    first = table.column(by[0])
    if not pa.types.is_string(first.type) or first.null_count or not len(first):
        return _exact(table, by), np.arange(table.num_rows)
    numbers = _leading(first)
    order = np.argsort(numbers)
    alike = _alike(numbers[order])
    order[alike] = order[alike][_exact(table.select(list(by)).take(order[alike]), by)]
    return order, alike


def _exact(table: pa.Table, by: Sequence[str]) -> Places:
    keys = [(column, "ascending", "at_end") for column in by]
    order = pc.sort_indices(table.select(list(by)), sort_keys=keys)
    return np.array(order, np.int64)


def _alike(numbers: Numbers) -> Places:
    """Places in a sorted array of what is there more than once."""
    same = numbers[1:] == numbers[:-1]
    twice = np.zeros(len(numbers), bool)
    twice[1:] |= same
    twice[:-1] |= same
    return np.flatnonzero(twice)


def _leading(texts: pa.ChunkedArray) -> Numbers:
    """The first bytes of each text after those that all have in common, as numbers."""
    ends = pc.min_max(texts).as_py()
    common = os.path.commonprefix([ends["min"].encode(), ends["max"].encode()])
    return np.concatenate([_numbers(chunk, len(common)) for chunk in texts.chunks])


def _numbers(texts: pa.Array, skipped: int) -> Numbers:
    """Eight bytes of each text from `skipped` on, the first one weighing most, 0 after its end."""
    numbers = np.zeros(len(texts), np.uint64)
    _, offsets, content = texts.buffers()
    if content is None or not content.size:
        return numbers
    values = np.frombuffer(content, np.uint8)
    starts = np.frombuffer(offsets, np.int32, len(texts) + 1, texts.offset * 4)
    first, end = starts[:-1].astype(np.int64) + skipped, starts[1:]
    for place in range(_BYTES):
        read = values[np.minimum(first + place, len(values) - 1)]
        numbers = (numbers << np.uint64(8)) | np.where(first + place < end, read, np.uint8(0))
    return numbers
