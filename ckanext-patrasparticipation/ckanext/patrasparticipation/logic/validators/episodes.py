"""Rules about files with a role: it fits the record, and an episode has what a podcast player asks for."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ckanext.patrasparticipation.logic.validators import flat
from ckanext.patrasparticipation.records import reader, vocabularies

ROLES = "resource_role"
EPISODE = "podcast_episode"
CLOCK = re.compile(r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)")
AUDIO = re.compile(r"audio/[a-z0-9.+-]+")


@scheming_validator
def participation_role_fits(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Validator:
    """Accept a role that a file of this record type may have."""

    def validator(value: Any) -> Any:
        term = vocabularies.terms(ROLES).get(value) if isinstance(value, str) else None
        if term is not None and schema["dataset_type"] not in term.attributes.get("types", "").split():
            message = tk._("A file of this kind of record cannot be “{role}”: choose another role")
            raise tk.Invalid(message.format(role=vocabularies.label(ROLES, value, reader.language())))
        return value

    return validator


def participation_play_time(value: str) -> str:
    """Accept how long something plays, ``MM:SS`` or ``HH:MM:SS``; gives the latter."""
    found = CLOCK.fullmatch(value.strip())
    if not found:
        raise tk.Invalid(tk._("'{value}' is not a duration like 00:42:10").format(value=value[:40]))
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def participation_episodes_complete(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Ask of every episode what a player needs, and the consent of all who speak in it."""
    for number, part in flat.parts(data, "resources"):
        if part.get(ROLES) == EPISODE:
            for name, message in _missing(data, number, part):
                if not errors.get(("resources", number, name)):
                    flat.refuse(errors, ("resources", number, name), message)


def _missing(data: FlattenDataDict, number: int, part: flat.Part) -> list[tuple[str, str]]:
    """What an episode lacks, by field; the kind of file is taken from its address where nobody gave it."""
    kind = part.get("mimetype") or mimetypes.guess_type(str(part.get("url") or ""))[0] or ""
    found = []
    if part.get("speaker_consent") != "true":
        found.append(
            (
                "speaker_consent",
                tk._("An episode is published only when everybody who speaks in it has agreed: say “Yes”"),
            )
        )
    if not part.get("duration"):
        found.append(("duration", tk._("Give how long the episode plays, for example 00:42:10")))
    if not part.get("published_at"):
        found.append(("published_at", tk._("Give the day and hour at which the episode came out")))
    if part.get("explicit") not in ("true", "false"):
        found.append(("explicit", tk._("Say whether the episode has language unfit for children")))
    if not AUDIO.fullmatch(str(kind)):
        found.append(("mimetype", tk._("An episode is a sound file: give its kind, for example audio/mpeg")))
    elif not part.get("mimetype"):
        data[("resources", number, "mimetype")] = kind
    if not str(part.get("size") or "").isdigit() or int(part["size"]) == 0:
        found.append(("size", tk._("Give the size of the sound file in bytes: players ask for it")))
    return found
