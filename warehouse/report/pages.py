"""Pages from templates: what the templates may call, and where their output goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from .marks import visible

_HEADLINE = 90
# "CITY, Country, March 5 (Agency) -- " before the first sentence of a dispatch.
_DATELINE = re.compile(r"^[A-Z][A-Z' .-]{1,40}[^\n]{0,60}?(?: --? | [–—] |\. (?=[A-Z][a-z]))")
_KINDS = {
    "meeting": "meeting",
    "visit": "visit",
    "phone_call": "phone call",
    "video_call": "video call",
    "multilateral": "multilateral",
}


class Pages:
    """Writes pages into one folder; every text in them is escaped and made visible."""

    def __init__(self, folder: Path, totals: dict[str, Any], names: Mapping[str, str]) -> None:  # noqa: D107
        self.totals = totals
        self.count = 0
        self._folder = folder
        self._names = names
        self._environment = Environment(
            loader=PackageLoader(__package__, "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
        )
        self._environment.filters |= {
            "day": self.day,
            "moment": moment,
            "headline": headline,
            "country": self.country_name,
            "party": self.party_text,
            "place": self.place_text,
            "words": lambda value: _KINDS.get(value, value.replace("_", " ")),
            "web": web_address,
            "svg": Markup,  # only ever the output of charts.py
        }
        self._environment.globals["totals"] = totals

    def write(self, name: str, template: str, **values: Any) -> None:
        """Render a template into a page of this name."""
        root = "../" * name.count("/")
        text = self._environment.get_template(template).render(root=root, here=name, **values)
        self.write_text(name, text)
        self.count += 1

    def write_text(self, name: str, text: str) -> None:
        """Write one file. What is no Unicode (a lone surrogate) becomes a question mark."""
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8", errors="replace"))

    def country_name(self, code: str | None) -> str:
        """A country's name, or its code where no name is known; nothing for none."""
        return self._names.get(code, code) if code else ""

    def party_text(self, party: Mapping[str, Any]) -> str:
        """A party to a meeting in one line."""
        home = self.country_name(party["country"])
        return f"{party['name']} ({home})" if home and home != party["name"] else str(party["name"])

    def place_text(self, meeting: Mapping[str, Any]) -> str:
        """Where a meeting was, with its country where the place is not named like it."""
        home = self.country_name(meeting["place_country"])
        parts = [meeting["place"], home if home != meeting["place"] else None]
        return ", ".join(part for part in parts if part)

    def day(self, value: date | datetime | None, precision: str | None = None) -> str:
        """A day as 5 Mar 2020, as exactly as it is known."""
        if value is None:
            return ""
        form = {"month": f"{value:%b %Y}", "year": f"{value:%Y}"}
        return form.get(precision or "", f"{value.day} {value:%b %Y}")


def moment(value: datetime | None) -> str:
    """A time to the minute, UTC."""
    return f"{value:%Y-%m-%d %H:%M}" if value else ""


def headline(row: Mapping[str, Any]) -> str:
    """An article's title; where it has none, how its text begins."""
    if row["title"] and row["title"].strip():
        return str(row["title"])
    opening = _DATELINE.sub("", row["opening"], count=1)
    paragraphs = [" ".join(part.split()) for part in opening.split("\n\n")]
    text = next((part for part in paragraphs if len(part) > 60), max(paragraphs, key=len))
    if len(text) <= _HEADLINE:
        return text
    return text[:_HEADLINE].rsplit(" ", 1)[0] + " …"


def web_address(url: str | None) -> str | None:
    """An address that a page may link to: http and https alone."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _shown(value: Any) -> Any:
    """What a template prints: texts made visible, numbers with commas, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return visible(str(value))
