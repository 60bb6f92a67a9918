"""The commands that keep Readout running and show how it goes: serve, status, report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .settings import Settings

_DONE, _FAILED, _UNUSABLE = 0, 1, 2
_EXTRA = "pip install 'readout-news[report]'"


def add_commands(
    commands: Any,
    add_data: Callable[[argparse.ArgumentParser], None],
    add_inputs: Callable[[argparse.ArgumentParser], None],
    settings_of: Callable[[argparse.Namespace], Settings],
) -> None:
    """Add the commands to the parser; inputs are given and read as `readout run` does."""
    serve = commands.add_parser(
        "serve", help="the schedule, under Prefect", allow_abbrev=False, description=_SERVE
    )
    add_data(serve)
    add_inputs(serve)
    _add_schedule(serve)
    serve.set_defaults(command=lambda options: _serve(options, settings_of))
    status = commands.add_parser("status", help="how the runs went", allow_abbrev=False)
    add_data(status)
    status.add_argument("--json", action="store_true", help="one object")
    status.set_defaults(command=_status)
    report = commands.add_parser("report", help="pages to look at", allow_abbrev=False)
    add_data(report)
    report.add_argument("--out", type=Path, metavar="DIR", help="default: DATA/report")
    report.set_defaults(command=_report)


_SERVE = (
    "Run the whole pass on a schedule, with a Prefect server on this machine. Ends on SIGTERM or "
    "Ctrl-C. Events go to stderr, one a line; READOUT_LOG=json or =quiet changes that."
)


def _add_schedule(parser: argparse.ArgumentParser) -> None:
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--cron", metavar="LINE", help="such as '0 5 * * *': every day at 05:00")
    when.add_argument("--every", type=count, metavar="SECONDS", help="counted from midnight UTC")
    parser.add_argument("--timezone", default="UTC", metavar="NAME", help="of --cron (UTC)")
    parser.add_argument("--workers", type=count, default=1, metavar="N", help="processes")
    parser.add_argument("--batch-size", type=count, default=200, metavar="N")
    parser.add_argument("--dask", metavar="ADDRESS", help="scheduler, such as tcp://host:8786")
    parser.add_argument(
        "--office-holders", type=Path, metavar="FILE.csv", help="who held which office when"
    )
    parser.add_argument(
        "--timeout", type=count, default=6 * 3600, metavar="SECONDS", help="of one run (6 hours)"
    )
    parser.add_argument(
        "--report",
        nargs="?",
        type=Path,
        const=True,
        metavar="DIR",
        help="build the report after each run (in DATA/report)",
    )


def count(text: str) -> int:
    """A number from 1 on, given as an argument."""
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def _say(message: object, status: int) -> int:
    sys.stderr.write(f"readout: {message}\n")
    return status


def _serve(
    options: argparse.Namespace, settings_of: Callable[[argparse.Namespace], Settings]
) -> int:
    from warehouse.files import DataFolderError

    from .logs import start_logging
    from .prefect_settings import configure
    from .schedule import Plan, ScheduleError, check_schedule
    from .serving import ServeError, serve
    from .sources import SourcesError

    try:
        if options.report:
            import warehouse.report  # noqa: F401 - rather now than at the end of the first run
        settings = settings_of(options)
        configure(options.data)
        check_schedule(options.cron, options.every, options.timezone)
    except (SourcesError, ScheduleError, DataFolderError, ValueError) as error:
        return _say(error, _UNUSABLE)
    except ModuleNotFoundError as error:
        return _say(f"--report: {error.name} is missing; {_EXTRA}", _UNUSABLE)
    start_logging()
    plan = Plan(options.cron, options.every, options.timezone, _parameters(options, settings))
    try:
        serve(options.data.absolute(), plan)
    except (ServeError, DataFolderError) as error:
        return _say(error, _FAILED)
    return _DONE


def _parameters(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """The flow's parameters; paths are absolute, since runs start elsewhere."""
    sources, table = settings.sources_file, settings.office_holders
    report = options.report
    if report is True:
        report = options.data / "report"
    return {
        "data": str(settings.data.absolute()),
        "paths": [str(path.absolute()) for path in settings.paths],
        "sources": str(sources.absolute()) if sources else None,
        "workers": settings.workers,
        "batch_size": settings.batch_size,
        "office_holders": str(table.absolute()) if table else None,
        "dask": settings.dask,
        "timeout_seconds": options.timeout,
        "report": str(report.absolute()) if report else None,
    }


def _status(options: argparse.Namespace) -> int:
    from warehouse.parquet import DamagedFileError

    from .status import read_status, write_status

    if not options.data.is_dir():
        return _say(f"no data folder at {options.data}", _UNUSABLE)
    try:
        status = read_status(options.data)
    except DamagedFileError as error:
        return _say(error, _FAILED)
    if options.json:
        print(json.dumps(status.as_json(), ensure_ascii=False, indent=1))
    else:
        write_status(status, sys.stdout)
    return _DONE


def _report(options: argparse.Namespace) -> int:
    from warehouse.files import DataFolderError
    from warehouse.query import QueryError

    try:
        from warehouse.report import ReportError

        from .report import write_report
    except ModuleNotFoundError as error:
        return _say(f"{error.name} is missing; {_EXTRA}", _UNUSABLE)
    try:
        built = write_report(options.data, options.out or options.data / "report")
    except QueryError as error:
        return _say(error, _UNUSABLE)
    except (ReportError, DataFolderError) as error:
        return _say(error, _FAILED)
    print(f"report: {built.start} ({built.pages:,} pages in {built.seconds} s)")
    return _DONE
