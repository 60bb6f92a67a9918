"""Whose country an article speaks of when it names none: "the government", "Foreign Minister X".

What surrounds the text says where it is at home: the body that published it ("U.S. Department of
State", a host under .gov), the paper or agency, the dateline. `find_home` reads that evidence;
which of it counts for one official is decided in `state_countries`.

Known bodies and hosts are rows (seeds/outlets.csv, agencies.csv, domains.csv). Papers and agencies
that write of the whole world ("reach" world) say little about whose officials are meant, so they
are kept apart. A dateline from a seat of international bodies says nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import Lexicon, table_of
from .records import Article
from .text import Text, parse_text

_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[/:)\s]|$)", re.IGNORECASE)
_ISO2 = re.compile(r"\(([a-z]{2})\)\s*$", re.IGNORECASE)
_STATE_WORDS = frozenset({"ministry", "parliament", "armed_forces", "embassy", "body", "court"})
_STATE_BODIES = frozenset({"ministry", "parliament", "agency", "government", "igo"})
_OFFICIAL = frozenset("delegation government presidency press embassy kremlin".split())
# Cities from which news of international bodies is datelined.
_SEATS = frozenset(
    {"brussels", "geneva", "strasbourg", "the hague", "luxembourg", "united nations"}
)


@dataclass(frozen=True, slots=True)
class Home:
    """Evidence of an article's country (alpha-3 or INT), each None where there is none.

    `institution`: the state body that speaks. `outlet`: a paper or agency that writes for one
    country. `world`: one that writes of everywhere. `dateline`: where it was written.
    """

    institution: str | None = None
    outlet: str | None = None
    world: str | None = None
    dateline: str | None = None


@dataclass(frozen=True, slots=True)
class _Outlets:
    by_name: Mapping[str, tuple[str | None, bool]]
    by_host: Mapping[str, tuple[str | None, bool]]
    countries: Mapping[str, str]
    weak: Mapping[str, str]
    government: frozenset[str]
    institutions: Mapping[str, str]
    state_words: frozenset[str]
    media_words: frozenset[str]


@lru_cache(maxsize=4)
def _outlets(lexicon: Lexicon) -> _Outlets:
    """Seed rows by name and host; a name that papers of two countries share stands for none."""
    by_name: dict[str, tuple[str | None, bool]] = {}
    by_host: dict[str, tuple[str | None, bool]] = {}
    for row in table_of(lexicon, "agencies"):
        for name in (row["name"], row["alias"]):
            by_name.setdefault(_key(name), (row["country"] or None, False))
    named: set[str] = set()
    for row in table_of(lexicon, "outlets"):
        entry = (row["country"] or None, row["reach"] == "world")
        key = _key(row["name"])
        shared = key in named and by_name[key] != entry
        by_name[key] = (None, True) if shared else entry
        named.add(key)
        by_host.setdefault(row["host"], entry)
    rows = table_of(lexicon, "domains")
    kinds = {kind: {r["suffix"]: r["country"] for r in rows if r["kind"] == kind} for kind in
             ("country", "weak_country", "government", "institution")}  # fmt: skip
    words = table_of(lexicon, "org_words")
    return _Outlets(
        by_name=by_name,
        by_host=by_host,
        countries=kinds["country"],
        weak=kinds["weak_country"],
        government=frozenset(kinds["government"]),
        institutions=kinds["institution"],
        state_words=frozenset(r["word"] for r in words if r["kind"] in _STATE_WORDS),
        media_words=frozenset(r["word"] for r in words if r["kind"] == "media"),
    )


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def find_home(article: Article, lexicon: Lexicon) -> Home:
    """Read publisher, address, agency, dateline and the source's country of an article."""
    outlets = _outlets(lexicon)
    institution = outlet = world = None
    for code, kind in _evidence(article, lexicon, outlets):
        institution = institution or (code if kind == "institution" else None)
        outlet = outlet or (code if kind == "outlet" else None)
        world = world or (code if kind == "world" else None)
    seat = (article.dateline_place or "").casefold() in _SEATS
    return Home(institution, outlet, world, None if seat else article.dateline_country)


