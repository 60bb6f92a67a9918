"""The layout of a dataset on the Hugging Face hub: a card, and Parquet under data/TABLE/."""

from __future__ import annotations

import json
from pathlib import Path

from ..schemas import codebook
from .plain import write_parquet
from .release import TITLE, readme
from .source import Dataset

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_LAYOUT = """\
Each table is a configuration of its own, with the one split `train`:

```python
from datasets import load_dataset
statements = load_dataset("OWNER/NAME", "statements", split="train")
```

The meaning of every column is in its Parquet field's metadata, and in `CODEBOOK.md`.
"""
_FIRST = "statements"  # what the hub shows unless another table is chosen


def write_hub(dataset: Dataset, folder: Path) -> None:
    """FOLDER/README.md with the card's head, and a Parquet file a table."""
    for table in dataset.tables:
        place = folder / "data" / table
        place.mkdir(parents=True)
        write_parquet(dataset, table, place / "train-00000-of-00001.parquet")
    (folder / "README.md").write_text(card(dataset), encoding="utf-8")
    (folder / "CODEBOOK.md").write_text(codebook(), encoding="utf-8")


def card(dataset: Dataset) -> str:
    """README.md: YAML that the hub reads, then what a person reads."""
    license = (dataset.release.license or "other").lower()
    lines = [
        "---",
        f"pretty_name: {json.dumps(TITLE, ensure_ascii=False)}",
        f"license: {license}",
        "tags:",
        *(f"- {tag}" for tag in ("news", "diplomacy", "events", "quotations", "political-science")),
        "size_categories:",
        f"- {_size(max(dataset.rows(table) for table in dataset.tables))}",
        "configs:",
    ]
    for table in dataset.tables:
        lines += [f"- config_name: {table}", f"  data_files: data/{table}/*.parquet"]
        lines += ["  default: true"] * (table == _FIRST)
    return "\n".join([*lines, "---", "", readme(dataset, _LAYOUT)])


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "n>10M")
