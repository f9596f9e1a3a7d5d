"""Episodes of citizen groups as a podcast: RSS 2.0 with the words that podcast programs know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.records import reader
from ckanext.patrasparticipation.syndication import words

MIME = "application/rss+xml; charset=utf-8"
ROLE = "podcast_episode"
NAMESPACE = "https://podcastindex.org/namespace/1.0"
CATEGORY = ("Society & Culture",)
PICTURES = (".png", ".jpg", ".jpeg")


class Namespace(BaseExtension):  # type: ignore[misc]
    """Declares the namespace in which a transcript is named."""

    def extend_ns(self) -> dict[str, str]:
        """Prefix and address."""
        return {"podcast": NAMESPACE}


class Transcript(BaseEntryExtension):  # type: ignore[misc]
    """The address at which an episode can be read."""

    address = ""

    def extend_rss(self, entry: Any) -> Any:
        """Add the element to the item."""
        if self.address:
            found = xml_elem(f"{{{NAMESPACE}}}transcript", entry)
            found.set("url", self.address)
            found.set("type", "text/html" if not self.address.endswith((".vtt", ".srt")) else "text/vtt")
        return entry


def episodes(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The episodes of a group that may be heard: whoever speaks agreed, and the file's size is known."""
    for resource in record.get("resources", ()):
        if resource.get("resource_role") == ROLE and _may_be_heard(resource):
            yield resource


def _may_be_heard(resource: Mapping[str, Any]) -> bool:
    agreed = str(resource.get("speaker_consent")).lower() in ("true", "yes")
    return agreed and bool(resource.get("url")) and str(resource.get("size") or "").isdigit()


def feed(head: Mapping[str, str], groups: list[Mapping[str, Any]]) -> bytes:
    """The podcast.

    Args:
        head: ``title``, ``about``, ``page``, ``self``, ``owner``, ``email`` (a role mailbox, or empty).
        groups: citizen groups as ``package_show`` or a search gives them.
    """
    rss = FeedGenerator()
    rss.load_extension("podcast", atom=False)
    rss.register_extension("podcast_index", Namespace, Transcript, atom=False)
    rss.id(head["self"])
    rss.title(words.plain(head["title"]))
    rss.link(href=head["self"], rel="self", type="application/rss+xml")
    rss.link(href=head["page"], rel="alternate")
    rss.description(words.plain(head["about"]) or words.plain(head["title"]))
    rss.language(reader.language())
    rss.podcast.itunes_category(*CATEGORY)
    rss.podcast.itunes_explicit("no")
    rss.podcast.itunes_author(words.plain(head["owner"]))
    if head["email"]:
        rss.podcast.itunes_owner(words.plain(head["owner"]), head["email"])
    heard = [(group, each) for group in groups for each in episodes(group)]
    heard.sort(key=lambda pair: _published(pair[1]), reverse=True)
    for group, each in heard:
        _describe(rss.add_entry(order="append"), group, each)
    rss.lastBuildDate(_published(heard[0][1]) if heard else clock.now())
    return rss.rss_str(pretty=True)


def _describe(item: Any, group: Mapping[str, Any], each: Mapping[str, Any]) -> None:
    item.guid(each["id"], permalink=False)
    item.title(words.text(each.get("name_translated"), each.get("name") or words.title(group)))
    item.link(href=words.page(group))
    item.description(
        words.text(each.get("description_translated"), each.get("description") or "") or words.title(group)
    )
    item.enclosure(each["url"], str(each["size"]), each.get("mimetype") or "audio/mpeg")
    item.pubDate(_published(each))
    item.podcast.itunes_author(words.title(group))
    item.podcast.itunes_explicit("yes" if str(each.get("explicit")).lower() == "true" else "no")
    if each.get("duration"):
        item.podcast.itunes_duration(each["duration"])
    item.podcast_index.address = str(each.get("transcript_url") or "")


def _published(each: Mapping[str, Any]) -> datetime:
    """When the episode came out, on Athens' clock; when it was entered, where nobody said."""
    text = str(each.get("published_at") or each.get("created") or "")
    found = datetime.fromisoformat(text) if text else clock.now()
    return found if found.tzinfo else found.replace(tzinfo=clock.CITY)
