"""The filters of a search: several values of one facet mean OR, a period, and what each choice would give."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from ckan.lib.search import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context
from flask import has_request_context, request

from ckanext.patrasparticipation.records import facets
from ckanext.patrasparticipation.search import address, orders, period, query

MORE = 200  # values of a facet that "show more" gives
QUIET = "ext_search_quiet"
"""In ``extras`` of a search that no reader typed: it is not noted as a search that found nothing."""


def clause(name: str, values: Iterable[str]) -> str:
    """The filter for any of the values; what would end the quotes or call another parser is escaped."""
    quoted = (f'"{_escaped(value)}"' for value in values)
    return f"+{name}:({' OR '.join(quoted)})"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("{!", "{\\!")


def adapt(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters of ``package_search`` with the period asked for; changes and gives what it is given.

    Raises:
        SearchError: a day is none; the chained action has told the caller before.
    """
    asked = period.read(params.get("extras") or {})
    if asked.problems:
        raise SearchError(*asked.problems.values())
    if wanted := period.filters(asked):
        params["fq_list"] = [*(params.get("fq_list") or ()), *wanted]
    return params


def checked(context: Context, asked: dict[str, Any]) -> None:
    """Refuse days that are none.

    Raises:
        SearchError: on a page, which then shows what is wrong beside the field.
        ValidationError: for every other caller.
    """
    problems = period.read({**asked, **(asked.get("extras") or {})}).problems
    if problems and context.get("for_view"):
        raise SearchError(*problems.values())
    if problems:
        raise tk.ValidationError({name: [problem] for name, problem in problems.items()})


def by_page(context: Context, asked: dict[str, Any]) -> dict[str, Any]:
    """What the page of a list asks, its values of one facet joined by OR; every other search as it came.

    CKAN's page joins them by AND and escapes nothing. Only a filter that is letter for letter what the page
    makes of this address is replaced: an API caller's own ``fq`` means what it says.
    """
    checked(context, asked)
    if not (context.get("for_view") and has_request_context()):
        return asked
    pairs = list(request.args.items(multi=True))
    built = _as_ckan_builds(pairs)
    asked = {**asked, "sort": _sort(asked.get("sort")) or _usual(asked)}
    if any(name.startswith("_") and name.endswith("_limit") for name, _value in pairs):
        asked["facet.limit"] = MORE
    if not built or built not in str(asked.get("fq") or ""):
        return asked
    chosen = [clause(name, values) for name, values in address.facets(pairs).items()]
    rest = str(asked["fq"]).replace(built, "", 1).strip()
    return {**asked, "fq": rest, "fq_list": [*(asked.get("fq_list") or ()), *chosen]}


def _usual(asked: dict[str, Any]) -> str | None:
    """The order of a type's own list where none is asked for; words are answered by relevance."""
    listed = (request.endpoint or "").removesuffix(".search")
    return None if str(asked.get("q") or "").strip() else orders.usual(listed)


def _as_ckan_builds(pairs: Iterable[tuple[str, str]]) -> str:
    """The filter that ``ckan.views.dataset`` makes of an address."""
    told = (
        f'{name}:"{value}"'
        for name, value in pairs
        if value and name not in ("q", "page", "sort") and not name.startswith(("_", "ext_"))
    )
    return " ".join(told).strip()


def _sort(sort: Any) -> Any:
    """An order by title from before there was a Greek one, as the Greek one."""
    return sort.replace("title_string", "title_sort") if isinstance(sort, str) else sort


def recount(
    original: Action, context: Context, asked: dict[str, Any], answer: dict[str, Any]
) -> dict[str, Any]:
    """The answer in which each chosen facet counts what its other values would give; only for pages.

    One more search of no rows per chosen facet, without that facet's own filter.
    """
    counted = answer.get("search_facets") or {}
    if not (context.get("for_view") and has_request_context() and asked.get("fq_list")):
        return answer
    extras = dict(asked.get("extras") or {})
    stage = (answer.get("participation_search") or {}).get("stage", "exact")
    if stage != "exact":
        extras[query.STAGE] = stage
    for name, values in address.facets(request.args.items(multi=True)).items():
        if name in counted:
            others = [each for each in asked["fq_list"] if each != clause(name, values)]
            narrowed = asked | {"extras": extras, "fq_list": others}
            narrowed |= {"facet.field": [name], "rows": 0, "start": 0}
            again = original(context, deepcopy(narrowed))
            counted[name]["items"] = _with_chosen(name, again["search_facets"][name]["items"], values)
    return answer


def _with_chosen(name: str, items: list[dict[str, Any]], values: Iterable[str]) -> list[dict[str, Any]]:
    """The items, and those that were chosen and gave nothing."""
    known = {item["name"] for item in items}
    lost = [{"name": each, "display_name": each, "count": 0} for each in values if each not in known]
    facets.label_items({name: {"items": lost}})
    return [*items, *lost]


def asked_by(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What ``package_search`` is asked for the same address without its page: for counts and for exports."""
    pairs = address.state(pairs)
    given = dict(reversed(pairs))  # what is said twice: the first, as on the page
    return {
        "q": given.get(address.WORDS, ""),
        "sort": _sort(given.get(address.SORT)),
        "fq": "" if _shows_every_type() else "+dataset_type:dataset",
        "fq_list": [clause(name, values) for name, values in address.facets(pairs).items()],
        "extras": {name: value for name, value in given.items() if name.startswith("ext_")} | {QUIET: "1"},
        "include_private": tk.config["ckan.search.default_include_private"],
    }


def _shows_every_type() -> bool:
    """Whether the page of all data lists records of every type, as CKAN reads its setting."""
    shown = str(tk.config["ckan.search.show_all_types"]).lower()
    return shown in {"dataset", "true", "yes", "on", "1", "t", "y"}
