"""``make wheel``: the wheel and the source archive, built from a clean copy so that nothing stale gets in."""

from __future__ import annotations

import shutil
from pathlib import Path

from . import vendor, venv
from .place import ROOT, VENV, var
from .shell import run

LEFT_OUT = ("var", ".venv", ".git", "build", "dist", "node_modules", "*.egg-info", "__pycache__", ".*_cache")
SDIST = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"


def build(target: Path) -> list[Path]:
    """Build both into the folder ``target`` and say where they lie."""
    venv.create()
    vendor.vendor()
    log, copy = var() / "log" / "wheel.log", var() / "build"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT, copy, symlinks=True, ignore=shutil.ignore_patterns(*LEFT_OUT))
    target.mkdir(parents=True, exist_ok=True)
    pip: list[str | Path] = [VENV / "python", "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    run([*pip, "-w", target, copy], log, cwd=copy)
    run([VENV / "python", "-c", SDIST, target], log, cwd=copy)
    shutil.rmtree(copy)
    return sorted(target.iterdir())


def tell() -> None:
    """Build into ``dist/``, and print what was built."""
    for path in build(ROOT / "dist"):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:.1f} MB")
