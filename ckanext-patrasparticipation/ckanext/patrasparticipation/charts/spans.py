"""Spans of time under each other on one scale, with today as a line: what was planned, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from . import svg

ROW, BAR = 26, 16  # px: height of a row, of its bar


@dataclass(frozen=True)
class Span:
    """From one day to another, both within it; ``open`` when it has not ended: then ``end`` is today."""

    label: str
    start: date
    end: date
    kind: str = "first"
    open: bool = False


def spans(rows: Sequence[Span], today: date, key: str, title: str, about: str) -> Markup:
    """The spans in their order, from the earliest day to the latest.

    Raises:
        ValueError: there is none, or one ends before it starts.
    """
    if not rows or any(row.end < row.start for row in rows):
        raise ValueError(f"{title!r}: expected at least one span, none ending before it starts")
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    length = max((last - first).days, 1)
    height = ROW * len(rows) + 4
    drawn = [svg.patterns(key)]
    for place, row in enumerate(rows):
        level = ROW * place + (ROW - BAR) // 2
        ground = {"y": level, "height": BAR, "rx": 4}
        drawn.append(svg.element("rect", class_="bar-ground", width="100%", **ground))
        start, long = (row.start - first).days / length, max((row.end - row.start).days, 1) / length
        told = svg.element("title", row.label)
        where: dict[str, svg.Attribute | None] = {
            "x": svg.percent(start),
            "width": svg.percent(min(long, 1 - start) or 0.01),
        }
        where |= {"class_": f"k-{row.kind}", "fill": svg.fill(key, row.kind)}
        drawn.append(svg.element("rect", told, **where, **ground))
    if first <= today <= last:
        at = svg.percent((today - first).days / length)
        drawn.append(svg.element("line", class_="today", x1=at, x2=at, y1="0", y2=height))
    return svg.whole(key, title, about, *drawn, height=height, class_="chart-spans")
