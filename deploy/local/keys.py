"""Secrets: made once per set of services, kept in one file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from .place import Place

NAMES = (
    "postgres", "ckan", "datastore_ro", "redis", "supervisor",
    "secret_key", "wtf_csrf", "api_token", "admin",
)  # fmt: skip


def keys(place: Place) -> dict[str, str]:
    """Every secret by name; those not there yet are made and written, mode 0600."""
    path = place.folder / "secrets.json"
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    missing = [name for name in NAMES if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(32) for name in missing}
        private(path, json.dumps(known, indent=1) + "\n")
    return known


def private(path: Path, text: str) -> None:
    """Write a file that never was readable by anybody else, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    fresh.replace(path)
