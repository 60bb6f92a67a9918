"""`readout export`: the dataset as a release, or in the form of another program."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DONE, FAILED, UNUSABLE = 0, 1, 2
_FORMATS = {
    "release": "a folder to hand on: Parquet, CSV, codebook, data package, citation, checksums",
    "csv": "a folder of CSV, UTF-8; --excel for spreadsheets",
    "parquet": "a folder of Parquet, one file a table",
    "stata": "a folder of .dta (Stata 14 and later), with variable labels",
    "sqlite": "one SQLite file, with keys and indexes",
    "gexf": "who met whom as a network, for Gephi",
    "hf": "a folder as the Hugging Face hub wants it, with its card",
}
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")


def add_export_command(commands: Any) -> None:
    """Add `export` to the parser's commands."""
    parser = commands.add_parser(
        "export",
        help="a dataset release to hand on, or another program's form",
        description="Writes what is published in DATA to PATH, which must not be there yet.",
        epilog="\n".join(f"  {name:8} {meaning}" for name, meaning in _FORMATS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("format", choices=_FORMATS, metavar="FORMAT", help=", ".join(_FORMATS))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="where to; not there yet"
    )
    parser.add_argument(
        "--data", type=Path, default=Path("data"), metavar="DIR", help="default: data"
    )
    parser.add_argument(
        "--with-text", action="store_true", help="the articles' text too; mind their rights"
    )
    parser.add_argument(
        "--release-version", type=_version, metavar="V", help="today's date if left out: 2026.11.25"
    )
    parser.add_argument("--author", default="The makers of this dataset", help="who hands it on")
    parser.add_argument("--license", metavar="SPDX", help="the terms, such as CC-BY-4.0")
    parser.add_argument("--excel", action="store_true", help="csv: safe to open in a spreadsheet")
    parser.add_argument(
        "--level", choices=("country", "person"), default="country", help="gexf: what a node is"
    )
    parser.add_argument(
        "--previous", type=Path, metavar="DIR", help="release: the one before, for the changelog"
    )
    parser.set_defaults(command=_export)


def _version(text: str) -> str:
    if not _VERSION.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no version: letters, digits, . + _ -")
    return text


def _say(message: object, status: int) -> int:
    sys.stderr.write(f"readout: {message}\n")
    return status


def _export(options: argparse.Namespace) -> int:
    from warehouse.exports.destination import DestinationError, WritingError
    from warehouse.exports.formats import Options, export
    from warehouse.exports.source import NothingToExportError, open_dataset
    from warehouse.parquet import DamagedFileError
    from warehouse.query import QueryError
    from warehouse.snapshot import SchemaError

    from .countries import countries

    if options.previous and not (options.previous / "parquet").is_dir():
        return _say(f"--previous {options.previous}: that is no release", UNUSABLE)
    try:
        dataset = open_dataset(options.data, countries(), _release(options))
        asked = Options(options.excel, options.level, options.previous)
        export(dataset, options.data, options.format, options.out, asked)
    except (NothingToExportError, SchemaError, DestinationError) as error:
        return _say(error, UNUSABLE)
    except (WritingError, DamagedFileError, QueryError) as error:
        return _say(error, FAILED)
    tables = ", ".join(
        f"{dataset.rows(table):,} {table}" for table in ("articles", "meetings", "statements")
    )
    text = "" if options.with_text or options.format == "gexf" else "; without the articles' text"
    return _say(f"{options.out}: {options.format} of {tables}{text}", DONE)


def _release(options: argparse.Namespace) -> Any:
    from warehouse.exports.source import Release

    today = datetime.now(UTC).date()
    return Release(
        version=options.release_version or f"{today:%Y.%m.%d}",
        date=today.isoformat(),
        author=options.author,
        license=options.license,
        with_text=options.with_text,
    )
