"""The doors of calendars, news feeds and podcasts: what a list shows, for programs that follow it."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, request

from .. import config
from ..records import facets
from ..schemas.load import record_types
from ..syndication import ask, atom, calendar, podcast, words
from . import doors

participation_syndication = Blueprint("participation_syndication", __name__)
ENTRIES = 50
"""Records on one page of a news feed."""
MOST_PAGES = 200
GROUP = "citizen_group"
LIFETIME = "public, max-age=300"
OF_CKAN = ("organization", "res_format", "license_id", "tags", "groups")
"""Facets of CKAN's own that a list's address may name."""
TYPES = [name for name, definition in record_types().items() if "dataset_type" in definition]


@participation_syndication.route("/participation/calendar.ics")
def calendar_file() -> Response:
    """The dates of public records that the address asks for."""
    asked = {name: value for name, value in request.args.items() if value}
    try:
        entries = tk.get_action("participation_calendar")({}, asked)
    except tk.ValidationError as wrong:
        return _told(400, _sentences(wrong))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Not found"))
    named = [(entry, words.of_entry(entry)) for entry in entries]
    body = calendar.file(_title(tk._("Dates")), named, config.site_host())
    return _sent(body, calendar.MIME)


@participation_syndication.route("/participation/feed.atom", defaults={"record_type": ""})
def news(record_type: str) -> Response:
    """The records of a list or a search, those that changed last first."""
    page = min(max(tk.h.get_page_number(request.args), 1), MOST_PAGES)
    asked: dict[str, Any] = {"q": request.args.get("q", ""), "rows": ENTRIES, "start": (page - 1) * ENTRIES}
    asked |= {"fq": _filters(record_type), "sort": "metadata_modified desc, id asc"}
    try:
        answer = tk.get_action("package_search")({"user": ""}, asked)
    except tk.ValidationError:
        return _told(400, tk._("The request has a wrong value."))
    last = max(1, min(MOST_PAGES, -(-answer["count"] // ENTRIES)))
    pages = {"first": 1, "previous": page - 1, "next": page + 1, "last": last}
    links = {name: _feed(record_type, number) for name, number in pages.items() if 1 <= number <= last}
    links = {"self": _feed(record_type, page)} | links
    head = {"id": _feed(record_type, 1), "title": _title(_list_name(record_type)), "author": _site()}
    head["page"] = str(tk.url_for(f"{record_type or 'dataset'}.search", qualified=True, **_args()))
    return _sent(atom.feed(head, answer["results"], links), atom.MIME)


@participation_syndication.route("/participation/podcast.rss")
def all_episodes() -> Response:
    """The episodes of all groups."""
    wanted = f"+dataset_type:{GROUP} +vocab_resource_role:{podcast.ROLE}"
    page = str(tk.url_for(f"{GROUP}.search", qualified=True))
    head = _podcast_head(
        tk._("Voices of citizen groups"), tk._("Interviews with the city's citizen groups."), page
    )
    return _sent(podcast.feed(head, list(ask.public(wanted, 1_000))), podcast.MIME)


@participation_syndication.route("/citizen_group/<id>/podcast.rss")
def episodes(id: str) -> Response:  # noqa: A002
    """The episodes of one group."""
    group, _public = doors.dataset(id)
    if group["type"] != GROUP or not _public:
        return tk.abort(404, tk._("Not found"))
    head = _podcast_head(words.title(group), words.summary(group), words.page(group))
    return _sent(podcast.feed(head, [group]), podcast.MIME)


for _name in TYPES:
    participation_syndication.add_url_rule(
        f"/{_name}/feed.atom", "news", news, defaults={"record_type": _name}
    )


def _sentences(wrong: tk.ValidationError) -> str:
    """What is wrong with which parameter, in a line."""
    told: dict[str, Any] = dict(wrong.error_dict)
    return " · ".join(f"{name}: {' '.join(map(str, said))}" for name, said in told.items())


def _filters(record_type: str) -> str:
    """The filters of a list's address as the index takes them."""
    allowed = facets.ordered(dict.fromkeys(OF_CKAN, ""), record_type or "dataset")
    wanted = [f"+dataset_type:{record_type}"] if record_type else [f"+dataset_type:({' OR '.join(TYPES)})"]
    for name in allowed:
        wanted += [f'+{name}:"{_quoted(value)}"' for value in request.args.getlist(name) if value]
    return " ".join(wanted)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _args() -> dict[str, Any]:
    """The address's own wishes, the page left out."""
    return {name: values for name, values in request.args.lists() if name != "page"}


def _feed(record_type: str, page: int) -> str:
    more = {"page": page} if page > 1 else {}
    name = "participation_syndication.news"
    return str(tk.url_for(name, record_type=record_type, qualified=True, **_args(), **more))


def _list_name(record_type: str) -> str:
    query = request.args.get("q", "").strip()
    name = words.kind(record_type) if record_type else tk._("Data")
    return f"{name}: {query}" if query else name


def _podcast_head(title: str, about: str, page: str) -> dict[str, str]:
    address = tk.config["ckan.site_url"].rstrip("/") + request.path
    head = {"title": title, "about": about, "page": page, "self": address}
    return head | {"owner": _site(), "email": ""}


def _site() -> str:
    return str(tk.config["ckan.site_title"])


def _title(name: str) -> str:
    return f"{_site()} – {name}"


def _told(status: int, sentence: str) -> Response:
    return Response(sentence + "\n", status=status, content_type="text/plain; charset=utf-8")


def _sent(body: bytes, mime: str) -> Response:
    return doors.closed(Response(body, content_type=mime), LIFETIME)
