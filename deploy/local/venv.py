"""The Python environment: exactly what the lock says, and this checkout in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from .place import PACKAGE, ROOT, VENV, var
from .shell import run

I18N, COMPILED = PACKAGE / "i18n", "translations.sha256"
PIP = [str(VENV / "python"), "-m", "pip", "--disable-pip-version-check", "-q", "install"]


def once(mark: str, inputs: list[Path], work: Callable[[], None]) -> bool:
    """Do ``work`` unless it was done for these very ``inputs``; whether it was done now."""
    path = VENV.parent / mark
    wanted = sha256(b"\0".join(file.read_bytes() for file in inputs)).hexdigest()
    if path.exists() and path.read_text(encoding="utf-8") == wanted:
        return False
    path.unlink(missing_ok=True)
    work()
    path.write_text(wanted, encoding="utf-8")
    return True


def create() -> bool:
    """Make or renew the environment; whether anything had to be done."""
    log = var() / "log" / "pip.log"
    lock = ROOT / "requirements.lock"

    def packages() -> None:
        if not (VENV / "python").exists():
            run([sys.executable, "-m", "venv", VENV.parent], log)
        run([*PIP, "--require-hashes", "--no-deps", "-r", lock], log, cwd=ROOT)

    def ourselves() -> None:
        run([*PIP, "--no-deps", "-e", ROOT], log, cwd=ROOT)

    renewed = once("lock.sha256", [lock], packages)
    return once("checkout.sha256", [ROOT / "setup.py", lock], ourselves) or renewed


def translations() -> None:
    """Compile the translations that CKAN reads, where they changed: a compiled file carries its time."""
    sources = sorted(I18N.glob("*/LC_MESSAGES/*.po"))
    if not all(path.with_suffix(".mo").exists() for path in sources):
        (VENV.parent / COMPILED).unlink(missing_ok=True)
    command = [str(VENV / "python"), "-m", "deploy.i18n", "compile"]
    once(COMPILED, sources, lambda: run(command, var() / "log" / "i18n.log", cwd=ROOT))
