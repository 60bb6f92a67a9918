"""Dates in news prose: found as words, resolved against the article's own day.

Finding and resolving are two steps, since one and the same "Thursday" lies behind a report in the
past tense and ahead of an announcement; the caller knows the tense. Own weekday arithmetic:
dateparser reads "on Thursday" a week off for news.

Known limits: a week or a season is given as its month or year; a date of another calendar and a
year written in two digits are not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .lexicon import Lexicon
from .phrases import Phrases, words_of
from .text import Sentence, Text

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# "May" and "March" are months without a day only where one of these stands before them.
_BEFORE_MONTH = frozenset(
    "in since until till by during of early late mid from last next this through to and".split()
)
_BEFORE_YEAR = frozenset({"in", "since", "during", "by", "until"})
_EDGES = frozenset({"early", "late", "mid", "mid-"})
_RANGE_MARKS = frozenset({"-", "–", "—", "to", "through", "and", "until", "till", "/"})
_AGO = frozenset({"ago", "earlier"})
_LENGTHS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}
_TITLES_OF_DAYS = frozenset("black good super bloody ash cyber palm easter holy".split())
_SLACK = timedelta(days=2)  # a past date may lie just ahead: time zones, early editions


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that date something: tokens [first, last), not yet a day of the calendar.

    `surface`: calendar (month and day), month, year, weekday, offset (days from the article's day)
    or period (a unit shifted: "last week"). Fields that the surface does not use are None.
    """

    first: int
    last: int
    surface: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    end_weekday: int | None = None
    shift: int | None = None
    unit: str | None = None
    contextual: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day an article speaks from: its dateline's, else its publication's; None if neither.

    `reference` is the day last named, for "a day earlier".
    """

    dateline: date | None
    published: date | None
    reference: date | None = None

    @property
    def day(self) -> date | None:
        """The day that "today" means."""
        return self.dateline or self.published


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A day (or the first of a month or year), with records.DATE_PRECISIONS and DATE_BASES."""

    start: date
    end: date | None
    precision: str
    basis: str


@dataclass(frozen=True, slots=True)
class _Words:
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    shifts: Mapping[str, int]
    units: Mapping[str, str]
    numbers: Mapping[str, int]
    fixed: Phrases[tuple[int, bool]]
    starts: frozenset[str]


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    rows = lexicon.tables["date_words"]

    def column(kind: str) -> dict[str, int]:
        return {row["words"]: int(row["value"]) for row in rows if row["kind"] == kind}

    fixed: Phrases[tuple[int, bool]] = Phrases()
    for row in rows:
        if row["kind"] in ("day", "context_day"):
            fixed.add(words_of(row["words"]), (int(row["value"]), row["kind"] == "context_day"))
    months, weekdays, shifts = column("month"), column("weekday"), column("shift")
    firsts = {row["words"].split()[0] for row in rows if row["kind"] in ("day", "context_day")}
    numbers = column("number")
    starts = frozenset(firsts | set(months) | set(weekdays) | set(shifts) | set(numbers) | _EDGES)
    units = {row["words"]: row["value"] for row in rows if row["kind"] == "unit"}
    return _Words(months, weekdays, shifts, units, numbers, fixed, starts)


# --- finding ------------------------------------------------------------------------------------
def find_dates(text: Text, sentence: Sentence, lexicon: Lexicon) -> list[DateMention]:
    """All dates of a sentence in order, none inside another."""
    reader = _Reader(text, sentence, _words(lexicon))
    mentions: list[DateMention] = []
    starts, lows = reader.words.starts, text.lows
    i = sentence.first
    while i < sentence.last:
        low = lows[i]
        mention = None
        if low in starts or low[0].isdigit() or low.startswith("mid-") or low in _BEFORE_YEAR:
            mention = reader.read(i)
        if mention is not None:
            mentions.append(mention)
        i = mention.last if mention is not None else i + 1
    return mentions


