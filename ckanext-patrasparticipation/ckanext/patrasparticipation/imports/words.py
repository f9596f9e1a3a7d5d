"""The states of an import and the outcomes of its rows, in the reader's language."""

from __future__ import annotations

from ckan.plugins import toolkit as tk


def status(code: str) -> str:
    """What an import is at."""
    return {
        "checking": tk._("The file is being looked at"),
        "checked": tk._("Looked at, not imported yet"),
        "waiting": tk._("Waiting for its turn"),
        "running": tk._("Being imported"),
        "stopped": tk._("Stopped on the way"),
        "done": tk._("Imported"),
        "failed": tk._("Not possible"),
        "undone": tk._("Taken back"),
    }.get(code, code)


def outcome(code: str, tried: bool = False) -> str:
    """What became of a row, or (``tried``) what would."""
    if tried:
        would = {"created": tk._("New records"), "updated": tk._("To be changed")}
        if code in would:
            return would[code]
    return {
        "created": tk._("Created"),
        "updated": tk._("Updated"),
        "unchanged": tk._("Unchanged"),
        "draft": tk._("Draft"),
        "refused": tk._("With a problem"),
        "left": tk._("Deleted here, left so"),
    }.get(code, code)
