"""The code table of countries: complete, and the home of every code that a seed uses."""

import pytest

import seeds
from flows.countries import countries

REGIONS = {"Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania"}
CODES = {row.country for row in countries()}


def test_every_code_is_there_once_with_its_name_and_region() -> None:
    assert len(countries()) == len(CODES) == 251  # the 249 of ISO 3166-1, XKX and INT
    for row in countries():
        assert len(row.country) == 3 and row.country.isupper()
        assert row.country_name.strip() == row.country_name != ""
        if row.country == "INT":
            assert (row.region, row.subregion) == (None, None)
        else:
            assert row.region in REGIONS and row.subregion
    assert len({row.country_name for row in countries()}) == len(countries())


@pytest.mark.parametrize("name", [n for n in seeds.names() if n != "country_codes"])
def test_every_country_that_a_seed_names_is_there(name: str) -> None:
    columns = ("country", "place_country") + (("code",) if name == "countries" else ())
    used = {row[column] for row in seeds.read(name) for column in columns if row.get(column)}
    assert used <= CODES
