"""Tables of who held which office when, in the layouts that are usual in public, to one form.

Which header stands for which field is data (seeds/office_holder_columns.csv): Readout's own layout,
exports of Wikidata queries, EveryPolitician, OpenSanctions and lists of rulers. Of several columns
for one field the first of that table that has a usable value in the row counts; addresses and
numbers of Wikidata are ids and no names.

Countries may be ISO 3166-1 alpha-3 or alpha-2 codes or names that the seeds know. Dates may be
years or months: a start means the first day of it, an end the last. A row that can't be used is a
Problem with its line; nothing is left out silently.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .lexicon import Lexicon
from .records import ROLE_CODES

COLUMNS = ("person", "country", "role", "start", "end", "person_id", "aliases")
_NEEDED = ("person", "country", "role", "person_id")
_DATE = re.compile(r"\+?(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[0-9:.]*Z?)?")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_ENTITY = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q\d+)")
_LONGEST_CELL = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Holding:
    """One person in one office. `names` has the name first, then the aliases.

    `role` is the office as the table prints it, None where it gives a code alone; `role_code` is
    None for an office that Readout does not know. Start and end are None where they are open.
    """

    person_id: str
    names: tuple[str, ...]
    country: str
    role: str | None
    role_code: str | None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a whole table (line 1), that can't be used, and why."""

    line: int
    reason: str


def parse_office_holders(
    text: str, lexicon: Lexicon, country: str | None = None, role: str | None = None
) -> tuple[list[Holding], list[Problem]]:
    """Read a CSV table (comma, semicolon or tab) with a header in one of the known layouts.

    `country` and `role` stand in where the table has no such column.
    """
    rows = _rows(text)
    try:
        header = next(rows, None)
        if header is None:
            return [], [Problem(1, "the table is empty")]
        columns = _columns(header[1], lexicon)
        given = {"country": country, "role": role}
        missing = [f for f in _NEEDED if not columns[f] and not given.get(f)]
        if missing:
            return [], [Problem(1, f"no column for {', '.join(missing)} among the headers")]
        holdings: list[Holding] = []
        problems: list[Problem] = []
        for line, cells in rows:
            for found in _holdings(line, cells, columns, given, lexicon):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    holdings.append(found)
    except csv.Error as error:
        return [], [Problem(1, f"no CSV: {error}")]
    return holdings, problems


def write_office_holders(holdings: Sequence[Holding]) -> str:
    """The holdings as CSV in Readout's own layout, sorted, each once."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted({_cells(holding) for holding in holdings}))
    return out.getvalue()


def _cells(holding: Holding) -> tuple[str, ...]:
    return (
        holding.names[0],
        holding.country,
        holding.role or holding.role_code or "",
        holding.start.isoformat() if holding.start else "",
        holding.end.isoformat() if holding.end else "",
        holding.person_id,
        "; ".join(holding.names[1:]),
    )


# --- rows and columns ---------------------------------------------------------------------------


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row that is not blank."""
    head = text[:2_000].lstrip("\n\r").split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [cell.strip() for cell in cells]


def _columns(header: Sequence[str], lexicon: Lexicon) -> dict[str, list[int]]:
    """Field -> its columns, the preferred one first."""
    names = [name.strip().lower().replace(" ", "_") for name in header]
    columns: dict[str, list[int]] = {field: [] for field in COLUMNS}
    for row in lexicon.tables["office_holder_columns"]:
        columns[row["field"]] += [i for i, name in enumerate(names) if name == row["header"]]
    return columns


