"""The forms that the dataset can be exported in, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .destination import destination
from .gexf import write_gexf
from .hub import write_hub
from .plain import write_csv_files, write_parquet_files
from .release import write_release
from .source import Dataset
from .sqlite import write_sqlite
from .stata import write_stata_files


@dataclass(frozen=True, slots=True)
class Options:
    """What some of the forms can be asked for."""

    excel: bool = False  # csv
    level: str = "country"  # gexf
    previous: Path | None = None  # release


@dataclass(frozen=True, slots=True)
class Format:
    """A form: whether it is a folder, and how it is written."""

    folder: bool
    write: Callable[[Dataset, Path, Path, Options], None]


FORMATS: Mapping[str, Format] = {
    "release": Format(True, lambda d, _, out, o: write_release(d, out, o.previous)),
    "csv": Format(True, lambda d, _, out, o: write_csv_files(d, out, excel=o.excel)),
    "parquet": Format(True, lambda d, _, out, o: write_parquet_files(d, out)),
    "stata": Format(True, lambda d, _, out, o: write_stata_files(d, out)),
    "sqlite": Format(False, lambda d, _, out, o: write_sqlite(d, out)),
    "gexf": Format(False, lambda d, data, out, o: write_gexf(d, data, out, o.level)),
    "hf": Format(True, lambda d, _, out, o: write_hub(d, out)),
}


def export(dataset: Dataset, data: Path, format: str, out: Path, options: Options) -> None:
    """Write the dataset to `out`, a file or folder that is not there yet.

    Raises DestinationError, WritingError, DamagedFileError; QueryError where the network needs the
    database and that can't be read. Nothing is left at `out` in each case.
    """
    form = FORMATS[format]
    with destination(out, folder=form.folder) as building:
        form.write(dataset, data, building, options)
