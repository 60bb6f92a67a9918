"""The `readout` command: arguments in, exit status out; every step is imported when it is needed.

Data go to stdout and nothing else does; logs, progress and the closing tables go to stderr.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import cli_serve
from .cli_export import add_export_command
from .cli_keep import add_keep_commands
from .cli_query import add_query_commands
from .cli_serve import count as _count
from .cli_sources import add_sources

if TYPE_CHECKING:
    from .job import Job
    from .settings import Settings

DONE, FAILED, UNUSABLE, FELL_SHORT, EMPTY, INTERRUPTED = 0, 1, 2, 3, 4, 130
_STEPS = {
    "run": "ingest, extract, load: one pass",
    "ingest": "read paths and sources into DATA/raw",
    "extract": "bring DATA/tables up to DATA/raw",
    "load": "bring DATA/readout.duckdb up to DATA/tables",
}
_INPUTS = "give --from PATH, --sources FILE or --sample: what is to be read?"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status (see the epilogue of `readout --help`)."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        return _say("interrupted; nothing unfinished was published", INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _say(message: object, status: int) -> int:
    sys.stderr.write(f"readout: {message}\n")
    return status


# --- arguments ----------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="readout",
        description="News articles in, tables of who met whom and who said what out.",
        epilog="Exit status: 0 done; 1 failed; 2 unusable arguments or configuration, nothing "
        "changed; 3 done, but a source failed or a check fell short; 4 nothing new, only with "
        "--fail-on-empty.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="the versions of program, rules"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, meaning in _STEPS.items():
        _add_step(commands.add_parser(name, help=meaning, description=meaning, allow_abbrev=False))
    text = commands.add_parser("text", help="one article in, JSON out", allow_abbrev=False)
    text.add_argument("file", nargs="?", default="-", metavar="FILE", help="- is standard input")
    text.add_argument("--id", help="which article, where the file holds several")
    text.set_defaults(command=_text)
    add_query_commands(commands)
    _add_office_holders(
        commands.add_parser(
            "office-holders",
            help="a public table of office holders in, one for --office-holders out",
            allow_abbrev=False,
        )
    )
    add_export_command(commands)
    add_keep_commands(commands)
    cli_serve.add_commands(commands, _add_data, _add_inputs, _settings)
    about = "try each source of a file"
    add_sources(commands.add_parser("sources", help=about, description=about, allow_abbrev=False))
    return parser


class _Version(argparse.Action):
    """Prints the version; computed only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        from .settings import coder_version

        parser.exit(DONE, f"readout {coder_version()}\n")


def _add_step(parser: argparse.ArgumentParser) -> None:
    step = parser.prog.rsplit(" ", 1)[-1]
    _add_data(parser)
    if step in ("run", "ingest"):
        _add_inputs(parser)
    if step in ("run", "extract"):
        parser.add_argument("--dask", metavar="ADDRESS", help="scheduler, such as tcp://host:8786")
        parser.add_argument("--workers", type=_count, default=1, metavar="N", help="processes")
        parser.add_argument("--batch-size", type=_count, default=200, metavar="N")
        parser.add_argument("--all", action="store_true", help="extract all of DATA/raw anew")
        parser.add_argument(
            "--office-holders",
            type=Path,
            metavar="FILE.csv",
            help="who held which office when: gives person_id, fills in what the text leaves out",
        )
    if step == "run":
        parser.add_argument("--timeout", type=_count, metavar="SECONDS", help="end the run then")
    parser.add_argument("--plain", action="store_true", help="the same steps with no Prefect")
    parser.add_argument("--json", action="store_true", help="the run's figures as one object")
    parser.add_argument("--quiet", action="store_true", help="no progress, no closing tables")
    parser.add_argument("--fail-on-empty", action="store_true", help="status 4 if nothing is new")
    parser.set_defaults(command=_step, step=step)


def _add_office_holders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="see docs/office-holders.md")
    parser.add_argument("--country", metavar="GEO", help="where the table has no such column")
    parser.add_argument("--role", help="where the table has no such column")
    parser.set_defaults(command=_office_holders)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        dest="paths",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="a file or folder of .txt, .html, .jsonl, .warc, .xml or .urls (again for more)",
    )
    parser.add_argument("--sources", type=Path, metavar="FILE", help="feeds and pages (TOML)")
    parser.add_argument("--sample", action="store_true", help="read the articles shipped along")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=Path("data"), metavar="DIR")


# --- the steps of a run -------------------------------------------------------------------------


def _step(options: argparse.Namespace) -> int:
    from warehouse.files import DataFolderError
    from warehouse.snapshot import Busy

    from .cluster import ClusterError
    from .job import open_job
    from .office_holders import OfficeHoldersError
    from .sources import SourcesError

    try:
        settings = _settings(options)
        opened = open_job(settings)
        job = opened.__enter__()
    except (
        SourcesError,
        ClusterError,
        OfficeHoldersError,
        DataFolderError,
        _UnusableError,
    ) as error:
        return _say(error, UNUSABLE)
    except Busy as error:
        return _say(f"{error}; data folder {options.data}", FAILED)
    try:
        status = _carried_out(options, job)
    finally:
        opened.__exit__(None, None, None)
    return status


