"""Seed rows compiled once into the look-ups that the rules use.

Proper names are matched as printed ("US" is a country, "us" is not), everything else in lower case.
A Lexicon is compared by identity, so a module may cache what it compiles from `tables` itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .inflection import inflect
from .phrases import Phrases, words_of

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name that the seeds know.

    `kind` is country, adjective, people, place, organization or rank; `detail` the seed's own
    kind (capital, party, honorific …); `metonym` whether a place stands for its government, and
    `stands_for` the body that it stands for instead. `usual` is the country of a name that bodies
    of several countries share ("Treasury"), where nothing says otherwise.
    """

    kind: str
    name: str
    code: str | None = None
    detail: str = ""
    metonym: bool = False
    stands_for: str = ""
    usual: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An office or occupation: its code, the one country that has it, whether it is plural.

    `usual` is the country that is meant where nothing says otherwise ("Secretary of State").
    """

    role_code: str
    country: str | None
    plural: bool
    usual: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb phrase that attributes, in one of its inflected forms.

    `forms` holds the forms that are spelt so (base, s, past, participle, ing), `frames` what may
    follow it (see seeds/cues.csv), `subject` 'source' where only a person or body makes it a cue.
    """

    lemma: str
    forms: frozenset[str]
    frames: frozenset[str]
    speech_act: str
    subject: str
    keeps_object: bool


