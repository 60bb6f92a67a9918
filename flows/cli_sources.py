"""`readout sources check`: each source of a file tried once, and what it gives."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .trials import Trial


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `readout sources`."""
    parser.add_argument("action", choices=["check"], help="check: try each source of the file")
    parser.add_argument("file", type=Path, metavar="FILE", help="the sources file (TOML or CSV)")
    parser.add_argument("--offline", action="store_true", help="read the file, fetch nothing")
    parser.add_argument("--json", action="store_true", help="one array of objects")
    parser.set_defaults(command=check_sources)


def check_sources(options: argparse.Namespace) -> int:
    """Try the sources; 0 where each gave something, 3 where one did not, 2 for a file in error."""
    from .sources import SourcesError, read_sources
    from .trials import Trial, try_sources

    try:
        sources = read_sources(options.file)
    except SourcesError as error:
        sys.stderr.write(f"readout: {error}\n")
        return 2
    trials = [Trial(s.id) for s in sources] if options.offline else try_sources(sources)
    if options.json:
        rows = [asdict(t) | {"latest": t.latest.isoformat() if t.latest else None} for t in trials]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for trial in trials:
            print("file is right" if options.offline else _told(trial), trial.source_id, sep="\t")
    return 3 if any(trial.reason for trial in trials) else 0


def _told(trial: Trial) -> str:
    if trial.reason:
        return f"FAILED: {trial.reason}"
    said = [f"{trial.links} links", f"{trial.articles} whole articles"]
    if trial.latest:
        said.append(f"the latest of {trial.latest:%Y-%m-%d %H:%M} UTC")
    if trial.warning:
        said.append(f"warning: {trial.warning}")
    return ", ".join(said)
