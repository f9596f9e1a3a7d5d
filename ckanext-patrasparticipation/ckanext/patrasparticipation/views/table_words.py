"""What the pages of tables say about a publication, and what must be done before one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from markupsafe import Markup

from ..helpers.numbers import participation_number as number
from ..helpers.records import participation_text

FORMS = ("_resource.new", "_resource.edit")
"""Ends of the endpoints of CKAN's forms of a resource."""
ELSEWHERE = ("again", "go-dataset")
"""Buttons of those forms that ask for another form."""


def not_yet(check: Mapping[str, Any], accept: Collection[str]) -> list[tuple[str, str]]:
    """What stands against publishing: the part of the page, and a sentence; nothing where it may be done."""
    if not check["ready"]:
        return [("verdict", participation_text(check["reason"]))]
    open_ = [odd for odd in check["odd"] if odd["code"] not in accept]
    sentence = tk._("Tick that you have looked at this, or change the file: {what}")
    return [(f"accept-{odd['code']}", sentence.format(what=participation_text(odd))) for odd in open_]


def published(done: Mapping[str, Any]) -> str:
    """That it went well, in numbers."""
    if done["outcome"] == "unchanged":
        return str(tk._("The file says what is published already; nothing changed."))
    sentence = tk.ungettext(
        "Published: {loaded} row, refused {rejected}.",
        "Published: {loaded} rows, refused {rejected}.",
        done["loaded"],
    )
    return str(sentence.format(loaded=number(done["loaded"]), rejected=number(done["rejected"])))


def failed(done: Mapping[str, Any], before: Any) -> str:
    """Why nothing was published, and what readers see meanwhile."""
    reason = participation_text(done["reason"])
    stays = tk._("Readers still see the last good version.") if before else tk._("Nothing is published yet.")
    return f"{tk._('The table was not published.')} {reason} {stays}"


def waits(where: str) -> Markup:
    """That a file waits, with the way to where it is checked."""
    link = Markup('<a href="{}">{}</a>').format(where, tk._("Check and publish the table"))
    return Markup("{} {}").format(tk._("Your file waits; readers do not see it yet."), link)
