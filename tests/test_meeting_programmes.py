"""A day's meetings: at whose house, on which programme, told how often; with texts of our own.

Invented persons; every article is of Thursday, 5 March 2020.
"""

from __future__ import annotations

import pytest

from tests.test_meetings import names, read

HOMES = [
    ("Rui Sarda of Portugal received Ambassador of Japan Kenji Orda at the Foreign Office.", "PRT"),
    ("Rui Sarda of Portugal met Japanese envoy Kenji Orda at the Presidential Palace.", "PRT"),
    ("Rui Sarda of Portugal held talks with Kenji Orda of Japan at the Foreign Ministry.", "PRT"),
    ("Rui Sarda of Portugal met Japanese envoy Kenji Orda at the Orchid Hotel.", None),
    ("Rui Sarda of France met Japanese envoy Kenji Orda at the Foreign Office.", None),
]


@pytest.mark.parametrize(("text", "country"), HOMES)
def test_house_of_a_state(text: str, country: str | None) -> None:
    """A ministry or palace with no town is the dateline's, where its own people meet there."""
    rows, _ = read(f"Foreign Minister {text}", dateline_place="Lisbon", dateline_country="PRT")
    assert [m.place_country for m in rows.meetings] == [country]


@pytest.mark.parametrize("adverb", ["then", "also", "later", "again", ""])
def test_two_leaders_then(adverb: str) -> None:
    """'The two leaders then held talks' points back to two persons."""
    rows, _ = read(
        "President Harlan Dorn congratulated Kenya's President Peter Lundo. "
        f"The two leaders {adverb} held talks."
    )
    assert [names(rows, n) for n in range(len(rows.meetings))] == [["Harlan Dorn", "Peter Lundo"]]


@pytest.mark.parametrize("whom", ["his peers", "his counterparts", "her peers"])
def test_peers(whom: str) -> None:
    """Peers are counterparts."""
    rows, _ = read(f"Minister Nadia Ferro met {whom} from Malta and Kenya, Julio Saro and Ann Lim.")
    assert [names(rows, n) for n in range(len(rows.meetings))] == [
        ["Ann Lim", "Julio Saro", "Nadia Ferro"]
    ]


FOLLOWED = [
    ("Following the talks, EU leaders praised the plan.", 1),
    ("After the meeting, EU leaders praised the plan.", 1),
    ("EU leaders met in Brussels on Monday.", 2),
    ("Following the euro zone summit, EU leaders met in Brussels on Monday.", 2),
]


@pytest.mark.parametrize(("behind", "count"), FOLLOWED)
def test_collective_behind_a_meeting(behind: str, count: int) -> None:
    """'Following the talks' is no second meeting, whoever speaks there."""
    rows, _ = read(
        "Foreign Minister Nadia Ferro of Chile met foreign minister Julio Saro of Paraguay. "
        + behind
    )
    assert len(rows.meetings) == count


def test_group_told_twice() -> None:
    """'The delegation' and 'the SADC delegation' with the same junta met once."""
    rows, _ = read(
        "The delegation met with the Malian junta. "
        "The SADC delegation held talks with the Malian junta."
    )
    assert len(rows.meetings) == 1


LISTS = [
    ("the Presidents of Peru, Julio Saro; and Canada, Peter Lund.", ["Julio Saro", "Peter Lund"]),
    (
        "the Prime Ministers of Peru, Julio Saro; Kenya, Ann Lim; and Canada, Peter Lund.",
        ["Ann Lim", "Julio Saro", "Peter Lund"],
    ),
    (
        "Spain's ambassador, Luis Gallo; the envoy of Kenya, Ann Lim; and Peru's Ivo Sal.",
        ["Ann Lim", "Ivo Sal", "Luis Gallo"],
    ),
    ("members of the SADC delegation to Malawi led by General Abdul Sani.", ["Abdul Sani"]),
    ("a delegation headed by Peru's Foreign Minister Julio Saro.", ["Julio Saro"]),
    ("Luis Gallo of Spain; they discussed trade; Peter Lund of Canada said so.", ["Luis Gallo"]),
]


@pytest.mark.parametrize(("whom", "others"), LISTS)
def test_lists_with_semicolons(whom: str, others: list[str]) -> None:
    """Offices before names, a state before each of several, and the head of a delegation."""
    rows, _ = read(f"Foreign Minister Nadia Ferro of Chile met with {whom}")
    assert [names(rows, n) for n in range(len(rows.meetings))] == [sorted([*others, "Nadia Ferro"])]


CALLED_OFF = [
    ("was scheduled to meet", "The talks were postponed, the ministry said.", "cancelled"),
    ("was to meet", "The ministry put off the talks with Japan.", "cancelled"),
    ("had been due to meet", "But Lisbon called off the meeting.", "cancelled"),
    ("was expected to meet", "The envoy scrapped the visit.", "cancelled"),
    ("was to have talks with", "The ministry announced it had cancelled the talks.", "cancelled"),
    ("was to meet", "The minister also called off talks with Peter Lund.", "planned"),
    ("was to meet", "The meeting was not cancelled.", "planned"),
    ("was to meet", "The flight was cancelled.", "planned"),
]


@pytest.mark.parametrize(("plan", "behind", "status"), CALLED_OFF)
def test_called_off_in_another_sentence(plan: str, behind: str, status: str) -> None:
    """A past plan, and the sentence near by that calls it off; others' talks do not."""
    rows, _ = read(
        f"Foreign Minister Rui Sarda of Portugal {plan} Japanese envoy Kenji Orda on Friday. "
        + behind
    )
    assert rows.meetings[0].status == status


PROGRAMMES = [
    ("held a series of meetings in Oslo on Tuesday", "met with", "NOR", "2020-03-03"),
    ("held several meetings in Oslo on Tuesday", "held talks with", "NOR", "2020-03-03"),
    ("held an intense agenda of meetings in Oslo on Monday", "met", "NOR", "2020-03-02"),
    ("held several meetings in Oslo on Tuesday", "will meet", None, "None"),
    ("read several papers in Oslo on Tuesday", "met with", None, "None"),
]


@pytest.mark.parametrize(("programme", "verb", "country", "day"), PROGRAMMES)
def test_programme_of_a_day(programme: str, verb: str, country: str | None, day: str) -> None:
    """Place and day named once for a day's meetings hold for those told behind."""
    rows, _ = read(
        f"Foreign Minister Nadia Ferro of Chile {programme}.\n\n"
        f"Ferro {verb} Foreign Minister Julio Saro of Peru."
    )
    assert [(m.place_country, str(m.date_start)) for m in rows.meetings] == [(country, day)]


def test_where_she_arrived() -> None:
    """'In Oslo, where she arrived …' is a journey to Oslo."""
    rows, _ = read(
        "On her second day in Oslo, where she arrived for the fair, Foreign Minister Nadia Ferro "
        "of Chile met Foreign Minister Julio Saro of Peru."
    )
    assert [m.place_country for m in rows.meetings] == ["NOR"]
