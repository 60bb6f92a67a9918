"""GEXF for Gephi: who met whom, countries or persons as nodes, meetings as weighted edges.

Read from the view event_pairs, so that reports of one meeting count once. Meetings that were held
or are under way count; nodes carry name, country and region, edges the first and last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from ..query import fetch_rows
from .source import Dataset

LEVELS = ("country", "person")
# GEXF 1.2 is read by every Gephi since 0.8 and by networkx.
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<meta>
<creator>Readout</creator>
<description>{}</description>
</meta>
<graph mode="static" defaultedgetype="undirected">
"""
_NODE_ATTRIBUTES = {
    "country": "string",
    "country_name": "string",
    "region": "string",
    "subregion": "string",
    "role_code": "string",
    "meetings": "long",
}
_EDGE_ATTRIBUTES = {
    "meetings": "long",
    "articles": "long",
    "first_on": "string",
    "last_on": "string",
    "kinds": "string",
}
_EDGES = """
SELECT
    party_1,
    party_2,
    coalesce(country_1, '') AS country_1,
    coalesce(country_2, '') AS country_2,
    count(*) AS meetings,
    CAST(sum(articles) AS BIGINT) AS articles,
    CAST(min(day) AS VARCHAR) AS first_on,
    CAST(max(day) AS VARCHAR) AS last_on,
    string_agg(DISTINCT kind, '; ' ORDER BY kind) AS kinds
FROM event_pairs
WHERE level = $level AND status IN ('held', 'ongoing')
GROUP BY party_1, party_2, coalesce(country_1, ''), coalesce(country_2, '')
ORDER BY party_1, party_2, country_1, country_2
"""
_NODES = """
WITH sides AS (
    SELECT event_id, party_1 AS party, country_1 AS country, role_code_1 AS role_code
    FROM event_pairs
    WHERE level = $level AND status IN ('held', 'ongoing')
    UNION ALL
    SELECT event_id, party_2, country_2, role_code_2
    FROM event_pairs
    WHERE level = $level AND status IN ('held', 'ongoing')
)

SELECT
    s.party,
    coalesce(s.country, '') AS country,
    min(c.country_name) AS country_name,
    min(c.region) AS region,
    min(c.subregion) AS subregion,
    min(s.role_code) AS role_code,
    count(DISTINCT s.event_id) AS meetings
FROM sides AS s
LEFT JOIN countries AS c ON c.country = s.country
GROUP BY s.party, coalesce(s.country, '')
ORDER BY s.party, country
"""
# Characters that XML has no way to hold.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {
    0xFFFE: None,
    0xFFFF: None,
}


def write_gexf(dataset: Dataset, data: Path, path: Path, level: str = "country") -> None:
    """The network of one level ("country" or "person") as one GEXF file. Raises QueryError."""
    nodes = fetch_rows(data, _NODES, {"level": level})
    edges = fetch_rows(data, _EDGES, {"level": level})
    with path.open("w", encoding="utf-8") as out:
        out.write(_HEAD.format(_escaped(dataset.label)))
        out.write(_attributes("node", _NODE_ATTRIBUTES) + "<nodes>\n")
        out.writelines(map(_node, nodes))
        out.write("</nodes>\n" + _attributes("edge", _EDGE_ATTRIBUTES) + "<edges>\n")
        out.writelines(_edge(number, edge) for number, edge in enumerate(edges))
        out.write("</edges>\n</graph>\n</gexf>\n")


def _attributes(kind: str, attributes: Mapping[str, str]) -> str:
    lines = (f'<attribute id="{n}" title="{n}" type="{t}"/>\n' for n, t in attributes.items())
    return f'<attributes class="{kind}">\n{"".join(lines)}</attributes>\n'


def _node(row: Mapping[str, Any]) -> str:
    """A country is known by its code, a person by name and country."""
    key = _key(row["party"], row["country"])
    values = _values(row, _NODE_ATTRIBUTES)
    return f"<node id={_quoted(key)} label={_quoted(row['party'])}>{values}</node>\n"


def _edge(number: int, row: Mapping[str, Any]) -> str:
    source = _quoted(_key(row["party_1"], row["country_1"]))
    target = _quoted(_key(row["party_2"], row["country_2"]))
    head = f'<edge id="{number}" source={source} target={target} weight="{row["meetings"]}">'
    return head + _values(row, _EDGE_ATTRIBUTES) + "</edge>\n"


def _key(party: str, country: str) -> str:
    return f"{party} ({country})" if country else party


def _values(row: Mapping[str, Any], names: Iterable[str]) -> str:
    told = ((name, row[name]) for name in names if row[name] not in (None, ""))
    values = (f'<attvalue for="{name}" value={_quoted(str(value))}/>' for name, value in told)
    return f"<attvalues>{''.join(values)}</attvalues>"


def _quoted(text: str) -> str:
    return quoteattr(text.translate(_FORBIDDEN))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
