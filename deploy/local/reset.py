"""``make reset``: throw away every database, index, file and secret of this checkout, after asking."""

from __future__ import annotations

import shutil
import sys

from . import place, supervise
from .shell import Trouble


def reset() -> None:
    """Stop everything and remove ``var/``, where a person types the word.

    Raises:
        Trouble: nobody is there to be asked.
    """
    folder = place.var()
    if not folder.exists():
        print(f"{folder}: nothing there")
        return
    if not (folder / "secrets.json").exists() and not (folder / "test" / "secrets.json").exists():
        raise Trouble(f"{folder} holds no secrets.json: it was not made by `make run`, so it stays")
    if not sys.stdin.isatty():
        raise Trouble("make reset asks before it removes data: type it in a terminal")
    print(f"This removes {folder}: all datasets, files, accounts and logs of this checkout.")
    if input("Type 'remove' to go on: ").strip() != "remove":
        print("left as it was")
        return
    supervise.stop(place.catalogue())
    supervise.stop(place.tests())
    shutil.rmtree(folder)
    print("removed; `make run` starts anew")
