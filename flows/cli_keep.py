"""The commands that keep a data folder sound: `readout verify` and `readout rebuild`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

DONE, FAILED, UNUSABLE, FELL_SHORT = 0, 1, 2, 3


def add_keep_commands(commands: Any) -> None:
    """Add the two commands to the parser's."""
    verify = commands.add_parser(
        "verify",
        help="prove every file, page and span of a data folder",
        description="Reads everything in DATA and names each damaged file; mends nothing.",
        epilog="Exit status: 0 all is whole; 1 something is damaged; 2 nothing is there.",
        allow_abbrev=False,
    )
    verify.add_argument("--json", action="store_true", help="the findings as one object")
    verify.set_defaults(command=_verify)
    rebuild = commands.add_parser(
        "rebuild",
        help="make DATA/tables and the database anew from DATA/raw",
        description="Makes tables and database anew from raw/, whatever state they are in.",
        epilog="Exit status: 0 done; 1 failed; 2 nothing changed; 3 done, but not all is back.",
        allow_abbrev=False,
    )
    rebuild.add_argument("--workers", type=int, default=1, choices=range(1, 65), metavar="N")
    rebuild.add_argument(
        "--force", action="store_true", help="though raw/ no longer holds all that is published"
    )
    rebuild.set_defaults(command=_rebuild)
    for parser in (verify, rebuild):
        parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR")


def _say(message: object, status: int) -> int:
    sys.stderr.write(f"readout: {message}\n")
    return status


def _verify(options: argparse.Namespace) -> int:
    from warehouse.integrity import verify_folder
    from warehouse.snapshot import SchemaError

    from .countries import countries

    try:
        found = verify_folder(options.data, countries())
    except SchemaError as error:
        return _say(error, UNUSABLE)
    if not found.files and not found.damaged:
        return _say(f"there is nothing to look at in {options.data}", UNUSABLE)
    for damaged in found.damaged:
        _say(f"{damaged.path}: {damaged.reason}", FAILED)
    if options.json:
        told = [{"path": str(d.path), "reason": d.reason} for d in found.damaged]
        counts = {"files": found.files, "rows": found.rows, "spans": found.spans}
        print(json.dumps(counts | {"damaged": told}, ensure_ascii=False))
    else:
        verdict = f"{len(found.damaged)} damaged" if found.damaged else "all whole"
        print(f"{found.files:,} files, {found.rows:,} rows, {found.spans:,} spans: {verdict}")
    return FAILED if found.damaged else DONE


def _rebuild(options: argparse.Namespace) -> int:
    from warehouse.files import DataFolderError
    from warehouse.parquet import DamagedFileError
    from warehouse.quality import ChecksFailedError
    from warehouse.snapshot import Busy, SchemaError

    from .display import summary_line
    from .extract import RawMissingError
    from .job import open_job
    from .rebuild import rebuild
    from .settings import Settings

    if not any((options.data / "raw").glob("*.warc.gz")):
        return _say(f"there is nothing in {options.data / 'raw'} to rebuild from", UNUSABLE)
    settings = Settings(
        data=options.data, workers=options.workers, everything=True, forced=options.force
    )
    try:
        with open_job(settings) as job:
            lost = rebuild(job)
            figures = job.summary()
    except (RawMissingError, SchemaError) as error:
        return _say(error, UNUSABLE)
    except ChecksFailedError as error:
        return _say(f"nothing was published, what was there stays: {error}", FELL_SHORT)
    except (DataFolderError, DamagedFileError) as error:
        return _say(error, FAILED)
    except Busy as error:
        return _say(f"{error}; data folder {options.data}", FAILED)
    for damaged in lost:
        _say(f"{damaged.path}: {damaged.reason}", FELL_SHORT)
    print(summary_line(figures))
    return FELL_SHORT if lost else DONE