def _evidence(
    article: Article, lexicon: Lexicon, outlets: _Outlets
) -> Iterator[tuple[str | None, str]]:
    """(country, institution | outlet | world) for each thing that speaks, the surest first."""
    publisher = article.publisher or ""
    for source in (article.canonical_url, article.url, publisher):
        found = _HOST.search(source or "")
        if found:
            yield from _of_host(found.group(1).lower(), outlets)
    known = _known_outlet(publisher, outlets)
    if known is None:
        code, kind = _named(publisher, lexicon)
        if kind:
            yield code, kind
    else:
        yield known[0], "world" if known[1] else "outlet"
    marked = _ISO2.search(publisher)
    if marked and marked.group(1).lower() in outlets.countries:
        yield outlets.countries[marked.group(1).lower()], "outlet"
    agency = outlets.by_name.get(_key(article.agency)) if article.agency else None
    if agency is not None:
        yield agency[0], "world" if agency[1] else "outlet"
    if article.publisher_country not in (None, "INT"):
        yield article.publisher_country, "outlet"


def _known_outlet(publisher: str, outlets: _Outlets) -> tuple[str | None, bool] | None:
    """The outlet of that name, or of its first words: "Example Times - News", "example_times"."""
    words = publisher.replace("_", " ").split()
    for count in range(len(words), 0, -1):
        known = outlets.by_name.get(_key(" ".join(words[:count]).rstrip(" -–|:,")))
        if known is not None and (count > 1 or len(words) == 1 or words[1][0] in "(-–|"):
            return known
    return None


def _of_host(host: str, outlets: _Outlets) -> Iterator[tuple[str | None, str]]:
    labels = host.split(".")
    suffixes = [".".join(labels[i:]) for i in range(len(labels))]
    for suffix in suffixes:
        if suffix in outlets.institutions:
            yield outlets.institutions[suffix], "institution"
            return
        if suffix in outlets.by_host:
            code, world = outlets.by_host[suffix]
            yield code, "world" if world else "outlet"
            return
    top = labels[-1]
    code = outlets.countries.get(top) or outlets.weak.get(top)
    if code is None:
        return
    if outlets.government.intersection(labels[:-1]):
        yield code, "institution"
    elif top in outlets.countries:
        yield code, "outlet"


def _named(publisher: str, lexicon: Lexicon) -> tuple[str | None, str]:
    """What a publisher's name says of its country: (country, institution | outlet | "").

    The first country or body named counts: "President of Russia", "Delegation of the European Union
    to X", "Kabul Times". "Bank of Georgia" says nothing of whose officials are meant.
    """
    outlets = _outlets(lexicon)
    text = parse_text(publisher, lexicon.abbreviations)
    code, official, media, i = None, False, False, 0
    while i < len(text.words):
        found = lexicon.names.longest(text.words, i)
        official = official or lexicon.offices.longest(text.lows, i) is not None
        official = official or text.words[i] in outlets.state_words or text.lows[i] in _OFFICIAL
        media = media or text.words[i] in outlets.media_words
        if found and found[1].code and found[1].kind != "rank":
            known = found[1]
            code = code or known.code
            if known.kind == "organization" and known.detail in _STATE_BODIES:
                return known.code, "institution"
            official = official or (known.kind == "place" and known.detail == "seat")
        i += found[0] if found else 1
    if code is None:
        return None, ""
    return (code, "outlet") if media else (code, "institution" if official else "")


def countries_of(text: Text, lexicon: Lexicon, taken: frozenset[int]) -> list[tuple[int, str]]:
    """(token, country) for every country, people, city or state body named, in order.

    `taken` are tokens of persons' names ("Jordan", "Paris"), which name no country.
    """
    found: list[tuple[int, str]] = []
    i, words = 0, text.words
    while i < len(words):
        known = lexicon.names.longest(words, i) if words[i][0].isupper() else None
        if known is None or i in taken:
            i += 1
            continue
        name = known[1]
        body = name.kind == "organization" and name.detail not in _STATE_BODIES
        if name.code and name.code != "INT" and not body and name.kind != "rank":
            found.append((i, name.code))
        i += known[0]
    return found
