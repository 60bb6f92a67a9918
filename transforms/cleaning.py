"""Bytes to text, and text to the one form in which every article is kept.

Decoding asks, in this order: a byte order mark, UTF-8 (bytes beyond ASCII that are valid UTF-8 are
hardly ever anything else, whatever the page declares), the declared charset, the one a page names
in its head, a guess. Bytes that are no text raise `UnusableError`; no article is made of them.

Normal form: NFC; no control, zero-width, direction or surrogate characters; every space a plain
one; paragraphs parted by exactly one empty line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes
from courlan import normalize_url

MAX_CHARACTERS = 5_000_000
_MAX_REPLACED = 0.1  # share of U+FFFD among the characters beyond ASCII in a usable text
_MAX_CONTROLS = 0.02  # share of control bytes in what may still be text
_GUESS_FROM = 65_536  # bytes; guessing reads each of them about 90 times

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# WHATWG: pages that say Latin-1 or ASCII mean windows-1252; the same for its kin.
_LABELS = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}
# Charsets of seven bits: their bytes are always valid UTF-8 too, so here the label goes first.
_SEVEN_BIT = ("iso-2022", "hz", "utf-7")
# The bytes with which windows-1252 prints quotation marks, dashes, ellipsis, £, §, ©, é …
_TYPOGRAPHY = bytes(
    [0x80, 0x85, *range(0x91, 0x98), 0x99, 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xBB, 0xE9]
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_ASCII = bytes(range(128))

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x2070), *range(0xFFF9, 0xFFFC)))
)
_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BREAKS = "\v\f\x85\u2028\u2029"
_CHARACTERS: dict[int, str | None] = (
    dict.fromkeys((*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000)))
    | dict.fromkeys(map(ord, _INVISIBLE))
    | dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, _BREAKS), "\n")
    | {ord("\n"): "\n"}
)
# Joiners shape letters in Persian, Hindi and emoji; after Latin letters they are left-overs.
_STRAY_JOINERS = re.compile(r"(?:^|(?<=[\x00-\u02ff]))[\u200c\u200d]+")
_RUN_OF_SPACES = re.compile(r" {2,}")
_SENTENCE_ENDS = (".", "!", "?", ":", '"', "”", "’", "»", "…", ")")
_MONTH_NAMES = "january february march april may june july august september october november"
MONTHS = (*_MONTH_NAMES.split(), "december")
_WRITTEN_DAY = re.compile(
    r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})"
    r"|(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?,? (\d{4})",
    re.IGNORECASE,
)
_MAX_WRAPPED = 100  # characters; text of longer lines is not wrapped by hand


class UnusableError(ValueError):
    """Input of which no article can be made: a key of QUARANTINE_REASONS, and what exactly."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        """`detail` is None where the reason says it all."""
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def parse_bytes(payload: bytes, declared: str | None = None, *, is_html: bool = False) -> str:
    """Decode bytes of any encoding; `declared` is the charset that came with them.

    Raises UnusableError: not_text for what is no text, broken_encoding where a tenth or more of the
    characters beyond ASCII is lost, too_large over MAX_CHARACTERS bytes.
    """
    if len(payload) > MAX_CHARACTERS:
        raise UnusableError("too_large", f"{len(payload)} bytes, {MAX_CHARACTERS} are read")
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            return _checked(payload[len(mark) :].decode(encoding, "replace"), encoding)
    _check_bytes(payload)
    for encoding in _candidates(payload, declared, is_html):
        text = _decoded(payload, encoding)
        if text is not None:
            return text
    return _guessed(payload)


def _check_bytes(payload: bytes) -> None:
    controls = len(payload) - len(payload.translate(None, _CONTROLS))
    if controls > _MAX_CONTROLS * len(payload):
        raise UnusableError("not_text", f"{controls} control bytes among {len(payload)}")


def _candidates(payload: bytes, declared: str | None, is_html: bool) -> Iterator[str]:
    label = _label(declared)
    if label.startswith(_SEVEN_BIT):
        yield label
    yield "utf-8"
    if label:
        yield label
    if is_html:
        yield _label(EncodingDetector.find_declared_encoding(payload, is_html=True))


def _label(charset: str | bytes | None) -> str:
    name = charset.decode("ascii", "replace") if isinstance(charset, bytes) else charset or ""
    name = name.strip().strip("\"'").lower()
    return _LABELS.get(name, name)


def _decoded(payload: bytes, encoding: str) -> str | None:
    """The text, or None where the charset does not exist or does not fit."""
    try:
        return payload.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _guessed(payload: bytes) -> str:
    beyond = payload.translate(None, _ASCII)
    if len(beyond.translate(None, _TYPOGRAPHY)) <= len(beyond) // 4:
        return _checked(payload.decode("windows-1252", "replace"), "windows-1252")
    broken_utf8 = payload.decode("utf-8", "replace")
    if _replaced(broken_utf8) <= _MAX_REPLACED:
        return broken_utf8
    best = from_bytes(payload[:_GUESS_FROM]).best()
    if best is None:
        raise UnusableError("broken_encoding", "no charset fits")
    return _checked(payload.decode(best.encoding, "replace"), best.encoding)


def _checked(text: str, encoding: str) -> str:
    share = _replaced(text)
    if share > _MAX_REPLACED:
        raise UnusableError("broken_encoding", f"{share:.0%} of it is no {encoding}")
    return text


def _replaced(text: str) -> float:
    """Share of U+FFFD among the characters beyond ASCII."""
    beyond = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") / beyond if beyond else 0.0


def normalize_line(text: str) -> str:
    """One line in normal form: a title, a name."""
    return " ".join(normalize_characters(text).split())


def normalize_characters(text: str) -> str:
    """Text in NFC without the characters that nobody sees; line breaks are kept as "\\n"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    text = _STRAY_JOINERS.sub("", unicodedata.normalize("NFC", text))
    return _RUN_OF_SPACES.sub(" ", text)


