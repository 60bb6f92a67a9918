"""What Readout knows, as CSV with one fact a row, and the sample articles of the main job.

Every table has the columns `example` (where the fact is seen at work) and `note`. No file here
holds code: a new fact is a new row, and a test proves that the row works in its own example.
"""

from __future__ import annotations

import csv
from pathlib import Path

_FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The tables there are, in alphabetical order, without the ending."""
    return sorted(path.stem for path in _FOLDER.glob("*.csv"))


def read(name: str) -> list[dict[str, str]]:
    """The rows of one table as column -> text, in file order; an empty cell is "".

    Raises KeyError where there is no such table, and ValueError where a row has more or fewer
    cells than the header.
    """
    path = _FOLDER / f"{name}.csv"
    if not path.is_file():
        raise KeyError(name)
    with path.open(encoding="utf-8", newline="") as stream:
        header, *lines = csv.reader(stream)
    return [_row(name, header, line) for line in lines]


def sample_path() -> Path:
    """The folder of sample articles, for `readout run --from`."""
    return _FOLDER / "sample"


def _row(name: str, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise ValueError(f"{name}.csv: {len(cells)} cells under {len(header)} columns: {cells}")
    return dict(zip(header, cells, strict=True))
