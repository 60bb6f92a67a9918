"""The code table of countries: seed rows into records."""

from __future__ import annotations

from functools import cache

import seeds
from transforms.records import Country


@cache
def countries() -> tuple[Country, ...]:
    """Every country code with its name and region, by code."""
    return tuple(
        Country(
            country=row["code"],
            country_name=row["name"],
            region=row["region"] or None,
            subregion=row["subregion"] or None,
        )
        for row in seeds.read("country_codes")
    )
