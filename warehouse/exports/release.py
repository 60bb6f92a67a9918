"""A release to hand on: Parquet and CSV of every table, and all that a reader or archive needs.

README.md CHANGELOG.md CITATION.cff CODEBOOK.md codebook.csv datapackage.json SHA256SUMS
csv/TABLE.csv parquet/TABLE.parquet
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from transforms.records import Field

from ..files import sha256
from ..schemas import PLAIN_TYPES, codebook
from .codebook import CODEBOOK_COLUMNS, write_codebook
from .plain import write_csv_files, write_parquet_files
from .source import Dataset

TITLE = "Readout: meetings and statements in diplomacy, read from news"
ABOUT = (
    "Who met whom and who said what, with the words behind every value, read from news articles."
)
_TYPES: Mapping[str, str] = {"text": "string", "timestamp": "datetime"}


def write_release(dataset: Dataset, folder: Path, previous: Path | None = None) -> None:
    """The whole release; `previous` is the folder of the one before, for the changelog."""
    for name in ("csv", "parquet"):
        (folder / name).mkdir()
    write_parquet_files(dataset, folder / "parquet")
    write_csv_files(dataset, folder / "csv")
    write_codebook(dataset, folder / "codebook.csv")
    _write(folder / "CODEBOOK.md", codebook())
    _write(folder / "README.md", readme(dataset))
    _write(folder / "CITATION.cff", citation(dataset))
    _write(folder / "CHANGELOG.md", _changelog(dataset, folder, previous))
    package = json.dumps(datapackage(dataset, folder), ensure_ascii=False, indent=1)
    _write(folder / "datapackage.json", package + "\n")
    write_sums(folder)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def write_sums(folder: Path) -> None:
    """SHA256SUMS over every other file, as `sha256sum -c` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    _write(folder / "SHA256SUMS", "".join(lines))


# --- what the release says of itself ------------------------------------------------------------


def datapackage(dataset: Dataset, folder: Path) -> dict[str, Any]:
    """datapackage.json: every CSV with its columns, keys and references."""
    release = dataset.release
    terms = {"licenses": [{"name": release.license}]} if release.license else {}
    return {
        "profile": "tabular-data-package",
        "name": "readout",
        "title": TITLE,
        "description": ABOUT,
        "version": release.version,
        "created": f"{release.date}T00:00:00Z",
        "contributors": [{"title": release.author, "role": "author"}],
        **terms,
        "readout": {
            "coder_version": dataset.coder_version,
            "schema_version": dataset.snapshot.manifest.schema_version,
            "snapshot_id": dataset.snapshot.manifest.snapshot_id,
            "with_text": release.with_text,
        },
        "resources": [
            *(_resource(dataset, table, folder) for table in dataset.tables),
            _codebook_resource(folder),
        ],
    }


def _resource(dataset: Dataset, table: str, folder: Path) -> dict[str, Any]:
    path = folder / "csv" / f"{table}.csv"
    fields = dataset.fields(table)
    references = [
        {
            "fields": [field.name],
            "reference": {
                "resource": field.column.references,
                "fields": [dataset.key(field.column.references)[0]],
            },
        }
        for field in fields
        if field.column.references
    ]
    return {
        **_file(path, folder),
        "description": dataset.grain(table),
        "schema": {
            "fields": [_field(field) for field in fields],
            "missingValues": [""],
            "primaryKey": list(dataset.key(table)),
            **({"foreignKeys": references} if references else {}),
        },
    }


def _file(path: Path, folder: Path) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": path.stem,
        "path": path.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if field.nullable else {"required": True}
    if field.column.values:
        constraints["enum"] = list(field.column.values)
    kind = PLAIN_TYPES[field.type]
    return {
        "name": field.name,
        "type": _TYPES.get(kind, kind),
        "description": field.column.meaning,
        **({"constraints": constraints} if constraints else {}),
    }


def _codebook_resource(folder: Path) -> dict[str, Any]:
    fields = [{"name": name, "type": "string"} for name in CODEBOOK_COLUMNS]
    return {
        **_file(folder / "codebook.csv", folder),
        "description": "One row per column of every table.",
        "schema": {
            "fields": fields,
            "missingValues": [""],
            "primaryKey": ["table_name", "column_name"],
        },
    }