def normalize_paragraphs(text: str) -> str:
    """Normal form of a text in which every line break parts paragraphs."""
    lines = (line.strip() for line in normalize_characters(text).split("\n"))
    return "\n\n".join(line for line in lines if line)


def normalize_plain(text: str) -> str:
    """Normal form of plain text, in which a line break may be no more than the end of a line.

    Lines are joined where they were wrapped: all are short, and the next word would not have
    fitted or begins in lower case. A text with no empty line at all keeps its lines as paragraphs
    wherever they end like sentences.
    """
    lines = [line.strip() for line in normalize_characters(text).strip().split("\n")]
    width = max(map(len, lines))
    if width > _MAX_WRAPPED:
        return "\n\n".join(line for line in lines if line)
    return "\n\n".join(_unwrapped(lines, width, parted="" in lines))


def _unwrapped(lines: list[str], width: int, parted: bool) -> Iterator[str]:
    paragraph: list[str] = []
    for line in lines:
        goes_on = bool(line and paragraph) and _wraps(paragraph[-1], line, width, parted)
        if not goes_on and paragraph:
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)
    if paragraph:
        yield " ".join(paragraph)


def _wraps(line: str, following: str, width: int, parted: bool) -> bool:
    fits = len(line) + 1 + len(following.split(" ", 1)[0]) <= width
    ends = line.endswith(_SENTENCE_ENDS)
    return (not fits or following[0].islower()) and (parted or not ends)


def normalize_address(value: str) -> str | None:
    """A web address without fragment and tracking parameters, or None where it is none.

    A fragment that begins with "!" is a page's address inside a site that draws itself, and stays.
    """
    address, _, fragment = normalize_line(value).replace(" ", "%20").partition("#")
    if not address.lower().startswith(("http://", "https://")):
        return None
    try:
        address = str(normalize_url(address, strict=False))
    except ValueError:
        return None
    return f"{address}#{fragment}" if address and fragment.startswith("!") else address or None


def normalize_instant(value: str, zone: tzinfo | None = None) -> tuple[datetime, str] | None:
    """An ISO 8601, RFC 2822 or written date ("5 March 2020") as (UTC time, precision).

    None where it cannot be read.

    With a zone the precision is "second"; `zone` is taken for a time that names none. Without one
    only the day is certain: it is given as midnight, precision "day". Days that do not exist, and
    years outside 1900 to 2100, are None.
    """
    text = " ".join(value.split())
    moment = _iso(text) or _written(text) or _rfc2822(text)
    if moment is None or not 1900 <= moment.year <= 2100:
        return None
    if moment.tzinfo is None and zone is not None and ":" in text:
        moment = moment.replace(tzinfo=zone)
    if moment.tzinfo is None:
        return normalize_day(moment.date()), "day"
    return moment.astimezone(UTC).replace(microsecond=0), "second"


def normalize_day(day: date) -> datetime:
    """A day as the UTC midnight that stands for it in a column of instants."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    match = _WRITTEN_DAY.fullmatch(text)
    if match is None:
        return None
    month, day, year = (
        (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    )
    number = next((n for n, name in enumerate(MONTHS, 1) if _abbreviates(month.lower(), name)), 0)
    try:
        return datetime(int(year), number, int(day))
    except ValueError:
        return None


def _abbreviates(word: str, month: str) -> bool:
    return len(word) >= 3 and (month.startswith(word) or word == "sept" == month[:4])


def _rfc2822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
