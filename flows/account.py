"""A run told in Markdown: what was new, source by source, what fell short, how long it took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .job import Job
from .logs import without_secrets

_FIGURES = ("articles", "meetings", "participants", "statements", "events", "misses")


def describe_run(job: Job) -> str:
    """The account of a finished run. Any text from outside stands in it as text."""
    figures = job.summary()
    parts = [
        f"# Run {job.run_id}",
        f"**{figures['new_articles']:,} new articles** from {figures['records_read']:,} records "
        f"read, {figures['new_records']:,} of them new, in {figures['seconds']} s.",
        "## Sources",
        _table(
            ("source", "read", "new", "unchanged", "failed", "reason"),
            (
                (t.source_id, t.fetched, t.new, t.unchanged, t.failed, t.reason or "")
                for t in job.tallies
            ),
        ),
    ]
    warnings = [f"source {t.source_id}: {t.reason}" for t in job.tallies if t.reason]
    warnings += [
        f"{finding.rows:,} row(s) fall short of: {finding.meaning}" for finding in job.findings
    ]
    parts.append("## Warnings")
    parts.append("\n".join(f"- {_cell(line)}" for line in warnings) if warnings else "None.")
    parts += [
        "## Time",
        _table(("stage", "seconds"), job.stages.items()),
        "## In the dataset now",
        _table(_FIGURES, [[f"{figures[name]:,}" for name in _FIGURES]]),
        f"Snapshot `{figures['snapshot']}`, {figures['quarantined']:,} pieces in quarantine.",
    ]
    return "\n\n".join(parts) + "\n"


def _table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [" | ".join(names), " | ".join("---" for _ in names)]
    lines += [" | ".join(_cell(value) for value in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


def _cell(value: object) -> str:
    """A value on one line, with what Markdown or HTML would act on taken as text."""
    text = without_secrets(" ".join(str(value).split()))
    for mark in "\\`*_[]<>|!":
        text = text.replace(mark, f"&#{ord(mark)};" if mark in "<>|" else f"\\{mark}")
    return text
