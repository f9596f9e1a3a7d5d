"""The import rule: neither leaf knows CKAN, and the engine gets its schemas handed in."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import ckanext.patrasparticipation as package

HERE = Path(next(iter(package.__path__)))
OURS = "ckanext.patrasparticipation"
FORBIDDEN = {"schemas": ("ckan", f"{OURS}.harvesters"), "harvesters": ("ckan", f"{OURS}.schemas")}
IMPORT_ALL = """
import importlib, pkgutil, sys
sys.modules["ckan"] = None  # an import of CKAN fails here
leaf = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(leaf.__path__, leaf.__name__ + "."):
    importlib.import_module(found.name)
print(*sorted(sys.modules))
"""


def imports(path: Path, module: str) -> Iterator[str]:
    """The full names a file imports, in functions too, but for what only a type checker reads."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
    ]
    skipped = {id(inner) for node in typing_only for inner in ast.walk(node)}
    package_name = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package_name.split(".")
            base = parts[: len(parts) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def trespasses(leaf: str) -> list[str]:
    """``module imports name`` for every import that crosses the fence of ``leaf``."""
    found = []
    for path in sorted((HERE / leaf).rglob("*.py")):
        parts = path.relative_to(HERE).with_suffix("").parts
        module = ".".join([OURS, *(part for part in parts if part != "__init__")])
        for name in imports(path, module):
            forbidden = any(f"{name}.".startswith(f"{fence}.") for fence in FORBIDDEN[leaf])
            elsewhere = name.startswith("ckanext.") and not name.startswith(f"{OURS}.{leaf}.")
            if forbidden or elsewhere:
                found.append(f"{module} imports {name}")
    return found


@pytest.mark.parametrize("leaf", FORBIDDEN)
def test_no_import_crosses_the_fence(leaf: str) -> None:
    assert trespasses(leaf) == []


@pytest.mark.parametrize("leaf", FORBIDDEN)
def test_the_whole_leaf_loads_where_there_is_no_ckan(leaf: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, f"{OURS}.{leaf}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    other = FORBIDDEN[leaf][1]
    assert not [name for name in done.stdout.split() if name.startswith(other)]


def test_the_fence_sees_a_relative_import(tmp_path: Path) -> None:
    trespasser = tmp_path / "reader.py"
    trespasser.write_text("def read():\n    from ..schemas import load\n", encoding="utf-8")
    assert list(imports(trespasser, f"{OURS}.harvesters.reader")) == [f"{OURS}.schemas.load"]
