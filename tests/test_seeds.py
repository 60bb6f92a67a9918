"""The seeds: every row of knowledge about names and offices works in its own example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

import pytest

import seeds
from transforms.affiliation import has_office
from transforms.home import Home, find_home
from transforms.lexicon import Lexicon, build_lexicon
from transforms.mentions import Mention
from transforms.noun_phrases import find_mentions
from transforms.records import Article
from transforms.text import Text, parse_text

CODE_LENGTH = 3
ROLE_CODES = {row["role_code"] for row in seeds.read("offices")}


@cache
def lexicon() -> Lexicon:
    """All seeds, compiled once."""
    return build_lexicon({name: seeds.read(name) for name in seeds.names()})


def read(raw: str) -> Text:
    """An example, tokenized."""
    return parse_text(raw, lexicon().abbreviations)


def mentions_of(raw: str) -> tuple[Text, list[Mention]]:
    """An example and its noun phrases."""
    text = read(raw)
    return text, find_mentions(text, lexicon())


def occurrences(table: str, name: str, example: str) -> Iterator[tuple[int, object]]:
    """(number of words, value) wherever a phrase of that table starts in the example."""
    text = read(example)
    phrases = getattr(lexicon(), table)
    words = text.words if table == "names" else text.lows
    for i in range(len(words)):
        found = phrases.longest(words, i)
        if found and text.slice(i, i + found[0]).lower().replace("’", "'") == name:
            yield found


def folded(name: str) -> str:
    """A name as examples are compared: lower case, straight apostrophes."""
    return name.lower().replace("’", "'")


def failing(rows: list[dict[str, str]], works: object) -> list[Mapping[str, str]]:
    """The rows that do not work; one test over a whole table keeps thousands of rows fast."""
    assert rows
    return [row for row in rows if not works(row)]  # type: ignore[operator]


def test_every_office_is_read_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        return any(
            value.role_code == row["role_code"]  # type: ignore[attr-defined]
            for _, value in occurrences("offices", folded(row["pattern"]), row["example"])
        )

    assert failing(seeds.read("offices"), works) == []


def test_every_plural_office_is_known_as_plural() -> None:
    def works(row: dict[str, str]) -> bool:
        lows = read(row["plural"]).lows
        found = lexicon().offices.longest(lows, 0)
        return found is not None and found[0] == len(lows) and found[1].plural

    rows = [row for row in seeds.read("offices") if row["plural"]]
    assert failing(rows, works) == []


def test_every_country_is_named_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        return any(
            value.code == row["code"]  # type: ignore[attr-defined]
            for _, value in occurrences("names", folded(row["name"]), row["example"])
        )

    assert failing(seeds.read("countries"), works) == []


def test_every_place_is_named_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        return any(
            value.code in (row["code"] or None, row["code"])  # type: ignore[attr-defined]
            for _, value in occurrences("names", folded(row["name"]), row["example"])
        )

    assert failing(seeds.read("places"), works) == []


def test_every_organization_is_named_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        forms = {folded(row["name"]), folded(row["short"])} - {""}
        return any(
            value.kind in ("organization", "place")  # type: ignore[attr-defined]
            for form in forms
            for _, value in occurrences("names", form, row["example"])
        )

    assert failing(seeds.read("organizations"), works) == []


def test_every_group_noun_is_known_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        return any(
            value == row["kind"]
            for _, value in occurrences("group_nouns", folded(row["phrase"]), row["example"])
        )

    assert failing(seeds.read("group_nouns"), works) == []


def test_every_organization_word_ends_a_body_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        text, mentions = mentions_of(row["example"])
        return any(
            row["word"] in text.words[m.first : m.last] and m.kind != "person" for m in mentions
        )

    assert failing(seeds.read("org_words"), works) == []


def test_every_given_name_opens_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        first = read(row["example"]).words[0]
        return first == row["name"] and lexicon().given_names[first] == row["gender"]

    assert failing(seeds.read("given_names"), works) == []


def test_every_rank_stands_before_a_name_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        _, mentions = mentions_of(row["example"])
        name = "Hartwell" if "Hartwell" in row["example"] else row["example"].split()[-4]
        return any(m.kind == "person" and (m.name or "").endswith(name) for m in mentions)

    assert failing(seeds.read("ranks"), works) == []


def test_every_modifier_is_read_with_an_office_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        _, mentions = mentions_of(row["example"])
        effect = row["effect"]
        wanted = f"party {row['pattern']}" if effect in ("party", "level") else effect
        return any(wanted in m.modifiers for m in mentions)

    assert failing(seeds.read("office_modifiers"), works) == []


def test_every_government_has_the_office_of_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        codes = {"head_of_state", "head_of_government"}
        _, mentions = mentions_of(row["example"])
        held = [m for m in mentions if m.country == row["code"]]
        return any(
            has_office(lexicon(), row["code"], m.role_code, m.role)
            for m in held
            if m.role_code in codes or m.role is None
        )

    rows = [row for row in seeds.read("governments") if row["code"] not in UNREAD]
    assert failing(rows, works) == []


# Titles that the seeds know as no head of state's ("prince"), and cities that are states.
UNREAD = frozenset({"AND", "LIE", "LUX", "SMR", "HKG", "MAC", "VAT", "WSM", "MCO"})


def article_of(publisher: str | None = None, url: str | None = None) -> Article:
    """An article of which only its publisher and address matter."""
    return Article(
        article_id="a1",
        page_id="p1",
        source_id="local",
        text="",
        text_sha256="",
        story_id="s1",
        raw_ref="",
        coder_version="test",
        publisher=publisher,
        url=url,
    )


def home_of(publisher: str | None = None, url: str | None = None) -> Home:
    """The home that a publisher or an address gives."""
    return find_home(article_of(publisher, url), lexicon())


def test_the_country_of_the_source_counts_where_nothing_else_says() -> None:
    told = replace(article_of("Courier", "https://courier.example/a"), publisher_country="GEO")
    assert find_home(told, lexicon()).outlet == "GEO"
    known = replace(article_of(url="https://www.courier.example.az/a"), publisher_country="GEO")
    assert find_home(known, lexicon()).outlet == "AZE"
    body = replace(article_of("Courier"), publisher_country="INT")
    assert find_home(body, lexicon()).outlet is None


def test_every_outlet_is_known_by_the_address_of_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        url = row["example"].rpartition(" under ")[2].rstrip(".")
        home = home_of(url=url)
        found = home.world if row["reach"] == "world" else home.outlet
        return found == (row["country"] or None)

    assert failing(seeds.read("outlets"), works) == []


def test_every_outlet_is_known_by_name_unless_two_share_it() -> None:
    rows = seeds.read("outlets")
    countries: dict[str, set[str]] = {}
    for row in rows:
        name = folded(row["name"]).removeprefix("the ")
        countries.setdefault(name, set()).add(row["country"] + row["reach"])

    def works(row: dict[str, str]) -> bool:
        if len(countries[folded(row["name"]).removeprefix("the ")]) > 1:
            return home_of(row["name"]).outlet is None
        home = home_of(row["name"])
        return (home.outlet or home.world) == (row["country"] or None)

    assert failing(rows, works) == []


def test_every_domain_says_its_country_in_its_example() -> None:
    def works(row: dict[str, str]) -> bool:
        home = home_of(url=row["example"])
        if row["kind"] == "country":
            return home.outlet == row["country"]
        if row["kind"] == "weak_country":
            return home == Home()
        if row["kind"] == "government":
            return home.institution == "GEO"
        return home.institution == row["country"]

    assert failing(seeds.read("domains"), works) == []


@pytest.mark.parametrize("table", ["offices", "countries", "places", "organizations", "outlets"])
def test_codes_of_countries_are_alpha_3(table: str) -> None:
    column = "code" if table in ("countries", "places") else "country"
    codes = {row[column] for row in seeds.read(table)} - {""}
    assert codes
    assert all(len(code) == CODE_LENGTH and code.isupper() for code in codes)
