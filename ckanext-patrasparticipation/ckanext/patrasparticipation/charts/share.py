"""One bar of 100 %: the parts of a whole beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from . import svg
from .bars import Mark

HEIGHT = 28


def share(marks: Sequence[Mark], key: str, title: str, about: str) -> Markup:
    """The parts in their order, divided by thin lines; nothing is drawn of a sum of 0.

    ``title`` and ``about`` are what a person hears instead; ``key`` is the drawing's own on the page.
    """
    total = sum(mark.value for mark in marks)
    parts = [svg.patterns(key), svg.element("rect", class_="bar-ground", width="100%", height=HEIGHT)]
    start = 0.0
    for mark in marks if total else ():
        if mark.value:
            parts.append(_part(mark, key, start / total, mark.value / total))
            start += mark.value
    return svg.whole(key, title, about, *parts, height=HEIGHT, class_="chart-share")


def _part(mark: Mark, key: str, start: float, length: float) -> Markup:
    told = svg.element("title", f"{mark.label}: {mark.told}")
    where: dict[str, svg.Attribute] = {
        "x": svg.percent(start),
        "width": svg.percent(length),
        "height": HEIGHT,
    }
    return svg.element("rect", told, class_=f"k-{mark.kind} part", **where, fill=svg.fill(key, mark.kind))
