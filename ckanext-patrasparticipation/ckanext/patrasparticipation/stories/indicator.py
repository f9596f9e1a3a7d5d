"""The story of an indicator: its newest value, its series, its target, how it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from .. import charts
from . import coded, observations, words

Record = Mapping[str, Any]


def story(record: dict[str, Any]) -> dict[str, Any]:
    """``{tags, series, newest, change, target, baseline, definition, method}``."""
    unit = measure(record)
    found = observations.read(record)
    series = [_point(each, unit) for each in found.rows]
    target = goal(record, "target")
    return {
        "tags": tags(record),
        "unit": unit,
        "table": found,
        "newest": newest(found.rows, unit),
        "change": change(record, found.rows, unit),
        "drawing": drawing(record, series, target, unit),
        "rows": [
            {"period": told_period(each.period), "told": tell(each, unit), "note": each.note}
            for each in found.rows
        ],
        "target": target,
        "baseline": goal(record, "baseline"),
        "numerator": str(record.get("numerator") or ""),
        "denominator": str(record.get("denominator") or ""),
        "method": words.text(record, "method"),
    }


def tags(record: Record) -> list[dict[str, str]]:
    """Scheme and code, theme, kind."""
    named = " ".join(
        part for part in (coded.label(record, "indicator_scheme"), str(record.get("indicator_code") or ""))
    )
    found = [named.strip(), coded.label(record, "indicator_theme"), coded.label(record, "indicator_kind")]
    return [words.tag(told, "" if place == 0 else "mute") for place, told in enumerate(found) if told]


SYMBOLS = {
    "1": "",
    "%": "%",
    "[ppth]": "‰",
    "m": "m",
    "km": "km",
    "m2": "m²",
    "m3": "m³",
    "km2": "km²",
    "har": "ha",
}
SYMBOLS |= {"L": "L", "kg": "kg", "t": "t", "kW.h": "kWh", "MW.h": "MWh", "GJ": "GJ", "dB": "dB"}
"""How a unit is written beside a number, by its UCUM code; the others by their name."""


def measure(record: Record) -> str:
    """The unit as read beside a number: ``m²``, ``ημέρες``; nothing where it is a plain count."""
    attributes = coded.attributes(record, "unit")
    if attributes.get("currency") == "EUR":
        return "€"
    symbol = SYMBOLS.get(str(attributes.get("ucum")))
    return coded.label(record, "unit").lower() if symbol is None else symbol


def told_period(period: str) -> str:
    """``2024``, ``1ο τρίμηνο 2024``, ``Μάρτιος 2024``, ``7 Μαρτίου 2024``."""
    return observations.told_period(period)


def tell(each: observations.Observation, unit: str) -> str:
    """A value in words; why there is none where there is none; what is not final says so."""
    if each.value is None:
        reasons = {"S": tk._("confidential"), "M": tk._("missing")}
        return str(reasons.get(each.status, tk._("missing")))
    told = words.told_number(each.value, unit)
    notes = {"E": str(tk._("estimate")), "P": str(tk._("provisional"))}
    said = [notes[each.status]] if each.status in notes else []
    said += [str(tk._("doubtful"))] if each.doubtful else []
    return f"{told} ({', '.join(said)})" if said else told


def _point(each: observations.Observation, unit: str) -> charts.Point:
    period, final = told_period(each.period), each.status not in ("E", "P") and not each.doubtful
    return charts.Point(period, each.value, tell(each, unit), final=final)


def newest(rows: list[observations.Observation], unit: str) -> dict[str, str] | None:
    """The newest value: ``{"told", "period"}``."""
    known = observations.known(rows)
    return {"told": tell(known[-1], unit), "period": told_period(known[-1].period)} if known else None


def change(record: Record, rows: list[observations.Observation], unit: str) -> dict[str, str] | None:
    """From the value before to the newest: ``{"told", "kind"}``; kind open for better, late for worse."""
    known = observations.known(rows)
    if len(known) < 2:
        return None
    before, after = known[-2], known[-1]
    step = (after.value or 0.0) - (before.value or 0.0)
    told = _step(abs(step), unit)
    since = told_period(before.period)
    if not step:
        return {"told": str(tk._("unchanged since {period}").format(period=since)), "kind": "mute"}
    sentence = tk._("up {amount} since {period}") if step > 0 else tk._("down {amount} since {period}")
    wanted = {"up_is_better": 1, "down_is_better": -1}.get(str(record.get("direction")), 0)
    kind = "mute" if not wanted else "open" if step * wanted > 0 else "late"
    judged = {"open": tk._("better"), "late": tk._("worse")}.get(kind, "")
    words_told = str(sentence.format(amount=told, period=since))
    return {"told": f"{words_told} ({judged})" if judged else words_told, "kind": kind}


def _step(amount: float, unit: str) -> str:
    """How far a value has moved; that of a percentage in its points, for 20% and 2% more are 20.4%."""
    if unit != "%":
        return words.told_number(amount, unit)
    count = 1 if amount == 1 else 2
    sentence = tk.ungettext("{number} percentage point", "{number} percentage points", count)
    return str(sentence.format(number=words.told_number(amount)))


def goal(record: Record, name: str) -> dict[str, Any] | None:
    """The latest target or baseline: ``{"value", "told", "period"}``."""
    rows = [row for row in words.rows(record, name) if words.number(row.get("value")) is not None]
    if not rows:
        return None
    last = max(rows, key=lambda row: str(row.get("period") or ""))
    told = words.told_number(last["value"], measure(record))
    return {
        "value": words.number(last["value"]),
        "told": told,
        "period": told_period(str(last.get("period") or "")),
    }


def drawing(record: Record, series: list[charts.Point], target: Any, unit: str) -> Any:
    """The series as a line; nothing where it has no value."""
    known = [point for point in series if point.value is not None]
    if not known:
        return None
    title = str(tk._("The series of values"))
    about = tk._("From {first} ({first_value}) to {last} ({last_value})")
    spoken = about.format(
        first=known[0].period, first_value=known[0].told, last=known[-1].period, last_value=known[-1].told
    )
    line = (target["value"], f"{tk._('Target')} {target['told']}") if target else None
    return charts.line(series, "series", title, str(spoken), line, lambda value: words.told_number(value))
