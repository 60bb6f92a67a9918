"""Which reports are one event: a table of cases, merge and don't merge."""

from __future__ import annotations

import itertools

import pytest

from tests.event_cases import told
from transforms.events import merge_reports
from transforms.reports import Report

GARI = "Irakli Garibashvili @GEO #head_of_government"
ALI = "Rustam Aliyev @AZE #head_of_state"
BOTH = f"{GARI}; {ALI}"
GILL = "Nora Gill @IRL #foreign_minister"
BERG = "Ida Berg @NOR #foreign_minister"
FM = f"{GILL}; {BERG}"
DAY, NEXT, LATER = "2020-03-05", "2020-03-06", "2020-03-09"

ONE_EVENT: dict[str, tuple[Report, ...]] = {
    "the same in two outlets": (told(BOTH, DAY), told(BOTH, DAY, publisher="Two")),
    "order of parties": (told(BOTH, DAY), told(f"{ALI}; {GARI}", DAY, publisher="Two")),
    "gh and g": (told(BOTH, DAY), told(f"Irakli Gharibashvili @GEO; {ALI}", DAY)),
    "surname alone": (told(BOTH, DAY), told("Garibashvili @GEO; Aliyev @AZE", DAY)),
    "initial": (told(BOTH, DAY), told(f"I. Garibashvili @GEO; {ALI}", DAY)),
    "accents": (
        told(f"Anna Sólyom @HUN; {GILL}", DAY),
        told(f"Anna Solyom @HUN; {GILL}", DAY),
    ),
    "family name first": (
        told(f"Viktor Szabo @HUN; {GILL}", DAY),
        told(f"Szabo Viktor @HUN; {GILL}", DAY),
    ),
    "hyphen and run together": (
        told(f"Pak Jong-un @PRK; {GILL}", DAY),
        told(f"Pak Jongun @PRK; {GILL}", DAY),
    ),
    "Turkic c and j": (
        told(f"Ceyhun Bayramli @AZE; {GILL}", DAY),
        told(f"Jeyhun Bayramli @AZE; {GILL}", DAY),
    ),
    "Slavic romanisations": (
        told(f"Yevgeny Khodorovsky @RUS; {GILL}", DAY),
        told(f"Evgeni Hodorovskiy @RUS; {GILL}", DAY),
    ),
    "Arabic particle": (
        told(f"Faisal al-Harbi @SAU; {GILL}", DAY),
        told(f"Faisal Harbi @SAU; {GILL}", DAY),
    ),
    "longer Arabic name": (
        told(f"Mohammed bin Salman @SAU; {GILL}", DAY),
        told(f"Mohamed bin Salman Al Saud @SAU; {GILL}", DAY),
    ),
    "a slip in a long surname": (
        told(f"Kassym Nurbergenov @KAZ; {GILL}", DAY),
        told(f"Kassym Nurbergenow @KAZ; {GILL}", DAY),
    ),
    "no country in one": (told(BOTH, DAY), told(f"Irakli Garibashvili; {ALI}", DAY)),
    "no country in either name": (
        told(BOTH, DAY),
        told("Irakli Gharibashvili; Rustam Aliyev", DAY),
    ),
    "office instead of a name": (
        told(BOTH, DAY),
        told(f"office:prime minister of Georgia @GEO #head_of_government; {ALI}", DAY),
    ),
    "offices on both sides": (
        told(BOTH, DAY),
        told(
            "office:prime minister of Georgia @GEO #head_of_government; "
            "office:president of Azerbaijan @AZE #head_of_state",
            DAY,
        ),
    ),
    "countries alone, the same day": (
        told(BOTH, DAY),
        told("country:Georgia @GEO; country:Azerbaijan @AZE", DAY),
    ),
    "a delegation": (told(BOTH, DAY), told(f"group:Georgian delegation @GEO; {ALI}", DAY)),
    "one body with and without article": (
        told(f"org:the Bank of Letters @INT; {GILL}", DAY),
        told(f"org:Bank of Letters @INT; {GILL}", DAY, publisher="Two"),
    ),
    "a name that could be a body's": (
        told(f"Tom Carver @GBR; {GILL}", DAY),
        told(f"org:Tom Carver; {GILL}", DAY),
    ),
    "more of a delegation named": (told(BOTH, DAY), told(f"{BOTH}; Nino Lomidze @GEO", DAY)),
    "visit and meeting": (told(BOTH, DAY, kind="visit"), told(BOTH, DAY)),
    "visit of several days": (
        told(BOTH, "2020-03-04", until=NEXT, kind="visit"),
        told(BOTH, DAY),
    ),
    "phone and video": (told(BOTH, DAY, kind="phone_call"), told(BOTH, DAY, kind="video_call")),
    "yesterday, a time zone off": (told(BOTH, DAY), told(BOTH, NEXT, basis="relative")),
    "no day in one": (told(BOTH, DAY), told(BOTH, published=NEXT)),
    "no day in either, a day apart": (told(BOTH, published=DAY), told(BOTH, published=NEXT)),
    "day of publication": (
        told(BOTH, DAY),
        told(BOTH, "2020-03-07", basis="published", published="2020-03-07"),
    ),
    "weekday and calendar date": (told(BOTH, DAY, basis="weekday"), told(BOTH, DAY)),
    "planned, then held": (
        told(BOTH, DAY, status="planned", published="2020-03-01"),
        told(BOTH, DAY, published=DAY),
    ),
    "planned with no day, then held": (
        told(BOTH, status="planned", published="2020-03-01"),
        told(BOTH, LATER, published=LATER),
    ),
    "planned within the month, then held": (
        told(BOTH, "2020-03", status="planned", published="2020-02-20"),
        told(BOTH, LATER, published=LATER),
    ),
    "announced twice with no day": (
        told(BOTH, status="planned", published="2020-03-01"),
        told(BOTH, status="planned", published="2020-03-03"),
    ),
    "planned, then called off": (
        told(BOTH, DAY, status="planned", published="2020-03-01"),
        told(BOTH, DAY, status="cancelled", published="2020-03-04"),
    ),
    "place in one report": (told(BOTH, DAY, place="Baku", at="AZE"), told(BOTH, DAY)),
    "a house in the city": (
        told(BOTH, DAY, place="Baku", at="AZE"),
        told(BOTH, DAY, place="Zugulba Palace", at="AZE"),
    ),
    "a city spelt in two ways": (
        told(BOTH, place="Bakhchisaray", at="AZE"),
        told(BOTH, place="Bahchisarai", at="AZE"),
    ),
    "a summit told by some of its members": (
        told(f"{BOTH}; {GILL}; {BERG}", DAY, kind="multilateral", place="Oslo", at="NOR"),
        told(f"{GARI}; {BERG}; {GILL}", DAY, kind="multilateral"),
    ),
    "a trilateral under two names": (
        told(f"{BOTH}; {GILL}", DAY, kind="multilateral"),
        told(f"{BOTH}; {GILL}", DAY, kind="meeting"),
    ),
    "a meeting of one year in the background": (
        told(BOTH, "2018", published=DAY),
        told(BOTH, "2018", published="2020-06-01"),
    ),
    "three links of a chain": (
        told(BOTH, DAY),
        told(f"Gharibashvili @GEO; {ALI}", NEXT, basis="relative"),
        told("Garibashvili; Aliyev", published=NEXT),
    ),
}
TWO_EVENTS: dict[str, tuple[Report, Report]] = {
    "another day": (told(BOTH, DAY), told(BOTH, NEXT)),
    "another day of the week, by weekday": (
        told(BOTH, "2020-03-03", basis="weekday"),
        told(BOTH, DAY, basis="weekday"),
    ),
    "later in the week, no day in the second": (
        told(BOTH, "2020-03-02"),
        told(BOTH, published=LATER),
    ),
    "no day in either, four days apart": (told(BOTH, published=DAY), told(BOTH, published=LATER)),
    "reported before it can have been": (told(BOTH, LATER), told(BOTH, published=DAY)),
    "a call and a visit": (told(BOTH, DAY, kind="phone_call"), told(BOTH, DAY, kind="visit")),
    "a call and a meeting, no day": (told(BOTH, kind="phone_call"), told(BOTH)),
    "two countries on one day": (
        told(BOTH, DAY, place="Baku", at="AZE"),
        told(BOTH, DAY, place="Tbilisi", at="GEO"),
    ),
    "two cities, days unsure": (
        told(BOTH, place="Baku", at="AZE"),
        told(BOTH, published=NEXT, place="Ganja", at="AZE"),
    ),
    "two cities, countries unknown": (
        told(BOTH, DAY, place="Baku"),
        told(BOTH, DAY, place="Batumi"),
    ),
    "another person of the country": (told(BOTH, DAY), told(f"Nino Lomidze @GEO; {ALI}", DAY)),
    "brothers by surname": (
        told(f"Levan Garibashvili @GEO; {ALI}", DAY),
        told(BOTH, DAY),
    ),
    "wife of the same name": (
        told(f"Olga Ivanova @RUS; {GILL}", DAY),
        told(f"Oleg Ivanov @RUS; {GILL}", DAY),
    ),
    "short surnames a letter apart": (
        told(f"Ida Berg @NOR; {GILL}", DAY),
        told(f"Ida Borg @NOR; {GILL}", DAY),
    ),
    "like surnames, other given names": (
        told(f"Brian Johnsen @NOR; {GILL}", DAY),
        told(f"Bente Johnson @NOR; {GILL}", DAY),
    ),
    "one name, two countries": (
        told(f"Omar Hasan @JOR; {GILL}", DAY),
        told(f"Omar Hasan @EGY; {GILL}", DAY),
    ),
    "another office of the country": (
        told(BOTH, DAY),
        told(f"office:foreign minister of Georgia @GEO #foreign_minister; {ALI}", DAY),
    ),
    "two offices, no names": (
        told(f"office:president of Georgia @GEO #head_of_state; {ALI}", DAY),
        told(f"office:foreign minister of Georgia @GEO #foreign_minister; {ALI}", DAY),
    ),
    "one more country": (told(BOTH, DAY), told(f"{BOTH}; {BERG}", DAY)),
    "bilateral beside the summit": (
        told(f"{BOTH}; {GILL}; {BERG}", DAY, kind="multilateral"),
        told(BOTH, DAY),
    ),
    "one guest, two hosts": (told(BOTH, DAY), told(f"{GARI}; {BERG}", DAY)),
    "two bodies": (
        told(f"org:Bank of Letters @INT; {GILL}", DAY),
        told(f"org:Union of Rivers @INT; {GILL}", DAY),
    ),
    "a body and a person of like name": (
        told(f"Tom Carver @GBR; {GILL}", DAY),
        told(f"org:Carver Steel; {GILL}", DAY),
    ),
    "two visitors with no country": (
        told(f"Tom Carver; {GILL}", DAY),
        told(f"Lia Sand; {GILL}", DAY),
    ),
    "countries alone, no firm day": (
        told(BOTH, status="planned", published="2020-03-01"),
        told("country:Georgia @GEO; country:Azerbaijan @AZE", DAY),
    ),
    "called off, and another held that week": (
        told(BOTH, status="cancelled", published=DAY),
        told(BOTH, published=NEXT),
    ),
    "planned for later, held before": (
        told(BOTH, LATER, status="planned", published=DAY),
        told(BOTH, DAY, published=DAY),
    ),
    "both told by one article": (
        told(BOTH, DAY, article="a1"),
        told(BOTH, NEXT, basis="relative", article="a1"),
    ),
    "another month": (told(BOTH, "2020-03"), told(BOTH, "2020-04")),
    "another year": (told(BOTH, "2018"), told(BOTH, "2019")),
    "a year, and a day in it": (told(BOTH, "2020"), told(BOTH, DAY)),
    "two summits with few in common": (
        told(f"{BOTH}; {GILL}; {BERG}", DAY, kind="multilateral"),
        told(f"{BERG}; Lia Sand @SWE; Tom Carver @GBR; Anna Solyom @HUN", DAY, kind="multilateral"),
    ),
}


