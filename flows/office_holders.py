"""The office-holder table of a run: the file read, checked, and known by its digest.

The digest is part of the rows' `coder_version`: with another table, or none, everything is
extracted anew, so rows of two tables never mix.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from transforms.office_holder_table import Holding, Problem, parse_office_holders
from transforms.office_holders import OfficeHolders

from .settings import coder_version, lexicon

_SHOWN = 3
_DIGITS = 8


class OfficeHoldersError(ValueError):
    """The table can't be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What codes the rows of a run: their version, and the table with its SHA-256 where one is."""

    version: str
    table: Path | None = None
    sha256: str = ""


def coding_of(table: Path | None) -> Coding:
    """The coding with a table, or without. Raises OfficeHoldersError where it can't be used."""
    if table is None:
        return Coding(coder_version())
    sha256 = hashlib.sha256(_bytes(table)).hexdigest()
    _compiled(table, sha256)
    return Coding(f"{coder_version()}.{sha256[:_DIGITS]}", table, sha256)


def office_holders(coding: Coding) -> OfficeHolders | None:
    """The table of a coding, compiled once a process; None where it has none.

    Raises OfficeHoldersError where the file is no longer what it was.
    """
    return _compiled(coding.table, coding.sha256) if coding.table else None


@lru_cache(maxsize=2)
def _compiled(table: Path, sha256: str) -> OfficeHolders:
    content = _bytes(table)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OfficeHoldersError(f"{table}: it was changed while it was in use")
    holdings, problems = _parse(table, content, None, None)
    if problems:
        raise OfficeHoldersError(_told(table, problems))
    return OfficeHolders(holdings)


def read_office_holders(
    table: Path, country: str | None, role: str | None
) -> tuple[list[Holding], list[str]]:
    """The usable rows of a table in any known layout, and a line for each that is not.

    Raises OfficeHoldersError where there is no usable row.
    """
    holdings, problems = _parse(table, _bytes(table), country, role)
    if not holdings:
        raise OfficeHoldersError(_told(table, problems) if problems else f"{table}: no rows")
    return holdings, [f"{table}, line {p.line}: {p.reason}" for p in problems]


def _bytes(table: Path) -> bytes:
    try:
        return table.read_bytes()
    except OSError as error:
        raise OfficeHoldersError(f"{table}: {error.strerror}") from error


def _parse(
    table: Path, content: bytes, country: str | None, role: str | None
) -> tuple[list[Holding], list[Problem]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OfficeHoldersError(f"{table}: not UTF-8 (byte {error.start})") from error
    return parse_office_holders(text, lexicon(), country, role)


def _told(table: Path, problems: list[Problem]) -> str:
    shown = "; ".join(f"line {p.line}: {p.reason}" for p in problems[:_SHOWN])
    more = f"; and {len(problems) - _SHOWN:,} more" if len(problems) > _SHOWN else ""
    return f"{table}: {shown}{more}"