def _holdings(
    line: int,
    cells: Sequence[str],
    columns: Mapping[str, Sequence[int]],
    given: Mapping[str, str | None],
    lexicon: Lexicon,
) -> list[Holding | Problem]:
    """What one row says: a holding for each of its countries, or what is wrong with it."""
    if any(len(cell) > _LONGEST_CELL for cell in cells):
        return [Problem(line, f"a cell of over {_LONGEST_CELL:,} characters")]
    values = {field: _values(cells, columns[field]) for field in COLUMNS}
    for field, value in given.items():
        values[field] = values[field] or ([value] if value else [])
    names = [v for v in values["person"] if not _ENTITY.fullmatch(v)]
    values["person"] = names
    missing = [field for field in _NEEDED if not values[field]]
    if missing:
        return [Problem(line, f"no {', '.join(missing)}")]
    countries = _countries(values["country"], lexicon)
    if not countries:
        return [Problem(line, f"country {values['country'][0]!r} is not known")]
    try:
        start = _first_day(values["start"])
        end = _last_day(values["end"])
    except ValueError as error:
        return [Problem(line, str(error))]
    if start and end and end < start:
        return [Problem(line, f"it ends ({end}) before it starts ({start})")]
    role, code = _office(values["role"][0], lexicon)
    known = (names[0], *_aliases(values["aliases"], names[0]))
    person = _identifier(values["person_id"], names)
    return [Holding(person, known, code_, role, code, start, end) for code_ in countries]


def _values(cells: Sequence[str], columns: Sequence[int]) -> list[str]:
    return [cells[i] for i in columns if i < len(cells) and cells[i]]


def _identifier(values: Sequence[str], names: Sequence[str]) -> str:
    """The id; of an entity's address its last part. A column of names gives none."""
    for value in values:
        entity = _ENTITY.fullmatch(value)
        if entity:
            return entity[1]
        if value not in names:
            return value
    return values[0]


def _aliases(values: Sequence[str], name: str) -> list[str]:
    """Other names: ';' parts them, or ',' where there is none ('Family, Given' is one name)."""
    found: list[str] = []
    for value in values:
        parts = [part.strip() for part in value.split(";" if ";" in value else ",")]
        if ";" not in value and len(parts) == 2 and not any(" " in part for part in parts):
            parts = [f"{parts[1]} {parts[0]}"]
        found += parts
    return list(dict.fromkeys(part for part in found if part and part != name))


# --- values -------------------------------------------------------------------------------------


def _countries(values: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Alpha-3 codes of the first value of which all parts are known."""
    for value in values:
        codes = [_country(part.strip(), lexicon) for part in value.split(";") if part.strip()]
        if codes and all(codes):
            return sorted({code for code in codes if code})
    return []


def _country(value: str, lexicon: Lexicon) -> str | None:
    two_letters = _two_letters(lexicon)
    if len(value) == 2:
        return two_letters.get(value.upper())
    if _ALPHA3.fullmatch(value):
        return value if value in two_letters.values() else None
    return lexicon.countries.get(value.lower())


@lru_cache(maxsize=4)
def _two_letters(lexicon: Lexicon) -> dict[str, str]:
    return {row["alpha2"]: row["code"] for row in lexicon.tables["country_alpha2"]}


def _office(value: str, lexicon: Lexicon) -> tuple[str | None, str | None]:
    """(office as printed, code): a code stands for itself, else the first office in the words."""
    if value in ROLE_CODES:
        return None, value
    words = value.replace("(", " ").replace(")", " ").lower().split()
    for at in range(len(words)):
        found = lexicon.offices.longest(words, at)
        if found:
            return value, found[1].role_code
    return value, None


def _first_day(values: Sequence[str]) -> date | None:
    return _day(values[0])[0] if values else None


def _last_day(values: Sequence[str]) -> date | None:
    return _day(values[0])[1] if values else None


def _day(value: str) -> tuple[date, date]:
    """First and last day of a printed day, month or year; '00' stands for what is not known."""
    found = _DATE.fullmatch(value)
    if not found:
        raise ValueError(f"{value!r} is no date such as 2020, 2020-03 or 2020-03-05")
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        if not month:
            return date(year, 1, 1), date(year, 12, 31)
        if not day:
            following = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), following - timedelta(days=1)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        raise ValueError(f"{value!r} is no day of the calendar") from None