def citation(dataset: Dataset) -> str:
    """CITATION.cff, version 1.2.0."""
    release = dataset.release
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below.",
        "type: dataset",
        f"title: {json.dumps(TITLE, ensure_ascii=False)}",
        f"abstract: {json.dumps(ABOUT, ensure_ascii=False)}",
        "authors:",
        f"  - name: {json.dumps(release.author, ensure_ascii=False)}",
        f"version: {json.dumps(release.version)}",
        f"date-released: {json.dumps(release.date)}",
    ]
    if release.license:
        lines.append(f"license: {json.dumps(release.license)}")
    return "\n".join(lines) + "\n"


def readme(dataset: Dataset, layout: str | None = None) -> str:
    """README.md: what is in the release, what is not, and how to open it.

    `layout` tells where the files lie, where that is not as write_release lays them.
    """
    release = dataset.release
    rows = "".join(
        f"| {table} | {dataset.rows(table):,} | {dataset.grain(table)} |\n"
        for table in dataset.tables
    )
    return f"""\
# {TITLE}

{ABOUT}

Version {release.version}, coded by Readout {dataset.coder_version}, schema version
{dataset.snapshot.manifest.schema_version}. Terms: {release.license or _NO_TERMS}.

| table | rows | one row |
| --- | ---: | --- |
{rows}
Null means that the text does not say. Times are UTC. Countries are ISO 3166-1 alpha-3, `XKX`
Kosovo, `INT` an international body. The coder version stands in every row of the articles' tables,
the release in the metadata of every Parquet file.

{layout or _LAYOUT}
{_TEXT_IN if release.with_text else _TEXT_OUT}
"""


_LAYOUT = """\
`csv/` and `parquet/` hold the same rows. CSV is UTF-8 with a header, an empty cell is null.
`CODEBOOK.md` and `codebook.csv` tell every column, `datapackage.json` keys and references;
`sha256sum -c SHA256SUMS` proves the files.

```python
import pandas
statements = pandas.read_parquet("parquet/statements.parquet")
```

```sql
-- in DuckDB
SELECT * FROM 'parquet/meetings.parquet' LIMIT 5;
```
"""
_NO_TERMS = "none are stated; ask who made this release"
_TEXT_OUT = """\
The text of the articles is left out, since the right to hand it on is each publisher's to give.
What was read from it is here, word for word: evidence sentences, contents and spans, with their
offsets into a text whose SHA-256 is `articles.text_sha256`. Who has the text can prove every span.
Evidence and contents quote the articles; in an interview, contents can be most of it."""
_TEXT_IN = """\
The text of the articles is included. The right to hand it on is each publisher's to give: see to it
before you publish this folder."""


# --- the changelog ------------------------------------------------------------------------------


def _changelog(dataset: Dataset, folder: Path, previous: Path | None) -> str:
    head = f"# Changelog\n\n## {dataset.release.version}\n\n"
    head += f"Coder {dataset.coder_version}.\n\n"
    if previous is None:
        counts = (f"- {table}: {dataset.rows(table):,} rows\n" for table in dataset.tables)
        return head + "".join(counts)
    lines = _changes(dataset, folder, previous)
    earlier = previous / "CHANGELOG.md"
    told = earlier.read_text(encoding="utf-8") if earlier.is_file() else ""
    return head + "".join(lines) + "\n" + told.removeprefix("# Changelog\n\n")


def _changes(dataset: Dataset, folder: Path, previous: Path) -> Iterator[str]:
    """A line a table: rows added and removed by key, columns added and dropped."""
    for table in dataset.tables:
        now = folder / "parquet" / f"{table}.parquet"
        before = previous / "parquet" / f"{table}.parquet"
        if not before.is_file():
            yield f"- {table}: new, {dataset.rows(table):,} rows\n"
            continue
        names, old_names = (set(pq.read_schema(path).names) for path in (now, before))
        keys, old_keys = (_keys(path, dataset.key(table)) for path in (now, before))
        parts = [f"{len(keys):,} rows"]
        parts += [f"{len(keys - old_keys):,} added"] * bool(keys - old_keys)
        parts += [f"{len(old_keys - keys):,} removed"] * bool(old_keys - keys)
        parts += [f"new column {name}" for name in sorted(names - old_names)]
        parts += [f"column {name} is gone" for name in sorted(old_names - names)]
        yield f"- {table}: {', '.join(parts)}\n"


def _keys(path: Path, key: tuple[str, ...]) -> set[tuple[Any, ...]]:
    names = [name for name in key if name in pq.read_schema(path).names]
    rows = pq.read_table(path, columns=names)
    return set(zip(*(rows[name].to_pylist() for name in names), strict=True))