class _UnusableError(ValueError):
    """Arguments that cannot be used."""


def _settings(options: argparse.Namespace) -> Settings:
    import seeds

    from .office_holders import coding_of
    from .settings import Settings
    from .sources import read_sources

    given = vars(options)
    paths = list(given.get("paths", []))
    if given.get("sample"):
        paths.append(seeds.sample_path())
    sources = read_sources(options.sources) if given.get("sources") else ()
    if "paths" in given and not paths and not sources:
        raise _UnusableError(_INPUTS)
    for path in paths:
        if not path.exists():
            raise _UnusableError(f"{path}: no such file or folder")
    if given.get("office_holders"):
        coding_of(options.office_holders)  # refused before anything is touched
    if given.get("dask"):
        from .cluster import check_cluster

        check_cluster(given["dask"])
    return Settings(
        data=options.data,
        paths=tuple(paths),
        sources=sources,
        workers=given.get("workers", 1),
        batch_size=given.get("batch_size", 200),
        everything=given.get("all", False),
        sources_file=given.get("sources"),
        office_holders=given.get("office_holders"),
        dask=given.get("dask"),
    )


def _carried_out(options: argparse.Namespace, job: Job) -> int:
    from warehouse.files import DataFolderError
    from warehouse.parquet import DamagedFileError
    from warehouse.quality import ChecksFailedError
    from warehouse.snapshot import SchemaError

    from .deadline import RunStoppedError, ServerGoneError
    from .extract import RawMissingError
    from .job import NothingExtractedError
    from .office_holders import OfficeHoldersError
    from .progress import shown_progress

    try:
        with shown_progress(options.quiet):
            _perform(options, job)
    except ChecksFailedError as error:
        return _say(f"nothing was published, what was there stays: {error}", FELL_SHORT)
    except (NothingExtractedError, RawMissingError, SchemaError) as error:
        return _say(error, UNUSABLE)
    except ServerGoneError as error:
        _say(f"{error}; nothing unfinished was published, run it again or with --plain", FAILED)
        sys.stderr.flush()
        os._exit(FAILED)  # Prefect's client would try for minutes to hand over its last events
    except (DataFolderError, DamagedFileError, OfficeHoldersError, RunStoppedError) as error:
        return _say(error, FAILED)
    return _close(options, job)


def _perform(options: argparse.Namespace, job: Job) -> None:
    limit = getattr(options, "timeout", None)
    if options.plain:
        from .deadline import stopped_by, time_is_up

        with stopped_by(time_is_up(limit)):
            job.perform(options.step)
        return
    from .prefect_settings import configure

    configure(options.data)
    from .daily import perform

    perform(options.step, job, limit)


def _close(options: argparse.Namespace, job: Job) -> int:
    """Tell what the run came to: figures on stdout, the rest on stderr."""
    from rich.console import Console

    from .display import show_outcome, summary_line

    figures = job.summary()
    if options.step in ("run", "load") and not (options.quiet or options.json):
        show_outcome(options.data, figures, Console(stderr=True, highlight=False))
    for finding in job.findings:
        _say(f"warning: {finding.rows:,} row(s) fall short of: {finding.meaning}", DONE)
    for warning in job.warnings():
        _say(f"warning: {warning}", DONE)
    failures = job.failures()
    for failure in failures:
        _say(failure, FELL_SHORT)
    print(json.dumps(figures) if options.json else summary_line(figures))
    if failures:
        return FELL_SHORT
    return EMPTY if options.fail_on_empty and job.is_empty(options.step) else DONE


# --- looking at things --------------------------------------------------------------------------


def _text(options: argparse.Namespace) -> int:
    from .reading import UnreadableError, read_text

    try:
        found = read_text(options.file, options.id)
    except OSError as error:
        return _say(f"{options.file}: {error.strerror}", UNUSABLE)
    except UnreadableError as error:
        return _say(error, UNUSABLE)
    print(json.dumps(found, ensure_ascii=False, indent=2, default=_iso))
    return DONE


def _iso(value: Any) -> str:
    """Dates as ISO 8601, instants with the Z of UTC."""
    return str(value.isoformat()).replace("+00:00", "Z")


def _office_holders(options: argparse.Namespace) -> int:
    from transforms.office_holder_table import write_office_holders

    from .office_holders import OfficeHoldersError, read_office_holders

    try:
        holdings, left_out = read_office_holders(options.file, options.country, options.role)
    except OfficeHoldersError as error:
        return _say(error, UNUSABLE)
    sys.stdout.write(write_office_holders(holdings))
    for line in left_out:
        _say(f"left out: {line}", FELL_SHORT)
    return FELL_SHORT if left_out else DONE


if __name__ == "__main__":
    sys.exit(main())