@dataclass(frozen=True, slots=True)
class CueNoun:
    """A noun that attributes, with a support verb ("voiced concern over") or by itself."""

    noun: str
    complements: frozenset[str]
    speech_act: str
    alone: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that the rules know, compiled; `tables` are the seed rows as read."""

    tables: Mapping[str, Rows]
    abbreviations: frozenset[str]
    names: Phrases[Name]
    offices: Phrases[Office]
    modifiers: Mapping[str, str]
    given_names: Mapping[str, str]
    org_words: frozenset[str]
    group_nouns: Phrases[str]
    cues: Phrases[Cue]
    cue_nouns: Phrases[CueNoun]
    support: Mapping[str, frozenset[str]]
    cue_heads: frozenset[str]  # first words of cues, cue nouns and support verbs
    places: Mapping[str, str]
    place_kinds: Mapping[str, str]
    countries: Mapping[str, str]
    agencies: Mapping[str, str]


def build_lexicon(tables: Mapping[str, Rows]) -> Lexicon:
    """Compile seed tables ({name: rows}, as `seeds.read` gives them) into a Lexicon.

    Raises KeyError for a missing table or column.
    """
    abbreviations = frozenset(row["abbreviation"].lower() for row in tables["abbreviations"])
    places = [row for row in tables["places"] if row["code"]]
    nouns, support = _cue_nouns(tables["cue_nouns"])
    cues = _cues(tables["cues"])
    supporting = frozenset(verb.split()[0] for verb in support)
    return Lexicon(
        tables=tables,
        abbreviations=abbreviations,
        names=_names(tables, abbreviations),
        offices=_offices(tables["offices"], abbreviations),
        modifiers={row["pattern"].lower(): row["effect"] for row in tables["office_modifiers"]},
        given_names={row["name"]: row["gender"] for row in tables["given_names"]},
        org_words=frozenset(row["word"] for row in tables["org_words"]),
        group_nouns=_group_nouns(tables["group_nouns"]),
        cues=cues,
        cue_nouns=nouns,
        support=support,
        cue_heads=cues.heads() | nouns.heads() | supporting | {"according", "in"},
        places={row["name"].lower(): row["code"] for row in places},
        place_kinds={row["name"].lower(): row["kind"] for row in places},
        countries={
            row["name"].lower(): row["code"] for row in tables["countries"] if row["form"] == "name"
        },
        agencies={row["alias"].lower(): row["name"] for row in tables["agencies"]},
    )


_LONG = 3  # letters; a shorter acronym in small letters would be a word ("Who")
_WORDS = frozenset({"PACE", "GUAM", "QUAD"})  # acronyms that are words or names in small letters


def _names(tables: Mapping[str, Rows], abbreviations: frozenset[str]) -> Phrases[Name]:
    """All proper names; where two tables share a spelling, the later of this order wins."""
    names: Phrases[Name] = Phrases()
    for row in tables["ranks"]:
        names.add(
            words_of(row["pattern"], abbreviations), Name("rank", row["pattern"], None, row["kind"])
        )
    for row in tables["places"]:
        place = Name(
            "place",
            row["name"],
            row["code"] or None,
            row["kind"],
            row["metonym"] == "yes",
            row["note"].partition("stands for ")[2],
        )
        names.add(words_of(row["name"], abbreviations), place)
    for row in tables["organizations"]:
        shared = row["note"] == "shared name"
        country = row["country"] or None
        known = None if shared or row["kind"] == "media" else country
        body = Name(
            "organization", row["name"], known, row["kind"], usual=country if shared else None
        )
        for form in (row["name"], row["short"]):
            if form:
                names.add(words_of(form, abbreviations), body)
            spelt = len(form) > _LONG and form.isalpha() and form.isupper()
            if row["kind"] == "igo" and spelt and form not in _WORDS:
                names.add([form.capitalize()], body, replace=False)  # "Nato"
    for row in tables["countries"]:
        kind = "country" if row["form"] == "name" else row["form"]
        state = Name(kind, row["name"], row["code"])
        names.add(words_of(row["name"], abbreviations), state, replace=kind != "people")
    return names


_INCOMING = ("-designate", "-elect")


def _offices(rows: Rows, abbreviations: frozenset[str]) -> Phrases[Office]:
    offices: Phrases[Office] = Phrases()
    for row in rows:
        for form, plural in ((row["plural"], True), (row["pattern"], False)):
            if form:
                words = [word.lower() for word in words_of(form, abbreviations)]
                usual = row["note"].partition("usually ")[2] or None
                office = Office(row["role_code"], row["country"] or None, plural, usual)
                offices.add(words, office)
                for ending in _INCOMING:  # "the security adviser-designate"
                    offices.add([*words[:-1], words[-1] + ending], office, replace=False)
    return offices


def _group_nouns(rows: Rows) -> Phrases[str]:
    nouns: Phrases[str] = Phrases()
    for row in rows:
        nouns.add([word.lower() for word in words_of(row["phrase"])], row["kind"])
    return nouns


def _cues(rows: Rows) -> Phrases[Cue]:
    cues: Phrases[Cue] = Phrases()
    for row in rows:
        spellings: dict[tuple[str, ...], set[str]] = {}
        words = words_of(row["lemma"].lower())
        for form, spelling in inflect(words[0], row["past"], row["participle"]).items():
            spellings.setdefault((spelling, *words[1:]), set()).add(form)
        for spelling_words, forms in spellings.items():
            cues.add(spelling_words, _cue(row, frozenset(forms)))
    return cues


def _cue(row: Mapping[str, str], forms: frozenset[str]) -> Cue:
    return Cue(
        lemma=row["lemma"],
        forms=forms,
        frames=frozenset(row["frames"].split()),
        speech_act=row["speech_act"],
        subject=row["subject"] or "any",
        keeps_object="object in content" in row["note"],
    )


def _cue_nouns(rows: Rows) -> tuple[Phrases[CueNoun], dict[str, frozenset[str]]]:
    """Cue nouns by themselves, and for each inflected support verb the nouns it carries."""
    nouns: Phrases[CueNoun] = Phrases()
    support: dict[str, set[str]] = {}
    for row in rows:
        words = words_of(row["noun"].lower())
        verbs = row["verbs"].split()
        known = nouns.longest(words, 0)
        complements = frozenset(row["complements"].split())
        alone = not verbs
        if known and known[0] == len(words):
            complements |= known[1].complements
            alone |= known[1].alone
        nouns.add(words, CueNoun(row["noun"], complements, row["speech_act"], alone))
        for verb in verbs:
            head, *rest = verb.split("_")
            for spelling in inflect(head).values():
                support.setdefault(" ".join([spelling, *rest]), set()).add(row["noun"].lower())
    return nouns, {verb: frozenset(carried) for verb, carried in support.items()}


def table_of(lexicon: Lexicon, name: str) -> list[Mapping[str, Any]]:
    """The rows of one seed table; KeyError where it was not given."""
    return list(lexicon.tables[name])
