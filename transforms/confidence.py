"""How sure a statement is: evidence of its reading, weighed as measured on annotated articles.

Each statement shows a handful of features ("found by a that-clause", "the speaker is a pronoun").
`seeds/evidence.csv` holds a weight for each, in log-odds; their sum makes the confidence. The
weights come from `tests/fit_confidence.py`, which anyone can run over annotations of their own; it
also prints the curve: of rows with confidence 0.8, how many were right.
"""

from __future__ import annotations

import math

from .found import FoundStatement
from .lexicon import Lexicon, table_of

_COMMON_CUES = frozenset({"say", "tell", "add", "according to"})
_NAMED = frozenset({"person", "name"})
_BODIES = frozenset({"organization", "country", "place"})
_LONG = 60  # tokens of content: two sentences and more
_FAR = 4  # tokens between speaker and cue
_LEAST, _MOST = 0.05, 0.99  # nothing is certain


def find_evidence(found: FoundStatement) -> list[str]:
    """The features that one statement shows, as `feature=value`; one value a feature."""
    size = sum(stop - start for start, stop in found.contents)
    return [
        f"rule={_rule(found)}",
        f"form={found.form or 'indirect'}",
        f"speaker={_speaker(found)}",
        f"cue={'common' if found.lemma in _COMMON_CUES else 'other' if found.lemma else 'none'}",
        f"size={'long' if size > _LONG else 'short' if size < 4 else 'plain'}",
        f"distance={_distance(found)}",
    ]


def estimate_confidence(found: FoundStatement, lexicon: Lexicon) -> float:
    """The share of statements with this evidence that were right when it was measured, 0 to 1."""
    weights = _weights(lexicon)
    score = weights.get("base", 0.0)
    score += sum(weights.get(feature, 0.0) for feature in find_evidence(found))
    return round(min(max(1 / (1 + math.exp(-score)), _LEAST), _MOST), 2)


_compiled: dict[int, tuple[Lexicon, dict[str, float]]] = {}


def _weights(lexicon: Lexicon) -> dict[str, float]:
    """The table's weights, read once for each lexicon."""
    known = _compiled.get(id(lexicon))
    if known is None or known[0] is not lexicon:
        rows = table_of(lexicon, "evidence")
        known = lexicon, {row["feature"]: float(row["weight"]) for row in rows}
        _compiled[id(lexicon)] = known
    return known[1]


def _rule(found: FoundStatement) -> str:
    """The rule that found the content, with how the cue was found where that matters."""
    shape, _, rule = found.rule.partition("-")
    if shape in ("verb", "inverted"):
        return rule or shape
    return shape


def _speaker(found: FoundStatement) -> str:
    """How the text names the speaker here."""
    mention, entity = found.speaker, found.entity
    if entity is None or not entity.name:
        return "unknown"
    if mention is None:
        return "carried"
    if mention.kind == "pronoun":
        return "pronoun"
    if entity.kind in _NAMED:
        return "name" if mention.name else "office"
    if entity.kind in _BODIES:
        return "body"
    if entity.kind == "group":
        return "group"
    return "found" if mention.sentence < 0 else "unnamed"


def _distance(found: FoundStatement) -> str:
    """Whether the cue stands beside its speaker."""
    if found.speaker is None or found.cue is None:
        return "none"
    first, last = found.cue
    gap = first - found.speaker.last if found.speaker.first < first else found.speaker.first - last
    return "far" if gap > _FAR or gap < 0 else "near"