def events(reports: tuple[Report, ...]) -> set[frozenset[str]]:
    return {frozenset(r.meeting_id for r in event) for event in merge_reports(reports)}


def test_there_are_cases_enough() -> None:
    pairs = sum(len(list(itertools.combinations(case, 2))) for case in ONE_EVENT.values())
    assert pairs >= 40
    assert len(TWO_EVENTS) >= 25
    for case in (*ONE_EVENT.values(), *TWO_EVENTS.values()):
        assert len({report.meeting_id for report in case}) == len(case)


@pytest.mark.parametrize("what", ONE_EVENT)
def test_one_event(what: str) -> None:
    for reports in itertools.permutations(ONE_EVENT[what]):
        assert len(events(reports)) == 1


@pytest.mark.parametrize("what", TWO_EVENTS)
def test_two_events(what: str) -> None:
    one, other = TWO_EVENTS[what]
    assert len(events((one, other))) == len(events((other, one))) == 2


# Three reports or more, of which a stray one is near two events: it joins the better, or neither.
FM_DAY, FM_NEXT = told(FM, DAY, publisher="A"), told(FM, NEXT, publisher="B")
STRAYS: dict[str, tuple[Report, Report | None]] = {
    "yesterday is the day before": (told(FM, DAY, basis="relative", publisher="C"), FM_DAY),
    "day of the second": (told(FM, NEXT, basis="dateline", publisher="C"), FM_NEXT),
    "planned, no day: either": (told(FM, status="planned", published="2020-03-01"), None),
    "a month has both": (told(FM, "2020-03", publisher="C"), None),
    "countries alone on one of the days": (
        told("country:Ireland @IRL; country:Norway @NOR", NEXT),
        FM_NEXT,
    ),
}


@pytest.mark.parametrize("what", STRAYS)
def test_between_two_events(what: str) -> None:
    stray, home = STRAYS[what]
    expected = {
        frozenset([r.meeting_id] + [stray.meeting_id] * (r is home)) for r in (FM_DAY, FM_NEXT)
    }
    if home is None:
        expected.add(frozenset([stray.meeting_id]))
    for reports in itertools.permutations((FM_DAY, FM_NEXT, stray)):
        assert events(reports) == expected


def test_two_meetings_of_two_countries_on_one_day_leave_a_nameless_report_alone() -> None:
    leaders, ministers = told(BOTH, DAY), told("Nino Lomidze @GEO; Elnur Hasanli @AZE", DAY)
    nameless = told("country:Georgia @GEO; country:Azerbaijan @AZE", DAY)
    assert len(events((leaders, ministers, nameless))) == 3
