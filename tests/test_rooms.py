"""The house itself: who may import whom, and what each room may touch."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("flows", "transforms", "seeds", "warehouse")
MAY_IMPORT = {
    "flows": {"seeds", "transforms", "warehouse"},
    "transforms": set(),
    "seeds": set(),
    "warehouse": {"transforms"},
}
# What the warehouse may know of the transforms: the contract and the raw record, no rule.
SHARED = {"transforms.records", "transforms.raw_record"}
# Transforms are functions of their arguments: no file, network, clock, chance or log.
OUTSIDE = frozenset(
    "os pathlib shutil tempfile socket ssl urllib.request http httpx requests subprocess random "
    "secrets time logging threading multiprocessing asyncio prefect duckdb pyarrow rich "
    "sqlite3".split()
)
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """Absolute names of all modules that a file imports, wherever in the file."""
    package = path.relative_to(ROOT).parent.parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            found.add(module)
            if not node.module:
                found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def test_there_are_files_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_stay_within_the_house_rules(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    rooms = {name.split(".")[0] for name in imports_of(path)} & set(ROOMS)
    assert rooms <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_transforms_touch_nothing_outside(path: Path) -> None:
    if path.relative_to(ROOT).parts[0] == "transforms":
        names = imports_of(path)
        assert not [name for name in names if name in OUTSIDE or name.split(".")[0] in OUTSIDE]


def test_the_warehouse_knows_the_contract_and_no_rule() -> None:
    names = {name for path in FILES if "warehouse" in path.parts for name in imports_of(path)}
    assert {name for name in names if name.startswith("transforms")} <= SHARED


def test_one_place_catches_every_exception() -> None:
    caught = [
        path.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
        and not isinstance(node.body[-1], ast.Raise)
    ]
    assert set(caught) <= {"extract.py"}, "per article or page, in flows/extract.py alone"


def test_no_module_imports_itself_in_a_circle() -> None:
    names = {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in FILES}
    graph = {name: imports_of(path) & names.keys() for name, path in names.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join([*above, name])
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*above, name))
            done.add(name)

    for name in sorted(graph):
        visit(name, ())
