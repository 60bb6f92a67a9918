"""Whether an office that is mentioned is the one that a person holds ("the envoy")."""

from __future__ import annotations

from .entities import Entity, codes_differ, head_word, office_key
from .mentions import Mention
from .relations import MINISTERS

_LEADERS = frozenset({"leader", "ruler", "strongman"})
# What the holders of other offices are called too: "the diplomat", "the envoy".
_CALLED = {
    "diplomat": frozenset("ambassador envoy consul foreign_minister".split()),
    "envoy": frozenset({"ambassador"}),
}
# Titles that no holder of another one is called by: "the Emir" is not the King.
_SOVEREIGNS = {
    word: number
    for number, words in enumerate(
        ("president", "king", "queen", "emir amir", "sultan", "emperor empress", "pope", "duke")
    )
    for word in words.split()
}
# Whom a form of address may mean: "His Majesty" is a king, "His Highness" a prince or emir.
_ADDRESSED = {
    "majesty": frozenset("king queen sultan emperor empress monarch".split()),
    "highness": frozenset("emir amir prince princess ruler duke sheikh sultan".split()),
}
_EXCELLENCIES = MINISTERS | {"ambassador", "deputy_head_of_government", "speaker_of_parliament"}
_HEADS = frozenset({"head_of_state", "head_of_government", "deputy_head_of_state"})


def titles_agree(one: str, other: str) -> bool:
    """Whether two titles of heads of state may be one person's; a word that is none agrees."""
    a, b = _SOVEREIGNS.get(one), _SOVEREIGNS.get(other)
    return a is None or b is None or a == b


def title_agreement(entity: Entity, mention: Mention) -> int:
    """How well a person's office agrees with an office that is mentioned; 0 where it does not."""
    head = head_word(mention.role)
    if head == "excellency":
        return 2 if entity.role_code in _HEADS or entity.role_code in _EXCELLENCIES else 0
    if head in _ADDRESSED:
        return 2 if head_word(entity.role) in _ADDRESSED[head] else 0
    if not titles_agree(head_word(entity.role), head):
        return 0
    if head in _LEADERS and len((mention.role or "").split()) == 1:
        fits = entity.role_code in _HEADS or head_word(entity.role) in _LEADERS
        return 2 if fits and (mention.country is None or entity.country is not None) else 0
    known = mention.determiner == "the" or mention.owner >= 0
    if known and entity.role_code in _CALLED.get(head, ()):
        top = "top" in mention.modifiers
        return 2 if top == (entity.role_code == "foreign_minister") else 0
    score = 2 * (entity.role_code == mention.role_code) + (head_word(entity.role) == head)
    if head == "minister" and entity.role_code == "head_of_government":
        score -= entity.role_code != mention.role_code  # "the minister" is not the premier
    specific = mention.country or mention.organization or mention.role_code != "minister"
    if score == 1 and specific and codes_differ(entity, mention):
        return 0
    return score


def holds_also(entity: Entity, mention: Mention) -> bool:
    """Whether the office is a second one that the person holds: "the AU chair", a president."""
    return bool(entity.also) and mention.country == "INT" and office_key(mention) in entity.also
