"""How sure a meeting is: evidence of its reading, weighed as measured on annotated articles.

Each meeting shows a handful of features (who its parties are, whether two states are known, what
kind of word told of it, whether more than one sentence did). `seeds/meeting_evidence.csv` holds a
weight for each, in log-odds; their sum makes the confidence. The weights come from
`tests/fit_meeting_confidence.py`, which anyone can run over annotations of their own.
"""

from __future__ import annotations

import math
from functools import lru_cache

from .found import FoundMeeting
from .lexicon import Lexicon, table_of
from .people import Cast

_LEAST, _MOST = 0.05, 0.99  # nothing is certain
_PAIR = 2


def find_meeting_evidence(found: FoundMeeting, cast: Cast) -> list[str]:
    """The features that one meeting shows, as `feature=value`; one value a feature."""
    entities = [cast.entities[p.entity] for p in found.participants]
    named = sum(e.kind == "person" and bool(e.words) for e in entities)
    countries = {e.country for e in entities if e.country}
    told = found.latest > found.evidence[0] or len(found.evidence) > 1
    return [
        f"parties={'named' if named >= _PAIR else 'mixed' if named else 'bodies'}",
        f"states={'two' if len(countries) >= _PAIR else 'one' if countries else 'none'}",
        f"word={found.rule.partition(' ')[0]}",
        f"status={'held' if found.status in ('held', 'ongoing') else found.status}",
        f"told={'more' if told else 'once'}",
        f"date={'yes' if found.date else 'no'}",
    ]


def estimate_meeting_confidence(found: FoundMeeting, cast: Cast, lexicon: Lexicon) -> float:
    """The share of meetings with this evidence that were right when it was measured, 0 to 1."""
    weights = _weights(lexicon)
    score = weights.get("base", 0.0)
    score += sum(weights.get(feature, 0.0) for feature in find_meeting_evidence(found, cast))
    return round(min(max(1 / (1 + math.exp(-score)), _LEAST), _MOST), 2)


@lru_cache(maxsize=4)
def _weights(lexicon: Lexicon) -> dict[str, float]:
    """The table's weights, read once for each lexicon."""
    return {row["feature"]: float(row["weight"]) for row in table_of(lexicon, "meeting_evidence")}