class _Reader:
    """Reads one date at a token; every method gives a mention or None and looks a few tokens on."""

    def __init__(self, text: Text, sentence: Sentence, words: _Words) -> None:
        self.text, self.words, self.sentence = text, words, sentence
        self.lows, self.end = text.lows, sentence.last

    def read(self, i: int) -> DateMention | None:
        """The date that starts at token i."""
        low = self.lows[i]
        if low in self.words.weekdays:
            return self._weekday(i, None, i)
        if low in self.words.months:
            return self._month_first(i, i)
        if low.startswith("mid-") and low[4:] in self.words.months:
            return self._month_alone(i, i, low[4:])
        if low[0].isdigit():
            return self._iso(i) or self._day_first(i) or self._ago(i)
        fixed = self.words.fixed.longest(self.lows, i)
        if fixed and i + fixed[0] <= self.end:
            offset, contextual = fixed[1]
            return DateMention(i, i + fixed[0], "offset", shift=offset, contextual=contextual)
        if low in _BEFORE_YEAR:
            return self._year(i + 1)
        return self._shifted(i) or self._edge(i) or self._ago(i)

    def _low(self, i: int) -> str:
        return self.lows[i] if self.sentence.first <= i < self.end else ""

    def _number(self, i: int) -> int | None:
        """A day of the month: '5', '5th', '05'."""
        low = self._low(i)
        digits = low[:-2] if low.endswith(("st", "nd", "rd", "th")) else low
        if len(digits) <= 2 and digits.isdigit() and 1 <= int(digits) <= 31:
            return int(digits)
        return None

    def _year_at(self, i: int) -> int | None:
        low = self._low(i)
        if len(low) == 4 and low.isdigit() and _FIRST_YEAR <= int(low) < _LAST_YEAR:
            return int(low)
        return None

    def _month(self, i: int) -> int | None:
        if not self._low(i) or not self.text.words[i][0].isupper():
            return None
        return self.words.months.get(self._low(i))

    # --- calendar dates -------------------------------------------------------------------------
    def _iso(self, i: int) -> DateMention | None:
        parts = self._low(i).split("-")
        if len(parts) != 3 or not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
            return None
        year, month, day = (int(part) for part in parts)
        return DateMention(i, i + 1, "calendar", year=year, month=month, day=day)

    def _month_first(self, first: int, i: int) -> DateMention | None:
        """'March 5', 'March 5-7, 2020', 'June 29 and July 2', 'March 2020', 'in March'."""
        month = self._month(i)
        if month is None:
            return None
        days, j = self._days(i + 1)
        if not days:
            return self._month_alone(first, i, self._low(i))
        end_month = None
        if len(days) == 1 and self._low(j) in _RANGE_MARKS and self._month(j + 1):
            more, after = self._days(j + 2)
            if more:
                end_month, days, j = self._month(j + 1), [days[0], more[0]], after
        return self._calendar(first, j, month, days, end_month)

    def _day_first(self, i: int) -> DateMention | None:
        """'5 March 2020', '5th of March', '5-7 March', '5 to 7 March', '28 May to 2 June'."""
        days, j = self._days(i)
        if not days:
            return None
        if self._low(j) == "of":
            j += 1
        month = self._month(j)
        if month is None:
            return None
        j += 1
        if len(days) == 1 and self._low(j) in _RANGE_MARKS:
            more, after = self._days(j + 1)
            end_month = self._month(after) if more else None
            if end_month:
                return self._calendar(i, after + 1, month, [days[0], more[0]], end_month)
        return self._calendar(i, j, month, days, None)

    def _days(self, i: int) -> tuple[list[int], int]:
        """One day or the two ends of a range from token i, and the token behind them."""
        low = self._low(i)
        if "-" in low:
            ends = low.split("-")
            if len(ends) == 2 and all(e.isdigit() and 1 <= int(e) <= 31 for e in ends):
                return [int(ends[0]), int(ends[1])], i + 1
        if "," in low:  # "5,2020" printed without a space is one token
            day, _, year = low.partition(",")
            if day.isdigit() and len(year) == 4 and 1 <= int(day) <= 31:
                return [int(day)], i + 1
        first = self._number(i)
        if first is None:
            return [], i
        second = self._number(i + 2) if self._low(i + 1) in _RANGE_MARKS else None
        if second and second > first and not self._month(i + 1):
            return [first, second], i + 3
        return [first], i + 1

    def _calendar(
        self, first: int, j: int, month: int, days: Sequence[int], end_month: int | None
    ) -> DateMention:
        year = self._year_at(j)
        if year is None and self._low(j) == "," and self._year_at(j + 1):
            year, j = self._year_at(j + 1), j + 1
        if year is not None:
            j += 1
        else:
            glued = self._low(j - 1).partition(",")[2]
            year = int(glued) if len(glued) == 4 and glued.isdigit() else None
        end_day = days[1] if len(days) > 1 else None
        ending = end_month or (month if end_day else None)
        return DateMention(
            first, j, "calendar", year, month, days[0], end_month=ending, end_day=end_day
        )

    def _month_alone(self, first: int, i: int, name: str) -> DateMention | None:
        month = self.words.months[name]
        year = self._year_at(i + 1)
        if year is not None:
            return DateMention(first, i + 2, "month", year=year, month=month)
        before = self._low(i - 1)
        hyphen = name != self._low(i)
        if hyphen or (before in _BEFORE_MONTH and self.text.words[i][0].isupper()):
            return DateMention(first, i + 1, "month", month=month)
        return None

    def _year(self, i: int) -> DateMention | None:
        year = self._year_at(i)
        following = self._low(i + 1)
        if year is None or (following.isalpha() and following.endswith("s") and following != "as"):
            return None
        return DateMention(i, i + 1, "year", year=year)

    def _edge(self, i: int) -> DateMention | None:
        """'early March', 'late last week': the edge adds nothing that the precision could say."""
        if self._low(i) not in _EDGES:
            return None
        if self._month(i + 1):
            return self._month_first(i, i + 1)
        return self._shifted(i + 1)

    # --- relative dates -------------------------------------------------------------------------
    def _weekday(self, first: int, shift: int | None, i: int) -> DateMention | None:
        word, before = self.text.words[i], self._low(i - 1)
        if not word[0].isupper() or before in _TITLES_OF_DAYS:
            return None
        explicit = self._date_after_weekday(first, i + 1)
        if explicit is not None:
            return explicit
        following = self.text.words[i + 1] if i + 1 < self.end else ""
        governed = before in ("on", "of", "by", "until", "since", "from", "late", "early")
        titled = following[:1].isupper() and not governed and shift is None
        if titled and (before in ("the", "") or self.text.words[i - 1][:1].isupper()):
            return None  # "the Sunday Times"
        weekday, last, end = self.words.weekdays[self._low(i)], i + 1, None
        if self._low(last) in _RANGE_MARKS and self._low(last + 1) in self.words.weekdays:
            end, last = self.words.weekdays[self._low(last + 1)], last + 2
        return DateMention(first, last, "weekday", weekday=weekday, end_weekday=end, shift=shift)

    def _date_after_weekday(self, first: int, j: int) -> DateMention | None:
        """'Tuesday, March 5', 'Friday (Aug 21)', 'Thursday 5 March': the date says more."""
        if self._low(j) in (",", "("):
            j += 1
        if not self._low(j):
            return None
        if self._month(j):
            found = self._month_first(first, j) if self._number(j + 1) else None
        else:
            found = self._day_first(j) if self._low(j)[0].isdigit() else None
        return None if found is None else _moved(found, first)

    def _shifted(self, i: int) -> DateMention | None:
        """'last week', 'next Monday', 'this June', 'earlier this month' from its shift word."""
        shift = self.words.shifts.get(self._low(i))
        low = self._low(i + 1)
        if shift is None or not low:
            return None
        if low in self.words.weekdays:
            return self._weekday(i, shift, i + 1)
        if self._month(i + 1):
            if self._number(i + 2):
                return self._month_first(i, i + 1)
            month = self.words.months[low]
            return DateMention(i, i + 2, "month", month=month, shift=shift)
        unit = self.words.units.get(low)
        if unit is None or (unit == "part" and shift != 0):
            return None
        if unit in ("part", "night"):
            offset = -1 if shift < 0 else shift
            return DateMention(i, i + 2, "offset", shift=offset)
        return DateMention(i, i + 2, "period", shift=shift, unit=unit)

    def _ago(self, i: int) -> DateMention | None:
        """'two days ago', '3 weeks earlier', 'a year ago'."""
        low = self._low(i)
        number = int(low) if low.isdigit() and len(low) <= 2 else self.words.numbers.get(low)
        unit = self._low(i + 1)
        if number is None or self._low(i + 2) not in _AGO:
            return None
        if unit in ("year", "years"):
            return DateMention(i, i + 3, "period", shift=-number, unit="year")
        length = _LENGTHS.get(unit)
        if length is None:
            return None
        if length > 1:
            return DateMention(i, i + 3, "period", shift=-number, unit=unit.rstrip("s"))
        contextual = self._low(i + 2) == "earlier"
        return DateMention(i, i + 3, "offset", shift=-number, contextual=contextual)


