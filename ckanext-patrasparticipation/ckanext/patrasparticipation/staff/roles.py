"""The roles of a publisher's people, in words that say what each may do."""

from __future__ import annotations

from ckan.plugins import toolkit as tk

ROLES = ("editor", "admin", "member")
"""The most usual first."""


def label(role: str) -> str:
    """What a role is called in the reader's language."""
    words = {"editor": tk._("Editor"), "admin": tk._("Administrator"), "member": tk._("Member")}
    return str(words.get(role, role))


def about(role: str) -> str:
    """What whoever has the role may do."""
    words = {
        "editor": tk._("makes datasets, uploads and publishes tables, and corrects them"),
        "admin": tk._("does what an editor does, and also invites colleagues and restores earlier versions"),
        "member": tk._("sees what is still private, and changes nothing"),
    }
    return str(words[role])
