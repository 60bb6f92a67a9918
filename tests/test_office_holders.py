"""Office holders by date: tables of every layout, persons told or left alone, runs with one."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from flows.cli import main
from tests.event_cases import article_of
from transforms.lexicon import Lexicon, build_lexicon
from transforms.office_holder_table import (
    COLUMNS,
    Holding,
    parse_office_holders,
    write_office_holders,
)
from transforms.office_holders import OfficeHolders
from transforms.records import Article, Meeting, Participant, Statement

TABLES = Path(__file__).parent / "office_holders"
ARTICLE = article_of("a1", "2020-03-05", "One")


@cache
def lexicon() -> Lexicon:
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


def parse(name: str, **given: str) -> tuple[list[Holding], list[tuple[int, str]]]:
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    holdings, problems = parse_office_holders(text, lexicon(), **given)
    return holdings, [(problem.line, problem.reason) for problem in problems]


@cache
def table() -> OfficeHolders:
    holdings, problems = parse("own")
    assert not problems
    return OfficeHolders(holdings)


# --- tables -------------------------------------------------------------------------------------


def test_readouts_own_layout() -> None:
    holdings, problems = parse("own")
    assert problems == []
    assert holdings[0] == Holding(
        "geo-tvaladze",
        ("Nino Tvaladze", "Nina Tvaladze", "N. Tvaladze"),
        "GEO",
        "Minister of Foreign Affairs",
        "foreign_minister",
        date(2018, 6, 27),
        date(2022, 4, 4),
    )
    assert (holdings[2].start, holdings[2].end) == (date(2019, 1, 1), date(2021, 1, 31))
    assert (holdings[4].role, holdings[4].role_code) == (None, "head_of_government")


def test_a_wikidata_query() -> None:
    holdings, problems = parse("wikidata")
    assert [(h.person_id, h.names[0], h.country, h.role_code) for h in holdings] == [
        ("Q900001", "Nino Tvaladze", "GEO", "foreign_minister"),
        ("Q900002", "Maarja Tamm", "NOR", "head_of_government"),
    ]
    assert holdings[0].names == ("Nino Tvaladze", "Nina Tvaladze", "Nino Tvaladze-Orbeli")
    assert [line for line, _ in problems] == [4, 5]
    assert "no person" in problems[0][1], "a label that is only the item's number"
    assert "is no date" in problems[1][1], "it ended, but nobody knows when"


def test_everypolitician_needs_country_and_role() -> None:
    assert "no column for country, role" in parse("everypolitician")[1][0][1]
    holdings, problems = parse("everypolitician", country="GEO", role="Member of Parliament")
    assert problems == []
    assert [h.person_id for h in holdings] == ["Q900001", "77ab02"]
    assert holdings[0].names == ("Nino Tvaladze",), "the sort name is the same name"
    assert {h.role_code for h in holdings} == {"legislator"}


def test_opensanctions() -> None:
    holdings, problems = parse("opensanctions")
    assert problems == []
    assert [(h.person_id, h.country, h.start) for h in holdings] == [
        ("Q900001", "GEO", date(2018, 6, 27)),
        ("NK-x1", "NOR", date(2017, 1, 1)),
    ]
    assert holdings[0].names == ("Nino Tvaladze", "Nina Tvaladze", "N. Tvaladze")


def test_lists_of_rulers() -> None:
    holdings, problems = parse("rulers", role="Prime Minister")
    assert [(h.person_id, h.country, h.role) for h in holdings] == [
        ("NOR-2016", "NOR", "Prime Minister")
    ]
    assert problems == [(3, "country 'Ruritania' is not known")]


def test_written_and_read_again() -> None:
    holdings, _ = parse("own")
    text = write_office_holders(holdings)
    again, problems = parse_office_holders(text, lexicon())
    assert problems == []
    assert sorted(map(repr, again)) == sorted(map(repr, holdings))
    assert write_office_holders(again[::-1]) == text


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "empty"),
        ("name,when\nA B,2020\n", 1, "no column for country, role, person_id"),
        ("person,country,role,person_id\nA B,GEO,,x\n", 2, "no role"),
        ("person,country,role,person_id\nA B,QQQ,Prime Minister,x\n", 2, "'QQQ' is not known"),
        ("person,country,role,person_id\nA B,http://x/Q230,king,x\n", 2, "is not known"),
        ("person,country,role,person_id,start\nA B,GEO,king,x,05/03/2020\n", 2, "is no date"),
        ("person,country,role,person_id,start\nA B,GEO,king,x,2020-02-30\n", 2, "no day of the"),
        (
            "person,country,role,person_id,start,end\n\nA B,GEO,king,x,2020,2019\n",
            3,
            "before it starts",
        ),
        (f"person,country,role,person_id\n{'x' * 30_000},GEO,king,x\n", 2, "over 20,000"),
        (f"person,country,role,person_id\n{'x' * 200_000},GEO,king,x\n", 1, "no CSV"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, line: int, reason: str) -> None:
    holdings, problems = parse_office_holders(text, lexicon())
    assert holdings == []
    assert problems[0].line == line
    assert reason in problems[0].reason


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    header = ",".join(COLUMNS)
    for whole in (text, f"{header}\n{text}", f"{header}\nA B,GEO,king,{text},2020,x,{text}"):
        holdings, problems = parse_office_holders(whole, lexicon())
        assert isinstance(holdings, list) and isinstance(problems, list)


@pytest.mark.parametrize("row", seeds.read("office_holder_columns"), ids=lambda r: r["header"])
def test_header_takes_its_example(row: dict[str, str]) -> None:
    """A table with this header for the field, and our own for the rest, gives a holding."""
    usual = {"person": "Ida Berg", "country": "NOR", "role": "King", "person_id": "x"}
    cells = {k: v for k, v in usual.items() if k != row["field"]} | {row["header"]: row["example"]}
    if row["field"] == "person_id" and row["header"] == "person":
        cells["personlabel"] = "Ida Berg"
    out = io.StringIO()
    csv.writer(out).writerows([list(cells), list(cells.values())])
    holdings, problems = parse_office_holders(out.getvalue(), lexicon())
    assert problems == []
    assert len(holdings) == len(row["example"].split(";")) or row["field"] != "country"


def test_two_letter_codes_are_listed_once_and_lead_to_three() -> None:
    rows = seeds.read("country_alpha2")
    assert len({row["alpha2"] for row in rows}) == len(rows) > 240
    assert all(len(r["alpha2"]) == 2 and len(r["code"]) == 3 and r["code"].isupper() for r in rows)


# --- persons ------------------------------------------------------------------------------------


def party(name: str, **columns: Any) -> Participant:
    known: dict[str, Any] = {"mention": name, "kind": "person", "coder_version": "1"}
    return Participant(meeting_id="m1", ordinal=1, name=name, **known | columns)


def meeting(on: str | None = "2020-03-05", precision: str = "day", **columns: Any) -> Meeting:
    day = date.fromisoformat(on) if on else None
    return Meeting(
        meeting_id="m1",
        article_id="a1",
        event_id="e1",
        kind="meeting",
        status="held",
        date_start=day,
        date_precision=precision if day else None,
        evidence_text="x",
        confidence=0.5,
        coder_version="1",
        **columns,
    )


def told(row: Participant, on: Meeting | None = None, article: Article = ARTICLE) -> Participant:
    return table().participant(row, on or meeting(), article)


FM = {"role": "Foreign Minister", "role_code": "foreign_minister"}
FILLED = [
    # what the text says, then person_id, role, role_code, country, role_basis
    (
        "nothing but the name",
        party("Nino Tvaladze"),
        ("geo-tvaladze", "Minister of Foreign Affairs", "foreign_minister", "GEO", True),
    ),
    (
        "office and country too",
        party("Nino Tvaladze", country="GEO", **FM),
        ("geo-tvaladze", "Foreign Minister", "foreign_minister", "GEO", False),
    ),
    (
        "office, no country",
        party("Tvaladze", **FM),
        ("geo-tvaladze", "Foreign Minister", "foreign_minister", "GEO", True),
    ),
    (
        "surname and country",
        party("Tvaladze", country="GEO"),
        ("geo-tvaladze", "Minister of Foreign Affairs", "foreign_minister", "GEO", True),
    ),
    (
        "an alias",
        party("Nina Tvaladze", country="GEO"),
        ("geo-tvaladze", "Minister of Foreign Affairs", "foreign_minister", "GEO", True),
    ),
    (
        "another spelling",
        party("Nino Tvaladzeh", country="GEO", **FM),
        ("geo-tvaladze", "Foreign Minister", "foreign_minister", "GEO", False),
    ),
    (
        "family name first",
        party("Pak", **FM),
        ("prk-pak", "Foreign Minister", "foreign_minister", "PRK", True),
    ),
    (
        "two offices at once: neither is chosen",
        party("Anna Solyom", country="HUN"),
        ("hun-solyom", None, None, "HUN", False),
    ),
    (
        "two bearers, told apart by the office",
        party("Omar Karimi", country="JOR", role="Finance Minister", role_code="finance_minister"),
        ("jor-karimi-2", "Finance Minister", "finance_minister", "JOR", False),
    ),
    (
        "the office alone",
        party("Foreign Minister of Georgia", country="GEO", **FM),
        ("geo-tvaladze", "Foreign Minister", "foreign_minister", "GEO", False),
    ),
]
ALONE = [
    ("two bearers of one name", party("Omar Karimi", country="JOR")),
    ("another country", party("Nino Tvaladze", country="ARM")),
    ("another office", party("Nino Tvaladze", country="GEO", role="Judge", role_code="judge")),
    ("another given name", party("Levan Tvaladze", country="GEO")),
    ("a bare surname", party("Tvaladze")),
    ("a bare given name", party("Pak", country="PRK")),
    ("a body", party("Tvaladze Group", kind="organization", organization="Tvaladze Group")),
    ("a body by surname", party("Tvaladze", kind="organization", organization="Tvaladze")),
    ("a group", replace(party("Nino Tvaladze"), kind="group")),
    ("an office of many", party("ambassador of Georgia", country="GEO", role_code="ambassador")),
    (
        "a former holder with no name",
        party("former foreign minister of Georgia", country="GEO", **FM),
    ),
    ("an office with no country", party("the foreign minister", **FM)),
]


@pytest.mark.parametrize(("what", "row", "expected"), FILLED, ids=lambda each: str(each)[:40])
def test_filled(what: str, row: Participant, expected: tuple[Any, ...]) -> None:
    found = told(row)
    basis = found.role_basis == "office_holders"
    assert (found.person_id, found.role, found.role_code, found.country, basis) == expected
    kept = replace(found, person_id=None, role_basis=None)
    for column in ("name", "mention", "role", "role_code", "country"):
        said = getattr(row, column)
        assert said is None or getattr(kept, column) == said, "the text is never overwritten"


@pytest.mark.parametrize(("what", "row"), ALONE, ids=lambda each: str(each)[:40])
def test_left_alone(what: str, row: Participant) -> None:
    assert told(row) == row


FM_OF_GEORGIA = party("Foreign Minister of Georgia", country="GEO", **FM)
DAYS = [
    ("in office", meeting("2020-03-05"), "geo-tvaladze"),
    ("her successor", meeting("2023-01-10"), "geo-odishvili"),
    ("the day of the change: two", meeting("2022-04-04"), None),
    ("the month of the change: two", meeting("2022-04-01", "month"), None),
    ("the month before it", meeting("2022-03-01", "month"), "geo-tvaladze"),
    ("the year of the change: two", meeting("2022-01-01", "year"), None),
    ("before anybody's time", meeting("2001-01-01"), None),
    ("no day: the article's", meeting(None), "geo-tvaladze"),
    ("the last month there is", meeting("9999-12-01", "month"), "geo-odishvili"),
]


@pytest.mark.parametrize(("what", "on", "person"), DAYS, ids=lambda each: str(each)[:30])
def test_an_office_goes_by_the_day(what: str, on: Meeting, person: str | None) -> None:
    assert told(FM_OF_GEORGIA, on).person_id == person


def test_no_day_at_all() -> None:
    undated = replace(ARTICLE, published_at=None)
    assert told(FM_OF_GEORGIA, meeting(None), undated) == FM_OF_GEORGIA
    named = told(party("Nino Tvaladze"), meeting(None), undated)
    assert (named.person_id, named.role, named.role_basis) == ("geo-tvaladze", None, None)


def test_out_of_office_a_person_keeps_the_id_and_gets_no_office() -> None:
    found = told(party("Nino Tvaladze"), meeting("2023-01-10"))
    assert (found.person_id, found.role, found.country) == ("geo-tvaladze", None, None)


def test_a_bare_name_that_the_table_has_is_a_person() -> None:
    bare = party("Maarja Tamm", kind="organization", organization="Maarja Tamm")
    found = told(bare)
    assert (found.kind, found.organization, found.person_id) == ("person", None, "est-tamm")


def test_a_statement_is_filled_likewise() -> None:
    row = Statement(
        statement_id="s1",
        article_id="a1",
        speaker_name="Maarja Tamm",
        speaker_mention="Tamm",
        speaker_kind="person",
        form="direct",
        content="x",
        sentence_text="x",
        confidence=0.5,
        coder_version="1",
    )
    found = table().statement(row, ARTICLE)
    assert found == replace(
        row,
        person_id="est-tamm",
        speaker_role="Prime Minister",
        speaker_role_code="head_of_government",
        speaker_country="EST",
        role_basis="office_holders",
    )
    early = replace(row, said_on=date(2010, 1, 1))
    assert table().statement(early, ARTICLE) == replace(early, person_id="est-tamm")
    unnamed = replace(row, speaker_kind="unnamed")
    assert table().statement(unnamed, ARTICLE) == unnamed


# --- runs ---------------------------------------------------------------------------------------

NEWS = (
    "date 2020-03-05\n\nTALLINN, March 5 (Agency) - Georgian Foreign Minister Nino Tvaladze met "
    "with Maarja Tamm in Tallinn on Thursday.\n\n“Trade has doubled,” Tamm said.\n"
)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS)
    return path


def run(data: Path, *arguments: str) -> int:
    return main(["run", "--plain", "--quiet", "--data", str(data), *arguments])


def persons(data: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(data / "readout.duckdb", read_only=True) as connection:
        return connection.execute(
            "SELECT name, role, country, person_id, role_basis FROM participants ORDER BY name"
        ).fetchall()


def test_a_run_with_a_table_and_then_without(news: Path, tmp_path: Path) -> None:
    data, own = tmp_path / "data", str(TABLES / "own.csv")
    assert run(data, "--from", str(news), "--office-holders", own) == 0
    assert persons(data) == [
        ("Maarja Tamm", "Prime Minister", "EST", "est-tamm", "office_holders"),
        ("Nino Tvaladze", "Foreign Minister", "GEO", "geo-tvaladze", None),
    ]
    assert main(["extract", "--plain", "--data", str(data)]) == 0
    assert main(["load", "--plain", "--quiet", "--data", str(data)]) == 0
    assert {row[3] for row in persons(data)} == {None}, "no row of the table is left"


def test_workers_read_the_table_too(news: Path, tmp_path: Path) -> None:
    own = str(TABLES / "own.csv")
    for name, more in (("one", []), ("two", ["--workers", "2", "--batch-size", "1"])):
        assert run(tmp_path / name, "--from", str(news), "--office-holders", own, *more) == 0
    one, two = (
        (tmp_path / name / "tables" / "manifest.json").read_bytes() for name in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a,b\n1,2\n", "no column for person"),
        (b"person,country,role,person_id\nA B,GEO,,x\n", "line 2: no role"),
    ],
)
def test_an_unusable_table_changes_nothing(
    content: bytes | None,
    reason: str,
    news: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "table.csv"
    if content is not None:
        path.write_bytes(content)
    data = tmp_path / "data"
    assert run(data, "--from", str(news), "--office-holders", str(path)) == 2
    assert reason in capsys.readouterr().err
    assert not data.exists()


def test_the_importer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["office-holders", str(TABLES / "wikidata.csv")]) == 3
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == ",".join(COLUMNS)
    assert len(out.splitlines()) == 3
    assert "line 4: no person" in err
    clean = tmp_path / "clean.csv"
    clean.write_text(out, encoding="utf-8")
    assert main(["office-holders", str(clean)]) == 0
    assert capsys.readouterr().out == out
    assert main(["office-holders", str(TABLES / "everypolitician.csv")]) == 2
    assert "no column for country, role" in capsys.readouterr().err


def test_the_prefect_flow_takes_the_table() -> None:
    from flows.daily import daily, extract

    for flow in (daily, extract):
        assert "office_holders" in json.dumps(flow.parameters.model_dump())