def _moved(mention: DateMention, first: int) -> DateMention:
    return DateMention(
        first,
        mention.last,
        mention.surface,
        mention.year,
        mention.month,
        mention.day,
        mention.end_month,
        mention.end_day,
    )


# --- resolving ----------------------------------------------------------------------------------
def resolve_date(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    """The day that the words mean in a sentence of that tense ("past" or "future").

    None where the article has no day to count from, or the calendar has no such day.
    """
    try:
        return _RESOLVERS[mention.surface](mention, anchor, tense)
    except (ValueError, OverflowError):
        return None  # 30 February, year 0


def _resolve_calendar(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    month, day = mention.month or 1, mention.day or 1
    if mention.year is not None:
        start = date(mention.year, month, day)
    elif anchor.day is None:
        return None
    else:
        start = _nearest_year(anchor.day, month, day, tense)
    end = start
    if mention.end_day is not None:
        end_month = mention.end_month or month
        end = date(start.year + (end_month < month), end_month, mention.end_day)
    return ResolvedDate(start, end, "day", "explicit")


def _nearest_year(anchor: date, month: int, day: int, tense: str) -> date:
    """The year that puts a day nearest the anchor on the side of the tense."""
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1, anchor.year + 2):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue  # 29 February
    if tense == "future":
        right = [d for d in days if d >= anchor - _SLACK]
    else:
        right = [d for d in days if d <= anchor + _SLACK]
    return min(right or days, key=lambda d: abs(d - anchor))


def _resolve_month(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    month = mention.month or 1
    year = mention.year
    if year is None:
        if anchor.day is None:
            return None
        year = anchor.day.year
        if mention.shift == 0:
            pass
        elif mention.shift == 1 or (mention.shift is None and tense == "future"):
            # "next September", said in September, is that of the next year
            year += month < anchor.day.month + (mention.shift == 1)
        elif month > anchor.day.month or (mention.shift == -1 and month == anchor.day.month):
            year -= 1
    return ResolvedDate(date(year, month, 1), None, "month", "explicit")


def _resolve_year(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    return ResolvedDate(date(mention.year or 1, 1, 1), None, "year", "explicit")


def _resolve_weekday(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    if anchor.day is None or mention.weekday is None:
        return None
    ahead = (mention.weekday - anchor.day.weekday()) % 7
    if mention.shift == 1 or (mention.shift != -1 and tense == "future"):
        days = ahead or (7 if mention.shift == 1 else 0)
    else:
        days = ahead - 7 if ahead or mention.shift == -1 else 0
    start = anchor.day + timedelta(days=days)
    end = start
    if mention.end_weekday is not None:
        end = start + timedelta(days=(mention.end_weekday - mention.weekday) % 7)
    return ResolvedDate(start, end, "day", "weekday")


def _resolve_offset(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    base = (anchor.reference or anchor.day) if mention.contextual else anchor.day
    if base is None:
        return None
    start = base + timedelta(days=mention.shift or 0)
    return ResolvedDate(start, start, "day", "relative")


def _resolve_period(mention: DateMention, anchor: Anchor, tense: str) -> ResolvedDate | None:
    if anchor.day is None:
        return None
    shift, day = mention.shift or 0, anchor.day
    if mention.unit == "weekend":
        start = day - timedelta(days=day.weekday() - 5) + timedelta(weeks=min(shift, 1))
        if shift == 0 and tense != "future" and start > day:
            start -= timedelta(weeks=1)
        return ResolvedDate(start, start + timedelta(days=1), "day", "relative")
    if mention.unit in ("year", "season"):
        return ResolvedDate(date(day.year + shift, 1, 1), None, "year", "relative")
    if mention.unit == "month":
        months = day.year * 12 + day.month - 1 + shift
        return ResolvedDate(date(months // 12, months % 12 + 1, 1), None, "month", "relative")
    week = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return ResolvedDate(week.replace(day=1), None, "month", "relative")


_RESOLVERS = {
    "calendar": _resolve_calendar,
    "month": _resolve_month,
    "year": _resolve_year,
    "weekday": _resolve_weekday,
    "offset": _resolve_offset,
    "period": _resolve_period,
}
