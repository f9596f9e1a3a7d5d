"""What a record says of itself in a list: kind, state, one line of its story, a bar where it has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import has_request_context, request

from .. import charts
from . import citizen_group, coded, consultation, indicator, initiative, observations, words, works_project

Record = Mapping[str, Any]


def card(record: dict[str, Any], newest: Mapping[str, observations.Observation]) -> dict[str, Any]:
    """``{"kind", "own_list", "tags", "line", "alarm", "bar"}`` of a record of one of our types.

    Args:
        record: as ``package_search`` gives it.
        newest: the newest observation of indicators, by the id of their table.
    """
    told = {"line": "", "alarm": "", "bar": None} | _TELL[record["type"]](record, newest)
    return {"kind": kind(record["type"]), "own_list": _in_own_list(record["type"]), **told}


def _in_own_list(record_type: str) -> bool:
    """Whether the page is the list of that type alone, which need not say the kind of each record."""
    return has_request_context() and request.endpoint == f"{record_type}.search"


def kind(record_type: str) -> str:
    """What a record of that type is called in the reader's language."""
    definition = tk.h.scheming_get_dataset_schema(record_type)
    return str(tk.h.scheming_language_text(definition["label"])) if definition else record_type


def _consultation(record: dict[str, Any], _newest: Any) -> dict[str, Any]:
    tags = consultation.tags(record)
    found = consultation.outcome(record)
    now = consultation.stage(record)
    asked = words.told_number(record.get("proposals"))
    number = int(words.number(record.get("proposals")) or 0)
    counted = (
        tk.ungettext("{number} proposal", "{number} proposals", number).format(number=asked) if asked else ""
    )
    line = found["words"] if now in ("announced", "open") or found["kind"] != "gap" else ""
    alarm = found["text"] if found["kind"] == "gap" else ""
    return {"tags": tags[:2], "line": " · ".join(part for part in (line, counted) if part), "alarm": alarm}


def _works(record: dict[str, Any], _newest: Any) -> dict[str, Any]:
    done = words.number(record.get("physical_progress"))
    bar = None
    if done is not None and 0 <= done <= 100:
        finished = "good" if record.get("project_status") == "completed" else "first"
        mark = charts.Mark(str(tk._("Work done")), done, words.told_share(done / 100), finished)
        bar = charts.bars([mark], f"card-{record['id']}", most=100.0)[0]
    headline = works_project.headline(record)
    late = headline["kind"] == "gap"
    money = words.told_money(
        record.get("contract_value") or record.get("budget_approved"), record.get("currency")
    )
    told = "" if late else headline["words"]
    return {
        "tags": works_project.tags(record)[:2],
        "line": " · ".join(part for part in (told, money) if part),
        "alarm": headline["words"] if late else "",
        "bar": bar,
    }


def _indicator(record: dict[str, Any], newest: Mapping[str, observations.Observation]) -> dict[str, Any]:
    table = observations.table(record)
    found = newest.get(table["id"]) if table else None
    unit = indicator.measure(record)
    if found:
        told = f"{indicator.tell(found, unit)}, {indicator.told_period(found.period)}"
    else:
        told = str(tk._("No values yet"))
    target = indicator.goal(record, "target")
    goal = f"{tk._('Target')} {target['told']}" if target else ""
    return {"tags": indicator.tags(record)[:2], "line": " · ".join(part for part in (told, goal) if part)}


def _initiative(record: dict[str, Any], _newest: Any) -> dict[str, Any]:
    ahead = initiative.events(record)["ahead"]
    following = str(tk._("next event: {when}").format(when=ahead[0]["when"])) if ahead else ""
    when = words.told_span(record.get("start_date"), record.get("end_date"))
    line = " · ".join(part for part in (when, following) if part)
    return {"tags": initiative.tags(record)[:3], "line": line}


def _group(record: dict[str, Any], _newest: Any) -> dict[str, Any]:
    fields = coded.labels(record, "activity_field")[:4]
    join = citizen_group.join(record)
    told = [", ".join(fields), join["words"] if join else ""]
    return {"tags": citizen_group.tags(record)[:2], "line": " · ".join(part for part in told if part)}


_TELL = {
    "citizen_group": _group,
    "consultation": _consultation,
    "indicator": _indicator,
    "initiative": _initiative,
    "works_project": _works,
}
