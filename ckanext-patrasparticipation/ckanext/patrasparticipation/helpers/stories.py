"""What templates may ask about the records of participation: their stories, lists and home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan.plugins import toolkit as tk

from ..search import address
from ..stories import cards, coded, home, initiative, linked, lists, newest, places, shared, told, words
from ..stories.told import STORIES
from . import here


def participation_has_story(record_type: str | None) -> bool:
    """Whether records of that type have a page of their own kind."""
    return record_type in STORIES


def participation_story(package: dict[str, Any]) -> dict[str, Any]:
    """What the page of the record tells; see ``stories``."""
    return told.story(package)


def participation_blocks() -> dict[str, Any]:
    """What the home of participation tells; see ``stories.home``."""
    return home.blocks()


def participation_card(package: dict[str, Any]) -> dict[str, Any] | None:
    """What the record says in a list; nothing for other types."""
    if package.get("type") not in STORIES:
        return None
    return cards.card(package, tk.g.get("participation_newest") or {})


def participation_prepare_cards(packages: Iterable[dict[str, Any]]) -> str:
    """Read in one question what the cards of a list need beside the records; gives nothing to show."""
    tk.g.participation_newest = newest.of(packages)
    return ""


def participation_places_address(record_type: str) -> str:
    """The address of the places of the search that this page shows."""
    path = tk.h.url_for("participation.found", record_type=record_type)
    return address.joined(path, here.now())


def participation_list_address(record_type: str, **filters: Any) -> str:
    """The address of the list of a type with those filters; of the home where this site has no such type."""
    known = lists.head(record_type)
    return str(
        tk.h.url_for(f"{record_type}.search", **filters) if known else tk.h.url_for("participation.home")
    )


def participation_list_head(record_type: str) -> dict[str, Any] | None:
    """The head of the list of a type: ``{"title", "about", "type"}``; nothing for other types."""
    return lists.head(record_type)


def participation_list_empty(record_type: str) -> str:
    """What stands in a list that has no record at all."""
    return lists.nothing(record_type)


def participation_counted(record_type: str, count: int) -> str:
    """So many records of a type in words, the number as ``{number}``."""
    return lists.counted(record_type, count)


def participation_kind(record_type: str) -> str:
    """What a record of that type is called."""
    return cards.kind(record_type)


def participation_place_of(package: dict[str, Any]) -> dict[str, Any] | None:
    """The place of a record for the map: a FeatureCollection, or nothing."""
    return places.of(package)


def participation_linked(package: dict[str, Any]) -> dict[str, Any]:
    """What hangs together with a record: ``{"groups", "by_id"}``; see ``stories.linked``."""
    links = tk.h.participation_links(package)
    found = linked.groups(package, links, tk.h.participation_linked_from(package))
    return {"groups": found, "by_id": linked.by_id(links)}


def participation_runs(package: dict[str, Any]) -> dict[str, Any]:
    """The initiatives of a group and their events to come, the next first: ``{"initiatives", "events"}``."""
    listed = tk.h.participation_linked_from(package).get("run_by", [])
    found = linked.whole(listed)
    ahead = [
        event | {"initiative": linked.shown(each)}
        for each in found
        for event in initiative.events(each)["ahead"]
    ]
    return {"initiatives": found, "events": sorted(ahead, key=lambda event: str(event["start"]))}


def participation_impact(package: dict[str, Any], by_id: dict[str, Any]) -> list[dict[str, Any]]:
    """What was measured of a record's effects; see ``stories.shared``."""
    return shared.impact(package, by_id)


def participation_documents(package: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a record by what they are: ``[{"label", "files": […]}]``, in the order of the roles."""
    return shared.documents(package)


def participation_reminders(package: dict[str, Any]) -> list[str]:
    """What its editors should look at; only to be shown to them."""
    return shared.reminders(package)


def participation_terms(package: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """The labels of those coded fields under the fields' own labels: ``[{"term", "told"}]``."""
    return shared.named(package, *names)


def participation_field(package: dict[str, Any], name: str) -> str:
    """The label of a field of the record's type."""
    return coded.term(package, name)


def participation_share(share: float | None) -> str:
    """A share between 0 and 1 in per cent."""
    return words.told_share(share)


def participation_is_ahead(value: str | None) -> bool:
    """Whether an ISO day is still to come."""
    return words.is_ahead(value)


def participation_days(days: int) -> str:
    """So many days in words."""
    return words.told_days(days)
