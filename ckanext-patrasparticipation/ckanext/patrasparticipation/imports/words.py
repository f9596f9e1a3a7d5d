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


def count(code: str, tried: bool = False) -> str:
    """What became of so many rows, or (``tried``) what would."""
    changed = tk._("To be changed") if tried else tk._("Changed records")
    several = {"created": tk._("New records"), "updated": changed, "draft": tk._("Drafts")}
    return several.get(code) or outcome(code)


def outcome(code: str) -> str:
    """What became of a row."""
    return {
        "created": tk._("Created"),
        "updated": tk._("Updated"),
        "unchanged": tk._("Unchanged"),
        "draft": tk._("Draft"),
        "refused": tk._("With a problem"),
        "left": tk._("Deleted here, left so"),
    }.get(code, code)
