"""Stata's .dta, format 118 (Stata 14 and later), one file a table.

Text up to 2,045 bytes is a fixed string, longer text a strL; null text is the empty string, which
is Stata's own missing text. Days are %td, instants %tc in UTC, booleans bytes of 0 and 1. Every
variable carries its meaning as label, cut to the 80 characters that Stata allows.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from transforms.records import Field

from .source import Dataset

_STRL, _DOUBLE, _LONG, _BYTE = 32768, 65526, 65528, 65530
_WIDEST = 2045  # bytes of a fixed string
_LABEL = 80  # characters
_NO_LONG, _NO_BYTE = 2147483621, 101  # the value "."
_NO_DOUBLE = struct.unpack("<d", bytes.fromhex("000000000000e07f"))[0]
_LARGEST_LONG = 2147483620
_EPOCH = date(1960, 1, 1)
_EPOCH_MILLISECONDS = -315619200000  # from 1970
_PIECE = 10_000  # rows packed at once


@dataclass(frozen=True, slots=True)
class _Variable:
    """A column as Stata stores it: its type code, display format, and struct code."""

    field: Field
    type: int
    format: str
    code: str


def write_stata_files(dataset: Dataset, folder: Path) -> None:
    """FOLDER/TABLE.dta for every table."""
    for table in dataset.tables:
        write_stata(dataset, table, folder / f"{table}.dta")


def write_stata(dataset: Dataset, table: str, path: Path) -> None:
    """One table as one .dta file; it is read twice, first for the widths of its texts."""
    variables = _variables(dataset, table)
    with path.open("wb") as out, tempfile.TemporaryFile(dir=path.parent) as long_texts:
        _File(out, long_texts, variables).write(dataset, table)


def _variables(dataset: Dataset, table: str) -> list[_Variable]:
    fields = dataset.fields(table)
    widths = [0] * len(fields)
    for rows in dataset.batches(table):
        for place, column in enumerate(rows.columns):
            widths[place] = max(widths[place], _width(column))
    return [_variable(field, width) for field, width in zip(fields, widths, strict=True)]


def _width(column: pa.ChunkedArray) -> int:
    """Bytes of the longest text, or the largest number from 0 on."""
    if pa.types.is_string(column.type):
        column = pc.binary_length(column)
    elif pa.types.is_integer(column.type):
        column = pc.abs(column)
    else:
        return 0
    return int(pc.max(column).as_py() or 0)


def _variable(field: Field, width: int) -> _Variable:
    if field.type is str:
        if width > _WIDEST:
            return _Variable(field, _STRL, "%9s", "HHI")
        size = max(width, 1)
        return _Variable(field, size, f"%-{min(size, 40)}s", f"{size}s")
    if field.type is bool:
        return _Variable(field, _BYTE, "%8.0g", "b")
    if field.type is date:
        return _Variable(field, _LONG, "%tdCCYY-NN-DD", "i")
    if field.type is datetime:
        return _Variable(field, _DOUBLE, "%tcCCYY-NN-DD_HH:MM:SS", "d")
    if field.type is int and width <= _LARGEST_LONG:
        return _Variable(field, _LONG, "%12.0g", "i")
    return _Variable(field, _DOUBLE, "%10.0g", "d")


class _File:
    """One .dta file on its way out; `marks` are the offsets that its <map> holds."""

    def __init__(
        self, out: IO[bytes], long_texts: IO[bytes], variables: Sequence[_Variable]
    ) -> None:
        self._out = out
        self._long_texts = long_texts
        self._variables = variables
        self._marks: list[int] = [0]
        self._rows = 0

    def write(self, dataset: Dataset, table: str) -> None:
        self._header(dataset.rows(table), f"{table}. {dataset.label}")
        self._part("map", bytes(8 * 14))
        self._descriptors()
        self._part("characteristics", b"")
        self._mark()
        self._out.write(b"<data>")
        for rows in dataset.batches(table):
            for start in range(0, len(rows), _PIECE):
                self._out.write(self._packed(rows.slice(start, _PIECE)))
        self._out.write(b"</data>")
        self._mark()
        self._out.write(b"<strls>")
        self._long_texts.seek(0)
        while block := self._long_texts.read(1 << 20):
            self._out.write(block)
        self._out.write(b"</strls>")
        self._part("value_labels", b"")
        self._mark()
        self._out.write(b"</stata_dta>")
        self._mark()
        self._out.seek(self._marks[1] + len("<map>"))
        self._out.write(struct.pack("<14Q", *self._marks))

    def _mark(self) -> None:
        self._marks.append(self._out.tell())

    def _part(self, name: str, content: bytes) -> None:
        self._mark()
        self._out.write(f"<{name}>".encode() + content + f"</{name}>".encode())

    def _header(self, rows: int, label: str) -> None:
        told = label[:_LABEL].encode()
        self._out.write(
            b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>"
            + struct.pack("<H", len(self._variables))
            + b"</K><N>"
            + struct.pack("<Q", rows)
            + b"</N><label>"
            + struct.pack("<H", len(told))
            + told
            + b"</label><timestamp>\x00</timestamp></header>"
        )

    def _descriptors(self) -> None:
        each = self._variables
        self._part("variable_types", struct.pack(f"<{len(each)}H", *(v.type for v in each)))
        self._part("varnames", b"".join(_fixed(v.field.name, 129) for v in each))
        self._part("sortlist", bytes(2 * (len(each) + 1)))
        self._part("formats", b"".join(_fixed(v.format, 57) for v in each))
        self._part("value_label_names", bytes(129 * len(each)))
        labels = (_short(v.field.column.meaning) for v in each)
        self._part("variable_labels", b"".join(_fixed(label, 321) for label in labels))

    def _packed(self, rows: pa.Table) -> bytes:
        """The records of some rows; what is too long for them goes to the long texts."""
        columns = [
            self._values(number, variable, column.to_pylist())
            for number, (variable, column) in enumerate(
                zip(self._variables, rows.columns, strict=True), start=1
            )
        ]
        self._rows += len(rows)
        pack = struct.Struct("<" + "".join(v.code for v in self._variables)).pack
        flat = [columns[i] for i in range(len(columns))]
        return b"".join(
            pack(*(part for value in record for part in _parts(value)))
            for record in zip(*flat, strict=True)
        )

    def _values(self, number: int, variable: _Variable, values: list[Any]) -> list[Any]:
        if variable.type == _STRL:
            return [
                self._long_text(number, self._rows + row, value)
                for row, value in enumerate(values, start=1)
            ]
        if variable.type <= _WIDEST:
            return [_text(value) for value in values]
        convert, missing = _NUMBERS[variable.field.type]
        if variable.type == _DOUBLE and variable.field.type is int:
            missing = _NO_DOUBLE
        return [missing if value is None else convert(value) for value in values]

    def _long_text(self, number: int, row: int, value: str | None) -> tuple[int, int, int]:
        """What stands in the record for a strL: variable and row, in 2 and 6 bytes."""
        if value is None:
            return 0, 0, 0
        text = _text(value) + b"\x00"
        head = struct.pack("<IQBI", number, row, 130, len(text))
        self._long_texts.write(b"GSO" + head + text)
        return number, row & 0xFFFF, row >> 16


def _parts(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _text(value: str | None) -> bytes:
    """UTF-8; a NUL would end the text, so U+FFFD stands for it."""
    return (value or "").replace("\x00", "\ufffd").encode()


def _short(meaning: str) -> str:
    """A meaning as a label: cut after a word, with a mark, where it is too long."""
    if len(meaning) <= _LABEL:
        return meaning
    return meaning[: _LABEL - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _fixed(text: str, size: int) -> bytes:
    return text.encode()[: size - 1].ljust(size, b"\x00")


def _days(value: date) -> int:
    return (value - _EPOCH).days


def _milliseconds(value: datetime) -> float:
    return float(round(value.timestamp() * 1000) - _EPOCH_MILLISECONDS)


_NUMBERS: dict[type, tuple[Callable[[Any], Any], Any]] = {
    bool: (int, _NO_BYTE),
    int: (int, _NO_LONG),
    float: (float, _NO_DOUBLE),
    date: (_days, _NO_LONG),
    datetime: (_milliseconds, _NO_DOUBLE),
}
