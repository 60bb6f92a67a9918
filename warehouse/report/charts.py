"""The charts of the report, drawn by Altair and vl-convert as SVG; no browser, no script, no font.

Colours are names of the style sheet's variables, so that a chart follows the page into dark mode.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

_WIDTH = 520
_HEIGHT = 150
# Stand-ins that Altair can work with, and what the page's style sheet calls them.
_INK = {
    "#010101": "var(--ink-2)",
    "#020202": "var(--line)",
    "#030303": "var(--c1)",
    "#040404": "var(--c2)",
    "#050505": "var(--c3)",
    "#060606": "var(--c4)",
    "#070707": "var(--c5)",
    "#080808": "var(--c6)",
}
_SERIES = ["#030303", "#040404", "#050505", "#060606", "#070707", "#080808"]
_FONT = "Helvetica, Arial, sans-serif"
_MANY_DAYS, _MANY_MONTHS = 70, 60


def unit_of(days: Sequence[date]) -> str:
    """How fine a timeline is to be: day, month or year, by the time it covers."""
    covered = (max(days) - min(days)).days if days else 0
    if covered <= _MANY_DAYS:
        return "day"
    return "month" if covered <= _MANY_MONTHS * 31 else "year"


def draw_timeline(rows: Sequence[dict[str, Any]], series: Sequence[str], unit: str) -> str:
    """Bars over time, stacked by `series`: rows of {"day", "series", "count"}; an SVG element.

    Days must be the first of their month or year already where the unit is one of these.
    """
    values = [{**row, "day": row["day"].isoformat()} for row in rows]
    colours = [_SERIES[place % len(_SERIES)] for place in range(len(series))]
    form = {"day": "%-d %b", "month": "%b %Y", "year": "%Y"}[unit]
    time_unit: Any = {"day": "utcyearmonthdate", "month": "utcyearmonth", "year": "utcyear"}[unit]
    heights: dict[Any, int] = {}
    for row in rows:
        heights[row["day"]] = heights.get(row["day"], 0) + row["count"]
    tallest = max(heights.values(), default=1)
    bars = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(cornerRadiusTopLeft=1.5, cornerRadiusTopRight=1.5)
        .encode(
            x=alt.X(
                "day:T",
                timeUnit=time_unit,
                title=None,
                bandPosition=0.5,
                axis=alt.Axis(format=form, grid=False, tickCount=6, labelFlush=True),
            ),
            y=alt.Y(
                "sum(count):Q", title=None, axis=alt.Axis(tickCount=min(4, tallest), format=",d")
            ),
            color=alt.Color(
                "series:N",
                sort=list(series),
                scale=alt.Scale(domain=list(series), range=colours),
                legend=alt.Legend(title=None, orient="top", offset=4) if len(series) > 1 else None,
            ),
            order=alt.Order("place:Q"),
        )
        .properties(width=_WIDTH, height=_HEIGHT, background="transparent")
    )
    return _svg(bars.configure(**_style()))


def _style() -> dict[str, Any]:
    axis = {
        "labelColor": "#010101",
        "labelFont": _FONT,
        "labelFontSize": 11,
        "gridColor": "#020202",
        "domainColor": "#020202",
        "tickColor": "#020202",
    }
    legend = {
        "labelColor": "#010101",
        "labelFont": _FONT,
        "labelFontSize": 12,
        "symbolType": "square",
        "symbolSize": 90,
        "labelLimit": 130,
        "columns": 3,
    }
    return {
        "axis": axis,
        "axisY": {"domain": False, "ticks": False},
        "legend": legend,
        "view": {"stroke": None},
    }


def _svg(chart: Any) -> str:
    """The chart as an SVG element that scales with the page and takes the page's colours."""
    out = io.StringIO()
    chart.save(out, format="svg")
    svg = out.getvalue()
    for stand_in, name in _INK.items():
        svg = svg.replace(f'"{stand_in}"', f'"{name}"')
    svg = re.sub(r'\sstyle="[^"]*"', "", svg)  # the pages allow no inline style
    svg = _with_own_names(svg)
    opening = re.search(r"<svg[^>]*>", svg)
    assert opening is not None
    size = re.search(r'viewBox="[^"]*"', opening[0])
    assert size is not None
    return f'<svg class="chart" aria-hidden="true" {size[0]}>' + svg[opening.end() :]


def _with_own_names(svg: str) -> str:
    """Names that follow from the chart alone: the library counts them over all that it draws."""
    names = list(dict.fromkeys(re.findall(r'\sid="([^"]+)"', svg)))
    parts = re.split("|".join(map(re.escape, sorted(names, key=len, reverse=True))), svg)
    digest = hashlib.sha256("".join(parts if names else [svg]).encode()).hexdigest()[:8]
    for number, name in enumerate(names):
        svg = re.sub(
            rf'(id="|url\(#|href="#){re.escape(name)}(?=["\)])', rf"\1c{digest}-{number}", svg
        )
    return svg
