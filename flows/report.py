"""Report: the database as pages, with the names of countries from the seeds."""

from __future__ import annotations

from pathlib import Path

import seeds
from warehouse.report import Built, build_report


def write_report(data: Path, out: Path) -> Built:
    """Build the report of a data folder in `out`; see warehouse.report.build_report."""
    return build_report(data, out, country_names())


def country_names() -> dict[str, str]:
    """Code -> name: the first that the seeds give for a country."""
    names: dict[str, str] = {}
    for row in seeds.read("countries"):
        if row["form"] == "name":
            names.setdefault(row["code"], row["name"])
    return names
