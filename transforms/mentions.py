"""A noun phrase that names somebody, as the reader of noun phrases hands it on."""

from __future__ import annotations

from dataclasses import dataclass, field

PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "p",
    "i": "i",
    "we": "w",
    "it": "n",
    "who": "r",
}
DETERMINERS = frozenset(
    "the a an this these those his her its their our my both some many several two three four "
    "five six seven eight nine ten all other another one no any each more most few dozens such "
    "various numerous hundreds thousands".split()
)


@dataclass(slots=True)
class Mention:
    """One noun phrase: tokens [first, last), head at `head`, name at [name_first, name_last).

    `kind`: person, organization, country, group, unnamed, pronoun, office (a person known by office
    alone) or name (a proper name of unknown kind). `tail` is the end with an appositive. `entity`
    is filled by `people.resolve`.
    """

    first: int
    last: int
    kind: str
    sentence: int
    tail: int = 0
    name_first: int = -1
    name_last: int = -1
    name: str | None = None
    role: str | None = None
    role_code: str | None = None
    role_span: tuple[int, int] | None = None
    country: str | None = None
    organization: str | None = None
    determiner: str = ""
    modifiers: set[str] = field(default_factory=set)
    owner: int = -1  # first token of a possessor ("his", "Putin's")
    plural: bool = False
    quoted: bool = False
    honorific: str = ""
    place: bool = False  # a city or seat, printed where it may stand for its government
    owner_entity: int = -1  # whose it is, where "'s" stands before it
    entity: int = -1

    @property
    def head(self) -> int:
        """Token by which the phrase is recognized: its last."""
        return self.last - 1
