"""Views: each answers its question from the rows of one small dataset."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from tests.dataset import (
    ARTICLE,
    EVENT,
    GUEST,
    HOST,
    MEETING,
    MISS,
    ROWS,
    RUN,
    STATEMENT,
    asked,
    built,
)
from transforms.records import (
    ALL_TABLES,
    MEETING_KINDS,
    ROLE_CODES,
    Article,
    fields_of,
    key_of,
)
from warehouse.runs import write_run
from warehouse.schemas import UNINDEXED
from warehouse.views import views


def test_meetings_wide(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path, "SELECT participants, date_start, place, status, publisher FROM meetings_wide"
    ) == [
        (
            "Ilqar Quluzadə (Defense Minister, AZE) – Nino Tvaladze (GEO)",
            date(2020, 3, 5),
            "Baku",
            "held",
            "Agency",
        )
    ]


def test_statements_wide(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path, "SELECT speaker_name, speaker_country, cue, content, title FROM statements_wide"
    ) == [("Ilqar Quluzadə", "AZE", "said", "We agree, Fully.", "Ministers meet")]


def test_event_pairs_name_each_pair_once(tmp_path: Path) -> None:
    third = replace(GUEST, ordinal=3, name="Ayla Demirtaş", country="TUR")
    fourth = replace(GUEST, ordinal=4, name="Baran Korkut", country="TUR")
    fifth = replace(GUEST, ordinal=5, name="Olav Trana", country=None)
    built(tmp_path, *ROWS, third, fourth, fifth)
    found = asked(
        tmp_path,
        "SELECT party_1, party_2, country_1 FROM event_pairs WHERE level = 'country' ORDER BY ALL",
    )
    assert found == [
        ("Azerbaijan", "Georgia", "AZE"),
        ("Azerbaijan", "Türkiye", "AZE"),
        ("Georgia", "Türkiye", "GEO"),
    ]
    persons = asked(tmp_path, "SELECT party_1, party_2 FROM event_pairs WHERE level = 'person'")
    assert len(persons) == 9  # ten pairs of five, less the two of one delegation
    assert ("Ayla Demirtaş", "Baran Korkut") not in persons


def test_two_of_one_country_met_where_nobody_else_was_there(tmp_path: Path) -> None:
    built(tmp_path, *ROWS[:4], replace(GUEST, country="AZE"), *ROWS[5:])
    found = asked(tmp_path, "SELECT level, party_1, party_2 FROM event_pairs")
    assert found == [("person", "Ilqar Quluzadə", "Nino Tvaladze")]


def test_an_event_reported_twice_counts_once(tmp_path: Path) -> None:
    reprint = replace(ARTICLE, article_id="a2", page_id="p2", publisher="Courier", url="u2")
    again = replace(MEETING, meeting_id="m2", article_id="a2", status="planned", confidence=0.5)
    parties = [replace(party, meeting_id="m2") for party in (HOST, GUEST)]
    event = replace(EVENT, articles=2, publishers=2, date_start=date(2020, 3, 5))
    built(tmp_path, ARTICLE, reprint, event, MEETING, again, HOST, GUEST, *parties)
    assert asked(
        tmp_path,
        "SELECT week, party_1, party_2, held, planned, articles FROM who_met_whom ORDER BY level",
    ) == [
        (date(2020, 3, 2), "Azerbaijan", "Georgia", 1, 0, 2),
        (date(2020, 3, 2), "Ilqar Quluzadə", "Nino Tvaladze", 1, 0, 2),
    ]
    assert asked(
        tmp_path, "SELECT reports, publisher_names, statuses, urls FROM events_with_sources"
    ) == [(2, "Agency; Courier", "held; planned", "https://agency.example/1 u2")]


def test_statements_about(tmp_path: Path) -> None:
    about = replace(STATEMENT, countries_mentioned="AZE; GEO")
    built(tmp_path, *ROWS[:5], about, *ROWS[6:])
    assert asked(
        tmp_path,
        "SELECT speaker_country, about_country, about_country_name, is_own_country, speech_act "
        "FROM statements_about ORDER BY ALL",
    ) == [("AZE", "AZE", "Azerbaijan", True, "agree"), ("AZE", "GEO", "Georgia", False, "agree")]


def test_timeline(tmp_path: Path) -> None:
    reported = replace(EVENT, first_reported_at=ARTICLE.published_at)
    built(tmp_path, ARTICLE, reported, *ROWS[2:])
    assert asked(
        tmp_path, "SELECT day, day_basis, what, kind, status, who FROM timeline ORDER BY what"
    ) == [
        (
            date(2020, 3, 5),
            "report",
            "meeting",
            "meeting",
            "held",
            "Ilqar Quluzadə (Defense Minister, AZE) – Nino Tvaladze (GEO)",
        ),
        (date(2020, 3, 5), "report", "statement", "agree", None, "Ilqar Quluzadə"),
    ]


def test_latest_by_person(tmp_path: Path) -> None:
    person = replace(STATEMENT, speaker_kind="person", said_on=date(2020, 3, 6))
    built(tmp_path, *ROWS[:5], person, *ROWS[6:])
    assert asked(
        tmp_path,
        "SELECT person, country, role_code, latest_on, statements, meetings, last_statement "
        "FROM latest_by_person ORDER BY person",
    ) == [
        ("Ilqar Quluzadə", "AZE", "defense_minister", date(2020, 3, 6), 1, 1, "We agree, Fully."),
        ("Nino Tvaladze", "GEO", None, date(2020, 3, 5), 0, 1, None),
    ]


def test_coverage(tmp_path: Path) -> None:
    other = replace(ARTICLE, article_id="a2", page_id="p2")
    built(tmp_path, *ROWS, other)
    assert asked(
        tmp_path,
        "SELECT source_id, publisher, day, articles, with_rows, share_with_rows, meetings, misses "
        "FROM coverage",
    ) == [("feed", "Agency", date(2020, 3, 5), 2, 1, 0.5, 1, 1)]


def test_quality(tmp_path: Path) -> None:
    built(tmp_path, *ROWS, replace(MISS, start=5, reason="no_content"))
    found = asked(
        tmp_path,
        "SELECT measure, value, rows, share FROM quality "
        "WHERE measure IN ('misses: statement', 'meetings: date_basis') ORDER BY ALL",
    )
    assert found == [
        ("meetings: date_basis", "(none)", 1, 1.0),
        ("misses: statement", "no_content", 1, 0.5),
        ("misses: statement", "no_speaker", 1, 0.5),
    ]


def test_every_view_and_every_column_of_it_has_a_comment(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    grains = asked(tmp_path, "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    assert {name for name, _ in grains} == {view.name for view in views()}
    assert all(comment and comment.startswith("One row per ") for _, comment in grains)
    columns = asked(
        tmp_path,
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal",
    )
    assert [(table, column) for table, column, comment in columns if not comment] == []
    names = [name for table, column, _ in columns for name in (table, column)]
    assert [name for name in names if len(name) > 32] == []


def test_code_tables_define_every_code_that_is_used(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path,
        "SELECT c.country_name, c.subregion, r.meaning, k.meaning FROM participants AS p "
        "INNER JOIN countries AS c USING (country) INNER JOIN role_codes AS r USING (role_code) "
        "INNER JOIN meetings AS m USING (meeting_id) "
        "INNER JOIN meeting_kinds AS k ON k.kind = m.kind",
    ) == [
        (
            "Azerbaijan",
            "Western Asia",
            ROLE_CODES["defense_minister"],
            MEETING_KINDS["meeting"],
        )
    ]
    assert asked(
        tmp_path, "SELECT code FROM codes WHERE table_name = 'statements' AND column_name = 'form'"
    ) == [("direct",), ("indirect",), ("mixed",)]


def test_keys_are_declared(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    found = dict(
        asked(
            tmp_path,
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() "
            "WHERE constraint_type = 'PRIMARY KEY'",
        )
    )
    assert found == {
        table: list(key_of(record))
        for table, record in ALL_TABLES.items()
        if table not in UNINDEXED
    }


def test_current_articles_are_the_latest_revisions(tmp_path: Path) -> None:
    edited = replace(ARTICLE, article_id="a2", revision=2)
    other = replace(ARTICLE, article_id="a3", page_id="p2")
    built(tmp_path, *ROWS, edited, other)
    found = asked(tmp_path, "SELECT article_id FROM current_articles ORDER BY ALL")
    assert found == [("a2",), ("a3",)]
    assert asked(tmp_path, "SELECT count(*) FROM meetings_wide") == [(0,)]


def test_current_articles_have_the_columns_of_articles(tmp_path: Path) -> None:
    built(tmp_path, *ROWS)
    found = asked(
        tmp_path,
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'current_articles' "
        "ORDER BY column_index",
    )
    assert [name for (name,) in found] == [field.name for field in fields_of(Article)]


def test_source_health(tmp_path: Path) -> None:
    later = replace(
        RUN, run_id="r2", started_at=datetime(2020, 3, 6, tzinfo=UTC), new=0, reason="timed out"
    )
    write_run(tmp_path, "r1", [RUN])
    write_run(tmp_path, "r2", [later])
    built(tmp_path, *ROWS)
    assert asked(
        tmp_path,
        "SELECT source_id, runs, failed_runs, last_good_run_at, fetched, last_reason "
        "FROM source_health",
    ) == [("feed", 2, 1, datetime(2020, 3, 5, 11), 4, "timed out")]
