"""What may be kept of Decidim: for each kind of thing a closed list of columns, none of them about a person.

Decidim's open data names the authors of comments, the people who endorse a proposal, and users that were
blocked: such files and columns are not in these lists. What citizens wrote (``body``) is not either.
"""

from __future__ import annotations

import re

ANY = ("id", "reference", "url", "published_at", "created_at", "updated_at", "participatory_space/id",
       "participatory_space/url", "component/id", "category/id", "category/name/*", "scope/id",
       "scope/name/*", "taxonomies/id", "taxonomies/name/*", "taxonomies", "title/*", "comments",
       "attachments", "followers")  # fmt: skip
"""``*`` stands for a language: ``title/el``."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "proposals": (*ANY, "state", "answer/*", "supports", "endorsements/total_count", "likes/total_count",
                  "meeting_urls", "related_proposals", "is_amend", "original_proposal/url", "latitude",
                  "longitude"),
    "results": (*ANY, "description/*", "start_date", "end_date", "status/id", "status/key", "status/name/*",
                "progress", "parent/id", "external_id", "weight", "proposal_urls", "children_count"),
    "projects": (*ANY, "description/*", "budget/id", "budget/title/*", "budget_amount", "confirmed_votes",
                 "selected_at", "related_proposals", "latitude", "longitude"),
    "meetings": (*ANY, "description/*", "start_time", "end_time", "address", "location/*", "location_hints/*",
                 "latitude", "longitude", "attendees", "contributions", "organizations", "type_of_meeting",
                 "meeting_urls", "withdrawn"),
    "debates": (*ANY, "description/*", "start_time", "end_time", "conclusions/*", "comments_enabled"),
    "participatory_processes": (*ANY, "slug", "subtitle/*", "short_description/*", "description/*",
                                "start_date", "end_date", "area/id", "area/name/*", "developer_group/*",
                                "target/*", "participatory_scope/*", "participatory_structure/*",
                                "process_type/id", "process_type/title/*"),
    "assemblies": (*ANY, "slug", "subtitle/*", "short_description/*", "description/*", "creation_date",
                   "duration", "area/id", "area/name/*", "developer_group/*", "target/*",
                   "purpose_of_action/*", "composition/*"),
    "conferences": (*ANY, "slug", "slogan/*", "short_description/*", "description/*", "start_date",
                    "end_date", "location"),
    "initiatives": (*ANY, "state", "supports", "signature_start_date", "signature_end_date", "answer/*",
                    "answered_at"),
    "taxonomies": ("id", "name/*", "parent_id", "weight", "part_of", "taxonomizations_count"),
}  # fmt: skip
"""By the kind of thing, which is also the name of its file in the ZIP. Other files are never opened."""
API: dict[str, tuple[str, ...]] = {
    "participatory_processes": ("id", "slug", "title/*", "startDate", "endDate", "publishedAt", "updatedAt"),
    "proposals": ("id", "reference", "title/*", "state", "publishedAt", "updatedAt", "voteCount",
                  "totalCommentsCount", "likeCount", "answer/*", "answeredAt", "coordinates/latitude",
                  "coordinates/longitude", "component"),
    "results": ("id", "reference", "title/*", "progress", "startDate", "endDate", "status/name/*",
                "component"),
    "meetings": ("id", "reference", "title/*", "startTime", "endTime", "address", "coordinates/latitude",
                 "coordinates/longitude", "attendeeCount", "contributionCount", "component"),
}  # fmt: skip
"""The same for the API, in its own words."""


def unknown(lists: dict[str, tuple[str, ...]], entity: str, wanted: frozenset[str]) -> list[str]:
    """Wanted columns that are not in the list of this kind of thing."""
    patterns = [re.escape(name).replace(r"\*", r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?") for name in lists[entity]]
    given = re.compile("|".join(patterns))
    return sorted(name for name in wanted if not given.fullmatch(name))
