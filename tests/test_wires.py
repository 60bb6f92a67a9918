"""Datelines: every shape by its own example, and openings that are none."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from transforms.wires import body_start, find_dateline, parse_date_mark

SEEDS = Path(__file__).parents[1] / "seeds"


def read(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SHAPES = read("datelines")
AGENCIES = read("agencies")
CITIES = {
    "ankara": "TUR",
    "astana": "KAZ",
    "atlanta": "USA",
    "baku": "AZE",
    "berlin": "DEU",
    "damascus": "SYR",
    "geneva": "CHE",
    "karachi": "PAK",
    "london": "GBR",
    "minsk": "BLR",
    "moscow": "RUS",
    "paris": "FRA",
    "pyongyang": "PRK",
    "rome": "ITA",
    "tbilisi": "GEO",
    "warsaw": "POL",
    "washington": "USA",
    "yerevan": "ARM",
}


@dataclass(frozen=True)
class Known:
    """A gazetteer with what the cases need."""

    places: Mapping[str, str] = field(default_factory=lambda: CITIES)
    countries: Mapping[str, str] = field(
        default_factory=lambda: {
            "azerbaijan": "AZE",
            "georgia": "GEO",
            "india": "IND",
            "luxembourg": "LUX",
            "uk": "GBR",
        }
    )
    agencies: Mapping[str, str] = field(
        default_factory=lambda: {row["alias"].lower(): row["name"] for row in AGENCIES}
    )
    tables: Mapping[str, Sequence[Mapping[str, str]]] = field(
        default_factory=lambda: {"datelines": SHAPES}
    )


KNOWN = Known()
PUBLISHED = datetime(2020, 3, 6, 8, tzinfo=UTC)
BODIES = ("The ", "Experts ", "U.S. ")


@pytest.mark.parametrize("row", SHAPES, ids=lambda row: row["pattern"])
def test_each_row_reads_its_own_example(row: dict[str, str]) -> None:
    text = row["example"].replace("¶", "\n\n")
    dateline = find_dateline(text, KNOWN, PUBLISHED)
    assert dateline is not None
    assert text[dateline.end :].startswith(BODIES)
    if row["kind"] == "region":
        assert dateline.country == row["code"]


@pytest.mark.parametrize(
    "row", [row for row in AGENCIES if row["example"][0] not in "at"], ids=lambda row: row["alias"]
)
def test_each_agency_is_read_from_its_own_example(row: dict[str, str]) -> None:
    text = row["example"].replace(" / ", "\n\n") + " The sides agreed."
    dateline = find_dateline(text, KNOWN, PUBLISHED)
    assert dateline is not None
    assert dateline.agency == row["name"]
    assert text[dateline.end :] == "The sides agreed."


@pytest.mark.parametrize(
    ("text", "place", "country", "day", "agency"),
    [
        ("BAKU, Azerbaijan, March 5\n\nTrend:\n\nThey met.", "BAKU", "AZE", (3, 5), "Trend"),
        ("WASHINGTON (Reuters) - They met.", "WASHINGTON", "USA", None, "Reuters"),
        ("LA CROSSE, Wis. (AP) — They met.", "LA CROSSE", "USA", None, "AP"),
        ("Tbilisi. 5 March. Agenda.ge\n\nThey met.", "Tbilisi", "GEO", (3, 5), "Agenda.ge"),
        ("MOSCOW, March 5 /TASS/. They met.", "MOSCOW", "RUS", (3, 5), "TASS"),
        ("Pyongyang, March 5 (KCNA) -- They met.", "Pyongyang", "PRK", (3, 5), "KCNA"),
        ("GENEVA (5 March 2020) - They met.", "GENEVA", "CHE", (3, 5), None),
        ("ANKARA, (Xinhua) They met.", "ANKARA", "TUR", None, "Xinhua"),
        ("BERLIN/PARIS, March 5 (Reuters) - They met.", "BERLIN", "DEU", (3, 5), "Reuters"),
        ("Washington, D.C. (AP) - They met.", "Washington", "USA", None, "AP"),
        ("LONDON, Ontario (CP) — They met.", "LONDON", "CAN", None, "The Canadian Press"),
        ("ATLANTA, Georgia (AP) — They met.", "ATLANTA", "USA", None, "AP"),
        ("TBILISI, Georgia (AP) — They met.", "TBILISI", "GEO", None, "AP"),
        ("LONDON (AFP, REUTERS) - They met.", "LONDON", "GBR", None, "AFP; Reuters"),
        ("LONDON (WXYZ) — They met.", "LONDON", "GBR", None, "WXYZ"),
        ("New Delhi [India], March 5 (ANI): They met.", "New Delhi", "IND", (3, 5), "ANI"),
        (
            "BRASÍLIA, 5 March (Agência Brasil) – They met.",
            "BRASÍLIA",
            None,
            (3, 5),
            "Agência Brasil",
        ),
    ],
)
def test_datelines_as_wires_print_them(
    text: str, place: str, country: str | None, day: tuple[int, int] | None, agency: str | None
) -> None:
    dateline = find_dateline(text, KNOWN, PUBLISHED)
    assert dateline is not None
    assert (dateline.place, dateline.country, dateline.agency) == (place, country, agency)
    assert dateline.day == (date(2020, *day) if day else None)
    assert text[dateline.end :] == "They met."


@pytest.mark.parametrize(
    "text",
    [
        "Paris is where the two ministers will meet on March 5.",
        "London, a city of nine million, elects its mayor today.",
        "Paris-based experts called for talks.",
        "In Paris, March 5 was a day of strikes.",
        "Paris – the city of light – waits for its guests.",
        "NATO (North Atlantic Treaty Organization) – the alliance – met.",
        "Berlin (Germany) - a portrait of the city.",
        "BREAKING: The minister has resigned.",
        "President Marta Vance, March 5: a day to remember.",
        "The minister met the envoy in Baku on March 5 (Thursday) - a first.",
        "Warsaw, Minsk. The two capitals differ.",
        "BAKU AIRPORT closed for a day.",
        "May 5 (Mother's Day) - gifts for all.",
        "",
    ],
)
def test_ordinary_openings_are_no_datelines(text: str) -> None:
    assert find_dateline(text, KNOWN, PUBLISHED) is None
    assert body_start(text, KNOWN) == 0


def test_a_byline_may_stand_before_the_dateline() -> None:
    text = "By Jane Roe\n\nLONDON (AP) — They met."
    dateline = find_dateline(text, KNOWN, PUBLISHED)
    assert dateline is not None
    assert text[dateline.start : dateline.end] == "LONDON (AP) — "


@pytest.mark.parametrize(
    ("printed", "published", "expected"),
    [
        ("December 31", datetime(2021, 1, 1, tzinfo=UTC), date(2020, 12, 31)),
        ("January 1", datetime(2020, 12, 31, tzinfo=UTC), date(2021, 1, 1)),  # zones, embargoes
        ("June 15", datetime(2020, 3, 6, tzinfo=UTC), date(2019, 6, 15)),
        ("February 29", datetime(2021, 3, 1, tzinfo=UTC), date(2020, 2, 29)),
        ("February 30", datetime(2021, 3, 1, tzinfo=UTC), None),
        ("March 5, 2018", datetime(2021, 3, 1, tzinfo=UTC), date(2018, 3, 5)),
        ("March 5, 2018", None, date(2018, 3, 5)),
        ("March 5", None, None),
    ],
)
def test_the_year_comes_from_the_publication(
    printed: str, published: datetime | None, expected: date | None
) -> None:
    text = f"LONDON, {printed} (Reuters) - They met."
    dateline = find_dateline(text, KNOWN, published)
    assert dateline is not None
    assert dateline.day == expected
    assert body_start(text, KNOWN) == text.index("They")


@pytest.mark.parametrize(
    ("source", "day", "rest"),
    [
        ("date 2020-03-05\nBAKU", datetime(2020, 3, 5, tzinfo=UTC), "BAKU"),
        ("\n DATE: 2020-03-05 \r\n\r\nBAKU", datetime(2020, 3, 5, tzinfo=UTC), "\r\nBAKU"),
        ("date 2020-13-45\nBAKU", None, "date 2020-13-45\nBAKU"),
        ("dates matter\nBAKU", None, "dates matter\nBAKU"),
        ("BAKU", None, "BAKU"),
    ],
)
def test_a_text_file_may_open_with_its_date(source: str, day: datetime | None, rest: str) -> None:
    assert parse_date_mark(source) == (day, rest)
