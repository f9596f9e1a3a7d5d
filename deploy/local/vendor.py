"""Put the map, the typeface and Swagger UI, with their licences, where our own pages serve them from."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

from .place import PACKAGE, ROOT, var
from .shell import Trouble, run

TARGET = PACKAGE / "public" / "vendor"
LOCK = ROOT / "package-lock.json"
FILES = {
    "maplibre-gl": (
        "maplibre-gl",
        ("LICENSE.txt", "dist/maplibre-gl.mjs", "dist/maplibre-gl-shared.mjs", "dist/maplibre-gl-worker.mjs",
         "dist/maplibre-gl.css"),
    ),
    "commissioner": (
        "@fontsource-variable/commissioner",
        ("LICENSE", "files/commissioner-greek-wght-normal.woff2",
         "files/commissioner-latin-wght-normal.woff2", "files/commissioner-latin-ext-wght-normal.woff2"),
    ),
    "swagger-ui": (
        "swagger-ui-dist",
        ("LICENSE", "NOTICE", "swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt"),
    ),
}  # fmt: skip


def vendor() -> bool:
    """Fetch and copy, unless it was done for this very lock; whether it was done now.

    Raises:
        Trouble: npm failed, or a package lacks a file we count on.
    """
    mark, wanted = TARGET / "lock.sha256", digest()
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return False
    work = var() / "npm"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, work)
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], var() / "log" / "npm.log", cwd=work)
    shutil.rmtree(TARGET, ignore_errors=True)
    for folder, (package, files) in FILES.items():
        copy(work / "node_modules" / package, TARGET / folder, files)
    mark.write_text(wanted, encoding="utf-8")
    return True


def digest() -> str:
    """One number for the lock and for the list of files."""
    return sha256(LOCK.read_bytes() + repr(FILES).encode()).hexdigest()


def copy(package: Path, folder: Path, files: tuple[str, ...]) -> None:
    """Copy ``files`` of an npm package into ``folder``, flat.

    Raises:
        Trouble: a file is not there.
    """
    folder.mkdir(parents=True)
    for name in files:
        if not (package / name).exists():
            raise Trouble(f"npm package {package.name}: no file {name}")
        shutil.copy(package / name, folder)
